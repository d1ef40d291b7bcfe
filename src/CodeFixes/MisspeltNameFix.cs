using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator.Analysis;

namespace TypedSocketRedis.CodeFixes;

/// <summary>Changes the name of a handler to the name in its contract.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MisspeltNameFix)), Shared]
public sealed class MisspeltNameFix : AdviceFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [AdviceId.MisspeltName];

    private protected override IEnumerable<OfferedFix> FindFixes(
        Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not LiteralExpressionSyntax literal) yield break;
        var name = diagnostic.Properties[AdviceId.EventName]!;
        yield return new($"Change to \"{name}\"", literal, SyntaxFactory.LiteralExpression(
            SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name)).WithTriviaFrom(literal), "Change");
    }
}
