using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSocketRedis.Generator.Parsing;

namespace TypedSocketRedis.Generator.Analysis.Contracts;

/// <summary>Reports contracts of events for clients that are named or implemented like contracts of commands.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MisdirectedContractAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.MisdirectedContract];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (ContractSymbols.Of(start.Compilation) is null) return;
            var contracts = new ConcurrentBag<INamedTypeSymbol>();
            var handlers = new ConcurrentBag<(INamedTypeSymbol Contract, string Handler)>();
            start.RegisterSymbolAction(symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                if (IsOfEvents(type)) contracts.Add(type);
                if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct)) return;
                foreach (var implemented in type.AllInterfaces.Where(IsOfEvents)) handlers.Add((implemented, type.Name));
            }, SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Report(end, contracts, handlers));
        });
    }

    private static bool IsOfEvents(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Interface && type.Has(KnownNames.SocketEvents) && !type.Has(KnownNames.SocketCommands);

    private static void Report(
        CompilationAnalysisContext context, IEnumerable<INamedTypeSymbol> contracts,
        IEnumerable<(INamedTypeSymbol Contract, string Handler)> handlers)
    {
        var all = handlers.OrderBy(h => h.Handler, StringComparer.Ordinal).ToArray();
        foreach (var contract in contracts)
        {
            var handler = all.FirstOrDefault(h => SymbolEqualityComparer.Default.Equals(h.Contract, contract)).Handler;
            var reason = handler is not null ? $"'{handler}' implements it"
                : contract.Name.EndsWith("Commands", StringComparison.Ordinal) ? "it is named as commands" : null;
            if (reason is null) continue;
            context.ReportDiagnostic(Diagnostic.Create(Advice.MisdirectedContract, contract.Locations[0], contract.Name, reason));
        }
    }
}
