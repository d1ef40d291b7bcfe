using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator.Emitting;
using TypedSocketRedis.Generator.Emitting.Formatters;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing;

namespace TypedSocketRedis.Generator;

/// <summary>Writes the event methods and payload formatters of every contract.</summary>
[Generator]
public sealed class BroadcastGenerator : IIncrementalGenerator
{
    private const LanguageVersion Needed = LanguageVersion.CSharp13;

    private const string ResolverFile = KnownNames.Resolver + ".g.cs";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var cache = new ParseCache();
        IncrementalValuesProvider<Parsed>[] contracts =
            [Contracts(KnownNames.SocketEvents), Contracts(KnownNames.SocketCommands), Contracts(KnownNames.ServerEvents)];
        var payloads = context.SyntaxProvider.ForAttributeWithMetadataName(
            KnownNames.SocketPayload, static (node, _) => node is BaseTypeDeclarationSyntax, cache.Payload)
                .WithTrackingName(KnownNames.PayloadStep);

        var oldLanguage = OldLanguage(context);
        WriteContracts(
            context, [.. contracts.Select(each => each.Select(static (p, _) => p.Contract).WithTrackingName(KnownNames.ContractStep))],
            oldLanguage);

        // Collected, because two contracts may share a payload type, which must be written once. The outputs are compared one by one, so
        // an edited type changes only its own output; contracts refer to formatters by name, never by their shapes.
        var all = Collect(contracts).Combine(payloads.Collect()).Select(static (p, _) => p.Left.AddRange(p.Right));
        var formatters = Collect([.. contracts.Select(each => each.SelectMany(static (p, _) => p.Formatters))])
            .Combine(payloads.SelectMany(static (p, _) => p.Formatters).Collect()).Combine(oldLanguage)
            .SelectMany(static (p, _) => p.Right is null ? FormatterFile.Of(p.Left.Left.AddRange(p.Left.Right)) : [])
            .WithTrackingName(KnownNames.FormatterStep);
        var resolver = all.Combine(context.CompilationProvider.Select(static (c, _) => ResolverPlace.Namespace(c.Assembly)))
            .Select(static (p, _) => ResolverModel.From(p.Right, p.Left)).WithTrackingName(KnownNames.ResolverStep);

        context.RegisterSourceOutput(formatters, static (output, f) => output.AddSource(f.HintName, FormatterEmitter.Emit(f)));
        context.RegisterSourceOutput(resolver.Combine(oldLanguage), static (output, pair) =>
        {
            if (pair is { Left: { Entries.Count: > 0 } r, Right: null }) output.AddSource(ResolverFile, ResolverEmitter.Emit(r));
        });
        WriteVersion(context, all, oldLanguage);
        ReportProblems(context, all, oldLanguage);

        IncrementalValuesProvider<Parsed> Contracts(string attribute) => context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute, static (node, _) => node is InterfaceDeclarationSyntax, cache.Contract).WithTrackingName(KnownNames.ParseStep);
    }

    // The values of each direction stay apart as long as possible: in a merged list, a new one would shift those after it.
    private static IncrementalValueProvider<ImmutableArray<T>> Collect<T>(IncrementalValuesProvider<T>[] directions) =>
        directions[0].Collect().Combine(directions[1].Collect()).Combine(directions[2].Collect())
            .Select(static (all, _) => all.Left.Left.AddRange(all.Left.Right).AddRange(all.Right));

    private static void ReportProblems(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<ImmutableArray<Parsed>> all,
        IncrementalValueProvider<LanguageVersion?> oldLanguage)
    {
        context.RegisterSourceOutput(all.Combine(oldLanguage), static (output, pair) =>
        {
            if (pair is not { Left.IsEmpty: false, Right: { } version }) return;
            output.ReportDiagnostic(Diagnostic.Create(Descriptors.Language, Location.None, version.ToDisplayString()));
        });
        var problems = all.SelectMany(static (parsed, _) => DiagnosticInfo.Distinct(parsed.SelectMany(p => p.Diagnostics)))
            .WithTrackingName(KnownNames.DiagnosticStep);
        context.RegisterSourceOutput(problems, static (output, d) => output.ReportDiagnostic(d.ToDiagnostic()));
    }

    private static void WriteVersion(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<ImmutableArray<Parsed>> all,
        IncrementalValueProvider<LanguageVersion?> oldLanguage)
    {
        // Null if no code is generated that calls the runtime.
        var assembly = all.Select(static (parsed, _) => !parsed.IsEmpty).Combine(oldLanguage)
            .Combine(context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName))
            .Select(static (p, _) => p.Left is { Left: true, Right: null } ? p.Right : null).WithTrackingName(KnownNames.VersionStep);
        context.RegisterSourceOutput(assembly, static (output, name) =>
        {
            if (name is not null) output.AddSource(KnownNames.VersionClass + ".g.cs", VersionEmitter.Emit(name));
        });
    }

    // Null if the language version supports the generated code.
    private static IncrementalValueProvider<LanguageVersion?> OldLanguage(IncrementalGeneratorInitializationContext context) =>
        context.ParseOptionsProvider
            .Select(static (options, _) =>
                (options as CSharpParseOptions)?.LanguageVersion is { } version and < Needed ? version : (LanguageVersion?)null)
            .WithTrackingName(KnownNames.LanguageStep);

    private static void WriteContracts(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ContractModel?>[] directions,
        IncrementalValueProvider<LanguageVersion?> oldLanguage)
    {
        var all = Collect(directions);
        var hints = all.Select(static (models, _) => UniqueHints.Of([.. models.Select(c => c?.HintName ?? "")]))
            .WithTrackingName(KnownNames.HintStep);
        var classes = all.Select(static (models, _) => UniqueClasses.Of(models)).WithTrackingName(KnownNames.ClassStep);
        foreach (var models in directions)
        {
            context.RegisterSourceOutput(models.Combine(hints.Combine(classes)).Combine(oldLanguage), static (output, one) =>
            {
                var (pair, old) = one;
                if (pair.Left is not { } contract || old < LanguageVersion.CSharp8) return;
                if (old is not null) contract = contract.AsBroken();

                // The name of a formatter has no dot; that of a contract has at least one at its end.
                var (names, renamed) = pair.Right;
                output.AddSource(Naming.FileName(names[contract.HintName], ".Events.g.cs"), ContractEmitter.Emit(renamed.Name(contract)));
            });
        }
    }
}
