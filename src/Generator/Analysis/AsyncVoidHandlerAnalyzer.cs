using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedSocketRedis.Generator.Analysis;

/// <summary>Reports methods that implement an event of a contract as <c>async void</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoidHandlerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.AsyncVoidHandler];

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
        if (method is not { IsAsync: true, ReturnsVoid: true, IsStatic: false } || method.Locations.IsEmpty) return;
        foreach (var contract in method.ContainingType.AllInterfaces)
        {
            if (!symbols.IsContract(contract)) continue;
            if (!ContractSymbols.Events(contract).Any(e => Implements(method, e))) continue;
            context.ReportDiagnostic(Diagnostic.Create(Advice.AsyncVoidHandler, method.Locations[0], method.Name));
            return;
        }
    }

    private static bool Implements(IMethodSymbol method, IMethodSymbol e) =>
        SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(e), method);
}
