using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedSocketRedis.Generator.Analysis;

/// <summary>Points at contracts that nothing in the program sends or handles; it would rather miss one than be wrong.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusedContractAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.UnusedContract];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (ContractSymbols.Of(start.Compilation) is not { } symbols) return;

            var contracts = new ConcurrentBag<INamedTypeSymbol>();
            var used = new ConcurrentDictionary<INamedTypeSymbol, bool>(SymbolEqualityComparer.Default);
            start.RegisterSymbolAction(symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                if (symbols.IsContract(type) && IsKnownWhole(type, symbol.Compilation)) contracts.Add(type);
            }, SymbolKind.NamedType);
            start.RegisterOperationAction(
                operation => Collect(((IInvocationOperation)operation.Operation).TargetMethod, symbols, used), OperationKind.Invocation);
            start.RegisterCompilationEndAction(end => Report(end, contracts, used));
        });
    }

    // What others can see may be sent or handled by them.
    private static bool IsKnownWhole(INamedTypeSymbol contract, Compilation compilation)
    {
        if (!ContractSymbols.Events(contract).Any()) return false;
        if (compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication) return true;
        if (Parsing.Symbols.IsPublic(contract)) return false;
        return !compilation.Assembly.GetAttributes().Any(a => a.AttributeClass?.Name == "InternalsVisibleToAttribute");
    }

    // Calls of generated methods need not write the contract's name; every other use does, and is looked for at the end.
    private static void Collect(IMethodSymbol method, ContractSymbols symbols, ConcurrentDictionary<INamedTypeSymbol, bool> used)
    {
        if (!method.IsExtensionMethod || FrameworkTypes.Contains(method.ContainingType)) return;
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        foreach (var parameter in method.TypeParameters)
        {
            foreach (var constraint in parameter.ConstraintTypes)
                if (symbols.IsContract(constraint)) used.TryAdd((INamedTypeSymbol)constraint, true);
        }

        foreach (var parameter in method.Parameters)
        {
            if (symbols.IsContract(parameter.Type)) used.TryAdd((INamedTypeSymbol)parameter.Type, true);
            if (symbols.Extended(parameter.Type) is { } contract) used.TryAdd(contract, true);
            if (parameter.Type is not INamedTypeSymbol { Arity: > 0 } generic) continue;
            foreach (var argument in generic.TypeArguments)
                if (symbols.IsContract(argument)) used.TryAdd((INamedTypeSymbol)argument, true);
        }
    }

    private static void Report(
        CompilationAnalysisContext context, IEnumerable<INamedTypeSymbol> contracts, ConcurrentDictionary<INamedTypeSymbol, bool> used)
    {
        var suspects = contracts.Where(c => !used.ContainsKey(c)).ToArray();
        if (suspects.Length == 0) return;

        var mentions = ContractMentions.Find(context.Compilation, suspects.Select(c => c.Name), context.CancellationToken);
        foreach (var contract in suspects.Where(c => !mentions.Used.Contains(c.Name)))
        {
            var how = mentions.Implementations.TryGetValue(contract.Name, out var type)
                ? $": '{type}' implements it, but no call of its Handle method registers '{type}'"
                : "";
            context.ReportDiagnostic(Diagnostic.Create(Advice.UnusedContract, contract.Locations[0], contract.Name, how));
        }
    }
}
