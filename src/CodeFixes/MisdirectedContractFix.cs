using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using TypedSocketRedis.Generator.Analysis;

namespace TypedSocketRedis.CodeFixes;

/// <summary>Makes a contract one of commands: its attribute, its return types, and those of the methods that implement it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MisdirectedContractFix)), Shared]
public sealed class MisdirectedContractFix : CodeFixProvider
{
    private const string Title = "Use [SocketCommands], and return Task";
    private const string TaskType = "System.Threading.Tasks.Task";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [AdviceId.MisdirectedContract];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root) return;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root.FindNode(diagnostic.Location.SourceSpan) is not InterfaceDeclarationSyntax contract) continue;
            context.RegisterCodeFix(
                CodeAction.Create(Title, canceled => ChangeAsync(context.Document, contract, canceled), diagnostic.Id), diagnostic);
        }
    }

    private static async Task<Solution> ChangeAsync(
        Document document, InterfaceDeclarationSyntax contract, CancellationToken cancellationToken)
    {
        var solution = document.Project.Solution;
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model) return solution;
        var changes = new List<SyntaxNode>();
        changes.AddRange(contract.AttributeLists.SelectMany(list => list.Attributes).Where(a => IsOfEvents(a, model, cancellationToken)));
        foreach (var e in contract.Members.OfType<MethodDeclarationSyntax>().Where(IsVoid))
        {
            changes.Add(e);
            if (model.GetDeclaredSymbol(e, cancellationToken) is not { } symbol) continue;
            var found = await SymbolFinder.FindImplementationsAsync(symbol, solution, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            changes.AddRange(found.Select(i => i.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken))
                .OfType<MethodDeclarationSyntax>().Where(m => IsVoid(m) && solution.GetDocument(m.SyntaxTree) is not null));
        }

        foreach (var file in changes.Distinct().GroupBy(c => c.SyntaxTree))
        {
            var changed = solution.GetDocument(file.Key)!;
            var root = await file.Key.GetRootAsync(cancellationToken).ConfigureAwait(false);
            var names = (await changed.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
            solution = solution.WithDocumentSyntaxRoot(
                changed.Id, root.ReplaceNodes(file, (old, _) => Changed(old, ShortName.Name(names, TaskType, old.SpanStart))));
        }

        return solution;
    }

    private static bool IsOfEvents(AttributeSyntax attribute, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetSymbolInfo(attribute, cancellationToken).Symbol?.ContainingType.Name == "SocketEventsAttribute";

    private static bool IsVoid(MethodDeclarationSyntax method) =>
        method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };

    private static SyntaxNode Changed(SyntaxNode old, string task) => old switch
    {
        AttributeSyntax attribute => attribute.WithName(attribute.Name switch
        {
            QualifiedNameSyntax qualified => qualified.WithRight(Commands(qualified.Right)),
            AliasQualifiedNameSyntax alias => alias.WithName(Commands(alias.Name)),
            var name => Commands((SimpleNameSyntax)name),
        }),
        MethodDeclarationSyntax method => Completed(method, task)
            .WithReturnType(SyntaxFactory.ParseTypeName(task).WithTriviaFrom(method.ReturnType)),
        _ => old,
    };

    private static IdentifierNameSyntax Commands(SimpleNameSyntax name) =>
        SyntaxFactory.IdentifierName(
            name.Identifier.ValueText.EndsWith(nameof(Attribute), StringComparison.Ordinal) ? "SocketCommandsAttribute" : "SocketCommands")
            .WithTriviaFrom(name);

    // A method that is not async returns a completed task at its ends.
    private static MethodDeclarationSyntax Completed(MethodDeclarationSyntax method, string task)
    {
        if (method.Modifiers.Any(SyntaxKind.AsyncKeyword)) return method;
        var completed = SyntaxFactory.ParseExpression(task + ".CompletedTask");
        if (method.ExpressionBody is { Expression: ThrowExpressionSyntax }) return method;
        if (method.ExpressionBody is { } body)
        {
            // Elastic trivia, which the formatter arranges.
            return method.WithExpressionBody(null).WithSemicolonToken(default)
                .WithParameterList(method.ParameterList.WithTrailingTrivia(SyntaxFactory.ElasticMarker))
                .WithBody(SyntaxFactory.Block(SyntaxFactory.ExpressionStatement(body.Expression.WithoutTrivia()), Return(completed))
                    .WithTrailingTrivia(method.SemicolonToken.TrailingTrivia));
        }

        if (method.Body is not { } block) return method;
        var returns = block.DescendantNodes(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ReturnStatementSyntax>().Where(r => r.Expression is null);
        var changed = block.ReplaceNodes(returns, (r, _) => Return(completed).WithTriviaFrom(r));
        if (changed.Statements.LastOrDefault() is ReturnStatementSyntax or ThrowStatementSyntax) return method.WithBody(changed);
        var last = Return(completed);
        last = changed.Statements.LastOrDefault() is { } before
            ? last.WithLeadingTrivia(before.GetLeadingTrivia().Where(t => t.IsKind(SyntaxKind.WhitespaceTrivia)))
                .WithTrailingTrivia(before.GetTrailingTrivia().Where(t => !t.IsKind(SyntaxKind.SingleLineCommentTrivia)))
            : last.WithTrailingTrivia(SyntaxFactory.Space);
        return method.WithBody(changed.AddStatements(last));
    }

    private static ReturnStatementSyntax Return(ExpressionSyntax value) =>
        SyntaxFactory.ReturnStatement(SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(SyntaxFactory.Space), value,
            SyntaxFactory.Token(SyntaxKind.SemicolonToken));
}
