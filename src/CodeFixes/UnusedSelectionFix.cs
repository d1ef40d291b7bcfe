using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator.Analysis;

namespace TypedSocketRedis.CodeFixes;

/// <summary>Sends an event to receivers that are selected and not used, or removes the statement.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnusedSelectionFix)), Shared]
public sealed class UnusedSelectionFix : AdviceFix
{
    // An editor shows a longer list of fixes than anyone reads.
    private const int MaxEvents = 5;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [AdviceId.UnusedSelection];

    private protected override IEnumerable<OfferedFix> FindFixes(
        Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax selection) yield break;

        // Behind '?.' the event would have to be appended to the inner expression.
        if (selection is InvocationExpressionSyntax)
        {
            foreach (var e in Events(selection, model, cancellationToken).Take(MaxEvents))
                yield return new($"Send '{e}'", selection, Send(selection, e));
        }

        if (selection.Parent is ExpressionStatementSyntax { Parent: BlockSyntax } statement)
            yield return new("Remove the statement", statement, null);
    }

    // Events without parameters and without a result, whose calls are complete.
    private static IEnumerable<string> Events(ExpressionSyntax selection, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetTypeInfo(selection, cancellationToken).Type is INamedTypeSymbol { Arity: 1 } type
        && type.Name is "IBroadcast" or "ISocketClient" or "IServers" or "IOthers" && type.TypeArguments[0] is INamedTypeSymbol contract
            ? contract.AllInterfaces.Insert(0, contract).SelectMany(i => i.GetMembers()).OfType<IMethodSymbol>()
                .Where(e => e is { ReturnsVoid: true, Parameters.IsEmpty: true, IsStatic: false }).Select(e => e.Name)
            : [];

    private static InvocationExpressionSyntax Send(ExpressionSyntax selection, string name) =>
        SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression, selection.WithoutTrailingTrivia(), SyntaxFactory.IdentifierName(name)))
            .WithTrailingTrivia(selection.GetTrailingTrivia());
}
