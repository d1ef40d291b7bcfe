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

/// <summary>Changes the return type of a contract's event, and of all methods that implement it, to a task.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AsyncVoidHandlerFix)), Shared]
public sealed class AsyncVoidHandlerFix : CodeFixProvider
{
    private const string Title = "Return Task from the contract's method";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [AdviceId.AsyncVoidHandler];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var (document, cancellationToken) = (context.Document, context.CancellationToken);
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root) return;
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model) return;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root.FindNode(diagnostic.Location.SourceSpan) is not MethodDeclarationSyntax declaration) continue;
            if (model.GetDeclaredSymbol(declaration, cancellationToken) is not { } method) continue;
            if (await DeclarationsAsync(method, document.Project.Solution, cancellationToken).ConfigureAwait(false) is not { } all)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(Title, canceled => ChangeAsync(document.Project.Solution, all, canceled), diagnostic.Id), diagnostic);
        }
    }

    /// <summary>Returns the declarations to change, or null if one of them cannot be changed without a decision of the developer.</summary>
    private static async Task<List<MethodDeclarationSyntax>?> DeclarationsAsync(
        IMethodSymbol method, Solution solution, CancellationToken cancellationToken)
    {
        var declarations = new List<MethodDeclarationSyntax>();
        foreach (var e in method.ContainingType.AllInterfaces.SelectMany(i => i.GetMembers()).OfType<IMethodSymbol>())
        {
            if (!SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(e), method)) continue;
            if (Declaration(e, cancellationToken) is not { } contract || solution.GetDocument(contract.SyntaxTree) is null) return null;
            declarations.Add(contract);
            var implementations = await SymbolFinder.FindImplementationsAsync(e, solution,
                cancellationToken: cancellationToken).ConfigureAwait(false);
            foreach (var implementation in implementations.OfType<IMethodSymbol>())
            {
                if (Declaration(implementation, cancellationToken) is not { } found || IsGenerated(found, solution)) continue;
                if (!implementation.IsAsync) return null;
                declarations.Add(found);
            }
        }

        return [.. declarations.Distinct()];
    }

    private static MethodDeclarationSyntax? Declaration(IMethodSymbol method, CancellationToken cancellationToken) =>
        method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) as MethodDeclarationSyntax;

    private static bool IsGenerated(SyntaxNode node, Solution solution) =>
        node.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) || solution.GetDocument(node.SyntaxTree) is null;

    private static async Task<Solution> ChangeAsync(
        Solution solution, List<MethodDeclarationSyntax> declarations, CancellationToken cancellationToken)
    {
        foreach (var tree in declarations.GroupBy(d => d.SyntaxTree))
        {
            var document = solution.GetDocument(tree.Key)!;
            var root = await tree.Key.GetRootAsync(cancellationToken).ConfigureAwait(false);
            var model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
            var changed = root.ReplaceNodes(tree, (old, _) => old.WithReturnType(
                SyntaxFactory.ParseTypeName(ShortName.Name(model, "System.Threading.Tasks.Task", old.SpanStart))
                    .WithTriviaFrom(old.ReturnType)));
            solution = solution.WithDocumentSyntaxRoot(document.Id, changed);
        }

        return solution;
    }
}
