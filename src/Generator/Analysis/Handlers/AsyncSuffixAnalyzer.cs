using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSocketRedis.Generator.Parsing;
using TypedSocketRedis.Generator.Parsing.Contracts;

namespace TypedSocketRedis.Generator.Analysis.Handlers;

/// <summary>Reports events whose wire name would end with the suffix, such as <c>savedAsync</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncSuffixAnalyzer : DiagnosticAnalyzer
{
    private const string Suffix = "Async";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.AsyncSuffix];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (ContractSymbols.Of(start.Compilation) is { } symbols)
                start.RegisterSymbolAction(symbol => Check(symbol, symbols), SymbolKind.Method);
        });
    }

    private static void Check(SymbolAnalysisContext context, ContractSymbols symbols)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.Name.Length <= Suffix.Length || !method.Name.EndsWith(Suffix, StringComparison.Ordinal)) return;
        if (!symbols.IsContract(method.ContainingType) || method.Has(KnownNames.SocketEvent)) return;

        var name = ContractOptions.EventName(method.Name.Substring(0, method.Name.Length - Suffix.Length), method.ContainingType);
        if (KnownNames.ReservedEvents.Contains(name)) return;
        var others = ContractSymbols.Events(method.ContainingType);
        if (others.Any(other => ContractOptions.EventName(other, method.ContainingType) == name)) return;
        context.ReportDiagnostic(Diagnostic.Create(
            Advice.AsyncSuffix, method.Locations[0], ImmutableDictionary<string, string?>.Empty.Add(AdviceId.EventName, name),
            method.Name, ContractOptions.EventName(method, method.ContainingType), name));
    }
}
