using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedSocketRedis.Generator.Analysis.Calls;

/// <summary>Reports events and calls of this library that are not awaited, if the compiler does not report them itself.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IgnoredResultAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.IgnoredResult];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (ContractSymbols.Of(start.Compilation) is { } symbols)
                start.RegisterOperationAction(operation => Check(operation, symbols), OperationKind.ExpressionStatement);
        });
    }

    private static void Check(OperationAnalysisContext context, ContractSymbols symbols)
    {
        var (expression, call) = DroppedCall.Of((IExpressionStatementOperation)context.Operation);
        if (call is null || call.TargetMethod.ReturnsVoid) return;
        if (symbols.ContractOf(call) is null
            && !(ContractSymbols.IsOfLibrary(call.TargetMethod.ContainingType) && IsAwaited(call.TargetMethod.ReturnType))) return;

        // In an async function the compiler warns about a call that is not awaited, except behind '?.'.
        if (expression is not IConditionalAccessOperation && IsAsync(call, context.ContainingSymbol)) return;
        context.ReportDiagnostic(Diagnostic.Create(Advice.IgnoredResult, expression.Syntax.GetLocation(), call.TargetMethod.Name));
    }

    private static bool IsAwaited(ITypeSymbol type) => type.Name is "Acks" && ContractSymbols.IsOfLibrary(type)
        || type is { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } };

    private static bool IsAsync(IOperation operation, ISymbol containing)
    {
        for (var o = operation.Parent; o is not null; o = o.Parent)
        {
            if (o is IAnonymousFunctionOperation lambda) return lambda.Symbol.IsAsync;
            if (o is ILocalFunctionOperation local) return local.Symbol.IsAsync;
        }

        return containing is IMethodSymbol { IsAsync: true };
    }
}
