using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedSocketRedis.Generator.Analysis;

/// <summary>Reports async functions that are given to members of the runtime whose delegate returns nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncDelegateAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] Assemblies = ["TypedSocketRedis", "TypedSocketRedis.AspNetCore"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.AsyncDelegate];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Check, OperationKind.DelegateCreation);
    }

    private static void Check(OperationAnalysisContext context)
    {
        var creation = (IDelegateCreationOperation)context.Operation;
        if (!IsAsyncVoid(creation.Target) || Receiver(creation) is not { } receiver) return;
        context.ReportDiagnostic(Diagnostic.Create(Advice.AsyncDelegate, creation.Target.Syntax.GetLocation(), receiver.Name));
    }

    private static bool IsAsyncVoid(IOperation target) => target switch
    {
        IAnonymousFunctionOperation function => function.Symbol is { IsAsync: true, ReturnsVoid: true },
        IMethodReferenceOperation reference => reference.Method is { IsAsync: true, ReturnsVoid: true },
        _ => false,
    };

    /// <summary>The member of the runtime that takes the delegate; null when another takes it.</summary>
    private static ISymbol? Receiver(IOperation delegated)
    {
        var parent = delegated.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation or ICoalesceOperation or IConditionalOperation) parent = parent.Parent;
        var member = parent switch
        {
            IArgumentOperation { Parameter.ContainingSymbol: { } method } => method,
            IAssignmentOperation { Target: IPropertyReferenceOperation { Property: { } property } } => property,
            _ => null,
        };
        return member is not null && Assemblies.Contains(member.ContainingAssembly?.Name) ? member : null;
    }
}
