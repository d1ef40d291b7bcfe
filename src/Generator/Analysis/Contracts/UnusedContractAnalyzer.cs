using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedSocketRedis.Generator.Parsing;
using TypedSocketRedis.Generator.Parsing.Contracts;

namespace TypedSocketRedis.Generator.Analysis.Contracts;

/// <summary>Reports contracts that the program neither sends nor handles. It prefers missing one to reporting a false positive.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusedContractAnalyzer : DiagnosticAnalyzer
{
    private const string Services = "Microsoft.Extensions.DependencyInjection.Abstractions";

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
            var implementations = new ConcurrentBag<(INamedTypeSymbol Contract, INamedTypeSymbol Type)>();
            var mentions = new ContractMentions(start.Compilation, symbols);
            var used = new ConcurrentDictionary<INamedTypeSymbol, bool>(SymbolEqualityComparer.Default);
            start.RegisterSymbolAction(symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                if (symbols.IsContract(type) && IsKnownWhole(type, symbol.Compilation)) contracts.Add(type);
                if (type.TypeKind == TypeKind.Interface) return;
                foreach (var implemented in type.Interfaces)
                    if (symbols.IsContract(implemented)) implementations.Add((implemented, type));
            }, SymbolKind.NamedType);
            start.RegisterOperationAction(
                operation => Collect(((IInvocationOperation)operation.Operation).TargetMethod, symbols, used), OperationKind.Invocation);
            start.RegisterSemanticModelAction(file => mentions.Add(file.SemanticModel, file.CancellationToken));
            start.RegisterCompilationEndAction(end =>
                Report(end, contracts, implementations, c => used.ContainsKey(c) || mentions.Contains(c)));
        });
    }

    // A contract that is visible to other assemblies may be sent or handled there.
    private static bool IsKnownWhole(INamedTypeSymbol contract, Compilation compilation)
    {
        // The generator already reports a contract that cannot be used.
        if (!ContractSymbols.Events(contract).Any() || ContractParser.Refusals(contract, compilation.Assembly).Any()) return false;
        if (compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication) return true;
        if (Symbols.IsPublic(contract)) return false;
        return !compilation.Assembly.GetAttributes().Any(a => a.AttributeClass?.Name == "InternalsVisibleToAttribute");
    }

    // A call of a generated method need not contain the contract's name. Every other use does, and is searched for at the end.
    private static void Collect(IMethodSymbol method, ContractSymbols symbols, ConcurrentDictionary<INamedTypeSymbol, bool> used)
    {
        if (!method.IsExtensionMethod || FrameworkTypes.Contains(method.ContainingType)) return;

        // AddHandler<ChatHandler>() registers a handler for each contract that it implements, AddScoped<ChatHandler>() for none.
        foreach (var argument in method.ContainingAssembly?.Name == Services ? [] : method.TypeArguments)
        {
            foreach (var implemented in argument.AllInterfaces)
                if (symbols.IsContract(implemented)) used.TryAdd(implemented, true);
        }

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
        CompilationAnalysisContext context, IEnumerable<INamedTypeSymbol> contracts,
        IEnumerable<(INamedTypeSymbol Contract, INamedTypeSymbol Type)> implementations, Func<INamedTypeSymbol, bool> isUsed)
    {
        var first = implementations.OrderBy(i => i.Type.ToDisplayString(), StringComparer.Ordinal).ToArray();
        foreach (var contract in contracts.Where(c => !isUsed(c)))
        {
            var handler = first.FirstOrDefault(i => SymbolEqualityComparer.Default.Equals(i.Contract, contract)).Type;
            var detail = handler is null || contract.Has(KnownNames.SocketEvents)
                ? ""
                : $": '{handler.Name}' implements it, but is not registered with AddHandler<{handler.Name}>()";
            var name = contracts.Count(c => c.Name == contract.Name) == 1 ? contract.Name : contract.ToDisplayString();
            context.ReportDiagnostic(Diagnostic.Create(Advice.UnusedContract, contract.Locations[0], name, detail));
        }
    }
}
