using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedSocketRedis.Generator.Parsing.Handlers;

namespace TypedSocketRedis.Generator.Analysis.Handlers;

/// <summary>Reports fields that a handler writes although its object lives for one event.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerFieldAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.HandlerField];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(KnownNames.SocketHandler) is null) return;
            var writes = new ConcurrentBag<(INamedTypeSymbol Type, string Name, Location At)>();
            var kept = new ConcurrentDictionary<INamedTypeSymbol, bool>(SymbolEqualityComparer.Default);
            start.RegisterOperationAction(
                operation => Collect(operation, writes), OperationKind.SimpleAssignment, OperationKind.CompoundAssignment,
                OperationKind.CoalesceAssignment, OperationKind.DeconstructionAssignment, OperationKind.Increment, OperationKind.Decrement,
                OperationKind.Argument);
            start.RegisterOperationAction(
                operation => Keep((IInvocationOperation)operation.Operation, kept), OperationKind.Invocation);
            start.RegisterCompilationEndAction(end =>
            {
                foreach (var (type, name, at) in writes.Where(write => !kept.ContainsKey(write.Type)))
                    end.ReportDiagnostic(Diagnostic.Create(Advice.HandlerField, at, name, type.Name));
            });
        });
    }

    // A handler that is added with the lifetime of the socket keeps its fields, and those of its base classes.
    private static void Keep(IInvocationOperation call, ConcurrentDictionary<INamedTypeSymbol, bool> kept)
    {
        if (call.TargetMethod is not { Name: KnownNames.AddHandler, TypeArguments: { Length: 1 } types } method
            || method.ContainingType.ToDisplayString() != KnownNames.HandlerExtensions) return;
        var lifetime = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "lifetime")?.Value.ConstantValue;
        if (lifetime is { HasValue: true, Value: 0 }) return;
        for (var type = types[0] as INamedTypeSymbol; type is not null; type = type.BaseType) kept.TryAdd(type.OriginalDefinition, true);
    }

    private static void Collect(
        OperationAnalysisContext context, ConcurrentBag<(INamedTypeSymbol Type, string Name, Location At)> writes)
    {
        if (context.ContainingSymbol is not IMethodSymbol
            {
                IsStatic: false, MethodKind: not (MethodKind.Constructor or MethodKind.PropertySet), ContainingType: { } type,
            } method || method.Name is "Dispose" or "DisposeAsync" || !HandlerSymbols.IsHandler(type)) return;
        foreach (var target in Targets(context.Operation))
        {
            if (Member(target, type) is { } member)
                writes.Add((type.OriginalDefinition, member.Name, target.Syntax.GetLocation()));
        }
    }

    private static ImmutableArray<IOperation> Targets(IOperation operation) => operation switch
    {
        IDeconstructionAssignmentOperation { Target: ITupleOperation tuple } => tuple.Elements,
        IAssignmentOperation assignment => [assignment.Target],
        IIncrementOrDecrementOperation change => [change.Target],
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => [argument.Value],
        _ => [],
    };

    private static ISymbol? Member(IOperation target, INamedTypeSymbol type) => target switch
    {
        IFieldReferenceOperation { Instance: IInstanceReferenceOperation, Field: { IsStatic: false } field }
            when IsOfHandler(field) => field,
        IPropertyReferenceOperation { Instance: IInstanceReferenceOperation, Property: { IsStatic: false } property }
            when IsOfHandler(property) && IsAutomatic(property) => property,

        // A captured parameter of the primary constructor is a field.
        IParameterReferenceOperation
        {
            Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } owner } parameter,
        }
            when SymbolEqualityComparer.Default.Equals(owner.ContainingType, type) => parameter,
        _ => null,
    };

    private static bool IsOfHandler(ISymbol member) =>
        HandlerSymbols.IsHandler(member.ContainingType) && !HandlerSymbols.IsBase(member.ContainingType);

    private static bool IsAutomatic(IPropertySymbol property) => property.ContainingType.GetMembers().OfType<IFieldSymbol>()
        .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
}
