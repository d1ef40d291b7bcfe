using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedSocketRedis.CodeFixes;

/// <summary>Awaits a call if the containing function allows it, or can be changed without an effect on its callers.</summary>
internal static class AwaitFix
{
    private const string Title = "Await the call";

    public static OfferedFix? In(ExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
    {
        if (call.FirstAncestorOrSelf<LockStatementSyntax>() is not null) return null;
        var awaited = SyntaxFactory.AwaitExpression(
            SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space),
            call.WithoutLeadingTrivia()).WithLeadingTrivia(call.GetLeadingTrivia());

        var function = call.Ancestors().FirstOrDefault(n =>
            n is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or MemberDeclarationSyntax);
        return function switch
        {
            GlobalStatementSyntax => new(Title, call, awaited),
            _ when function is null || !ReturnsTask(function, model, cancellationToken) => null,
            MethodDeclarationSyntax { Body: { } body } method when Body(body, call, awaited) is { } rewritten =>
                new(Title, method, Async(method).WithBody(rewritten)),
            LocalFunctionStatementSyntax { Body: { } body } local when Body(body, call, awaited) is { } rewritten =>
                new(Title, local, Async(local).WithBody(rewritten)),
            ParenthesizedLambdaExpressionSyntax { Block: { } body } lambda when Body(body, call, awaited) is { } rewritten =>
                new(Title, lambda,
                    lambda.WithoutLeadingTrivia().WithBlock(rewritten).WithModifiers(lambda.Modifiers.Add(AsyncKeyword))
                        .WithLeadingTrivia(lambda.GetLeadingTrivia())),
            SimpleLambdaExpressionSyntax { Block: { } body } lambda when Body(body, call, awaited) is { } rewritten =>
                new(Title, lambda,
                    lambda.WithoutLeadingTrivia().WithBlock(rewritten).WithModifiers(lambda.Modifiers.Add(AsyncKeyword))
                        .WithLeadingTrivia(lambda.GetLeadingTrivia())),
            _ => null,
        };
    }

    private static SyntaxToken AsyncKeyword => SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(SyntaxFactory.Space);

    private static bool ReturnsTask(SyntaxNode function, SemanticModel model, CancellationToken cancellationToken)
    {
        var symbol = function is LambdaExpressionSyntax
            ? model.GetSymbolInfo(function, cancellationToken).Symbol
            : model.GetDeclaredSymbol(function, cancellationToken);
        return symbol is IMethodSymbol { IsAsync: false, ReturnType: INamedTypeSymbol { Arity: 0, Name: "Task" or "ValueTask" } };
    }

    // Only if every return returns a completed task, so that it can be replaced by the end of the function.
    private static BlockSyntax? Body(BlockSyntax body, ExpressionSyntax call, ExpressionSyntax awaited)
    {
        var returns = body.DescendantNodes(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ReturnStatementSyntax>().ToArray();
        if (!returns.All(r => r.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" })) return null;

        var last = body.Statements.Last() as ReturnStatementSyntax;
        var changed = body.ReplaceNodes(returns.Where(r => r != last).Append<SyntaxNode>(call), (old, current) => old == call
            ? awaited
            : SyntaxFactory.ReturnStatement().WithTriviaFrom(current));
        return last is null ? changed : WithoutLast(changed);
    }

    private static BlockSyntax WithoutLast(BlockSyntax body)
    {
        var last = body.Statements.Last();
        var statements = body.Statements.Remove(last);
        var ending = statements.Last();
        if (!ending.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
            statements = statements.Replace(ending, ending.WithTrailingTrivia(last.GetTrailingTrivia()));
        return body.WithStatements(statements);
    }

    private static MethodDeclarationSyntax Async(MethodDeclarationSyntax method) => method.Modifiers.Count > 0
        ? method.AddModifiers(AsyncKeyword)
        : method.WithoutLeadingTrivia().AddModifiers(AsyncKeyword).WithLeadingTrivia(method.GetLeadingTrivia());

    private static LocalFunctionStatementSyntax Async(LocalFunctionStatementSyntax local) => local.Modifiers.Count > 0
        ? local.AddModifiers(AsyncKeyword)
        : local.WithoutLeadingTrivia().AddModifiers(AsyncKeyword).WithLeadingTrivia(local.GetLeadingTrivia());
}
