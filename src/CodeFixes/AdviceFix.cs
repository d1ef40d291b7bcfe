using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace TypedSocketRedis.CodeFixes;

/// <summary>
/// The base class of fixes for one diagnostic that edit its own document and can be applied to all occurrences in a batch.
/// </summary>
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
            foreach (var offer in FindFixes(diagnostic, root, model, context.CancellationToken)) Register(context, diagnostic, root, offer);
    }

    /// <summary>Returns the fixes of one diagnostic, the best first; empty if there is no obvious fix.</summary>
    private protected abstract IEnumerable<OfferedFix> FindFixes(
        Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken);

    private static void Register(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, OfferedFix offer) =>
        context.RegisterCodeFix(
            CodeAction.Create(
                offer.Title,
                _ => Task.FromResult(context.Document.WithSyntaxRoot(offer.New is { } replacement
                    ? root.ReplaceNode(offer.Old, replacement)
                    : root.RemoveNode(offer.Old, SyntaxRemoveOptions.KeepUnbalancedDirectives)!)),
                diagnostic.Id + (offer.Kind ?? offer.Title)),
            diagnostic);
}

/// <summary>One fix, which replaces or removes a node.</summary>
/// <param name="Title">The title in the editor.</param>
/// <param name="Old">The node to replace.</param>
/// <param name="New">The replacement, or null to remove the node.</param>
/// <param name="Kind">The key that equivalent fixes with different titles share, or null if the title is the key.</param>
internal sealed record OfferedFix(string Title, SyntaxNode Old, SyntaxNode? New, string? Kind = null);

/// <summary>Returns names of types in the form required at a position in the code.</summary>
internal static class ShortName
{
    public static string Name(SemanticModel model, string metadataName, int position) =>
        model.Compilation.GetTypeByMetadataName(metadataName)!.ToMinimalDisplayString(model, position);
}
