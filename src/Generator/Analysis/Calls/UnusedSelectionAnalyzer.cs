using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedSocketRedis.Generator.Analysis.Calls;

/// <summary>Reports statements that select receivers and send nothing to them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusedSelectionAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] Selections = ["IEventTarget`1", "IEmitter`1"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.UnusedSelection];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Check, OperationKind.ExpressionStatement);
    }

    private static void Check(OperationAnalysisContext context)
    {
        var (expression, call) = DroppedCall.Of((IExpressionStatementOperation)context.Operation);
        if (call is null || !ContractSymbols.IsOfLibrary(call.TargetMethod.ContainingType)) return;
        if (!IsSelection(call.TargetMethod.ReturnType)) return;
        context.ReportDiagnostic(Diagnostic.Create(Advice.UnusedSelection, expression.Syntax.GetLocation(), call.TargetMethod.Name));
    }

    // A namespace is created by the call that returns it, so that call is not without effect.
    private static bool IsSelection(ITypeSymbol type) =>
        type is INamedTypeSymbol { Arity: 1 } named && ContractSymbols.IsOfLibrary(named) && named.Name != "ISocketNamespace"
        && named.AllInterfaces.Add(named).Any(i => Selections.Contains(i.MetadataName) && ContractSymbols.IsOfLibrary(i));
}
