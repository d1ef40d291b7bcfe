using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace TypedSocketRedis.CodeFixes;

/// <summary>What all fixes share: one diagnostic, edits of its own document, and a batch that fixes them all.</summary>
public abstract class AdviceFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root) return;
        if (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model) return;
        foreach (var diagnostic in context.Diagnostics)
            foreach (var offer in Offers(diagnostic, root, model, context.CancellationToken)) Register(context, diagnostic, root, offer);
    }

    /// <summary>The fixes of one diagnostic, the best first; none when nothing is obvious.</summary>
    private protected abstract IEnumerable<Offer> Offers(
        Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken);

    private static void Register(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, Offer offer) =>
        context.RegisterCodeFix(
            CodeAction.Create(
                offer.Title,
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(offer.Old, offer.New))),
                diagnostic.Id + (offer.Kind ?? offer.Title)),
            diagnostic);
}

/// <summary>One fix: a node in place of another.</summary>
/// <param name="Title">What the editor shows.</param>
/// <param name="Old">The node.</param>
/// <param name="New">What takes its place.</param>
/// <param name="Kind">What fixes of other places have in common with it, where their titles differ.</param>
internal sealed record Offer(string Title, SyntaxNode Old, SyntaxNode New, string? Kind = null);

/// <summary>Names of types as the code around them has to write them.</summary>
internal static class Written
{
    public static string Name(SemanticModel model, string metadataName, int position) =>
        model.Compilation.GetTypeByMetadataName(metadataName)!.ToMinimalDisplayString(model, position);
}
