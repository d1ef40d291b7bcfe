using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedSocketRedis.Generator.Analysis;

/// <summary>Reports events whose task or acknowledgements are ignored, if the compiler does not report them itself.</summary>
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
        var expression = ((IExpressionStatementOperation)context.Operation).Operation;
        var isConditional = expression is IConditionalAccessOperation;
        if (expression is IConditionalAccessOperation access) expression = access.WhenNotNull;
        if (expression is not IInvocationOperation call || call.TargetMethod.ReturnsVoid || symbols.ContractOf(call) is null) return;

        // In an async function the compiler warns about a call that is not awaited, except behind '?.'.
        if (!isConditional && IsAsync(call, context.ContainingSymbol)) return;
        context.ReportDiagnostic(Diagnostic.Create(
            Advice.IgnoredResult, ((IExpressionStatementOperation)context.Operation).Operation.Syntax.GetLocation(),
                call.TargetMethod.Name));
    }

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
