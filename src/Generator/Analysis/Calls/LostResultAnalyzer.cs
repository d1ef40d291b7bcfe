using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedSocketRedis.Generator.Analysis.Calls;

/// <summary>Reports handlers of events whose results are dropped, because the overload that is chosen has no result.</summary>
/// <remarks>C# converts a function with a result to a delegate that returns a task without one.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LostResultAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] ServerEvents = ["OnServerEvent", "OnceServerEvent"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.LostResult];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Check, OperationKind.DelegateCreation, OperationKind.Conversion);
    }

    private static void Check(OperationAnalysisContext context)
    {
        var operation = context.Operation;
        if (operation.Type is not INamedTypeSymbol { DelegateInvokeMethod.ReturnType: INamedTypeSymbol { Name: "Task", Arity: 0 } }) return;
        if (operation.Parent is not IArgumentOperation { Parameter.ContainingSymbol: IMethodSymbol member }) return;
        if (!UntypedName.AddsHandler(member) && !ServerEvents.Contains(member.Name)) return;
        if (!ContractSymbols.IsOfLibrary(member)) return;
        var handler = operation is IDelegateCreationOperation creation ? creation.Target : ((IConversionOperation)operation).Operand;
        if (Lost(handler) is { } result) context.ReportDiagnostic(Diagnostic.Create(
            Advice.LostResult, handler.Syntax.GetLocation(), result.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
    }

    private static ITypeSymbol? Lost(IOperation target) => target switch
    {
        IMethodReferenceOperation reference => ResultOf(reference.Method.ReturnType),
        IAnonymousFunctionOperation { SemanticModel: { } model, Syntax: AnonymousFunctionExpressionSyntax function } lambda =>
            function.ExpressionBody is { } body ? Lost(body, model, lambda.Symbol.IsAsync) : LostReturns(function.Block!, model),
        { Type: INamedTypeSymbol { DelegateInvokeMethod: { } converted } } => ResultOf(converted.ReturnType),
        _ => null,
    };

    private static ITypeSymbol? Lost(ExpressionSyntax body, SemanticModel model, bool isAsync)
    {
        if (!isAsync) return ResultOf(model.GetTypeInfo(body).Type);

        // An assignment has its effect although its value is dropped.
        return body is AwaitExpressionSyntax or InvocationExpressionSyntax
            && model.GetTypeInfo(body).Type is { SpecialType: not SpecialType.System_Void } type ? type : null;
    }

    // An async function cannot return a value here.
    private static ITypeSymbol? LostReturns(BlockSyntax block, SemanticModel model) =>
        block.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ReturnStatementSyntax>()
            .Select(statement => statement.Expression is { } value ? ResultOf(model.GetTypeInfo(value).Type) : null)
            .FirstOrDefault(static type => type is not null);

    private static ITypeSymbol? ResultOf(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Task", Arity: 1 } task ? task.TypeArguments[0] : null;
}
