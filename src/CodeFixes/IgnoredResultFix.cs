using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator.Analysis;

namespace TypedSocketRedis.CodeFixes;

/// <summary>Awaits the result of a call, or discards it explicitly.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IgnoredResultFix)), Shared]
public sealed class IgnoredResultFix : AdviceFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [AdviceId.IgnoredResult];

    private protected override IEnumerable<OfferedFix> FindFixes(
        Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax call) yield break;

        // Behind '?.' the task can be null.
        if (call is not ConditionalAccessExpressionSyntax && AwaitFix.In(call, model, cancellationToken) is { } awaited)
            yield return awaited;

        if (!model.LookupSymbols(call.SpanStart, name: "_").IsEmpty) yield break;
        yield return new("Discard the result", call, SyntaxFactory.AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            SyntaxFactory.IdentifierName("_").WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space),
            call.WithoutLeadingTrivia()).WithLeadingTrivia(call.GetLeadingTrivia()));
    }
}
