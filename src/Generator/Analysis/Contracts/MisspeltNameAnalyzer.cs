using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedSocketRedis.Generator.Analysis.Calls;
using TypedSocketRedis.Generator.Parsing.Contracts;

namespace TypedSocketRedis.Generator.Analysis.Contracts;

/// <summary>Reports handlers whose name differs from a contract's event only by case or separators.</summary>
/// <remarks>Edit distance is not used: "room" and "rooms" are two valid names, while "Join" and "join" rarely are.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MisspeltNameAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.MisspeltName];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (ContractSymbols.Of(start.Compilation) is not { } symbols) return;

            // The names of contracts are known only after all files have been analyzed.
            var contracts = new ConcurrentBag<INamedTypeSymbol>();
            var handlers = new ConcurrentBag<(string Name, Location Location)>();
            start.RegisterSymbolAction(symbol =>
            {
                if (symbols.IsContract((INamedTypeSymbol)symbol.Symbol)) contracts.Add((INamedTypeSymbol)symbol.Symbol);
            }, SymbolKind.NamedType);
            start.RegisterOperationAction(operation =>
            {
                var call = (IInvocationOperation)operation.Operation;
                if (UntypedName.AddsHandler(call.TargetMethod) && UntypedName.Of(call) is { Value: { } name })
                    handlers.Add(((string)name.ConstantValue.Value!, name.Syntax.GetLocation()));
            }, OperationKind.Invocation);
            start.RegisterCompilationEndAction(end => Report(end, contracts, handlers));
        });
    }

    private static void Report(
        CompilationAnalysisContext context, IEnumerable<INamedTypeSymbol> contracts,
            ConcurrentBag<(string Name, Location Location)> handlers)
    {
        if (handlers.IsEmpty) return;
        var exact = new HashSet<string>(StringComparer.Ordinal);
        var similar = new Dictionary<string, (string Name, string Contract)>(StringComparer.Ordinal);
        foreach (var contract in contracts.OrderBy(c => c.ToDisplayString(), StringComparer.Ordinal))
        {
            foreach (var name in ContractSymbols.Events(contract).Select(e => ContractOptions.EventName(e, contract)))
            {
                exact.Add(name);
                if (Bare(name) is { Length: > 0 } bare && !similar.ContainsKey(bare)) similar.Add(bare, (name, contract.Name));
            }
        }

        foreach (var (name, location) in handlers)
        {
            if (exact.Contains(name) || !similar.TryGetValue(Bare(name), out var meant)) continue;
            var properties = ImmutableDictionary<string, string?>.Empty.Add(AdviceId.EventName, meant.Name);
            context.ReportDiagnostic(Diagnostic.Create(Advice.MisspeltName, location, properties, name, meant.Contract, meant.Name));
        }
    }

    private static string Bare(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
