using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator.Emitting;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing;

namespace TypedSocketRedis.Generator;

/// <summary>Writes the event methods and payload formatters of every contract.</summary>
[Generator]
public sealed class BroadcastGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var cache = new ParseCache();
        var parsed = context.SyntaxProvider.ForAttributeWithMetadataName(
            KnownNames.SocketEvents,
            static (node, _) => node is InterfaceDeclarationSyntax,
            (c, ct) => cache.Parse(c, ct))
            .WithTrackingName(KnownNames.ParseStep);

        var contracts = parsed.Select(static (p, _) => p.Contract).WithTrackingName(KnownNames.ContractStep);

        // The only Collect: two contracts may share a payload type, which must be written once. What leaves it is compared
        // type by type, so an edited type changes its own output and no other; contracts name formatters, never their shapes.
        var formatters = parsed.SelectMany(static (p, _) => p.Formatters).Collect()
            .SelectMany(static (all, _) => FormatterModel.Distinct(all)).WithTrackingName(KnownNames.FormatterStep);

        var resolver = parsed.Collect().Combine(context.CompilationProvider.Select(static (c, _) => c.AssemblyName))
            .Select(static (p, _) => ResolverModel.From(p.Right, p.Left)).WithTrackingName(KnownNames.ResolverStep);

        var diagnostics = parsed.SelectMany(static (p, _) => p.Diagnostics).WithTrackingName(KnownNames.DiagnosticStep);

        context.RegisterSourceOutput(contracts, static (output, contract) =>
        {
            if (contract is null) return;
            output.AddSource(contract.HintName + ".g.cs", BroadcastEmitter.Emit(contract));
            output.AddSource(contract.HintName + "-Dispatcher.g.cs", DispatcherEmitter.Emit(contract));
            output.AddSource(contract.HintName + "-Sender.g.cs", SenderEmitter.Emit(contract));
        });
        context.RegisterSourceOutput(formatters, static (output, f) => output.AddSource(f.HintName, FormatterEmitter.Emit(f)));
        context.RegisterSourceOutput(resolver, static (output, r) =>
        {
            if (r.Entries.Count > 0) output.AddSource(KnownNames.Resolver + ".g.cs", ResolverEmitter.Emit(r));
        });
        context.RegisterSourceOutput(diagnostics, static (output, d) => output.ReportDiagnostic(d.ToDiagnostic()));
    }
}
