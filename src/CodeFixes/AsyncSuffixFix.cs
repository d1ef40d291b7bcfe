using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator.Analysis;

namespace TypedSocketRedis.CodeFixes;

/// <summary>Adds the wire name without the suffix to an event.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AsyncSuffixFix)), Shared]
public sealed class AsyncSuffixFix : AdviceFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [AdviceId.AsyncSuffix];

    private protected override IEnumerable<OfferedFix> FindFixes(
        Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan) is not MethodDeclarationSyntax method) yield break;
        var name = diagnostic.Properties[AdviceId.EventName]!;
        var attribute = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(
            SyntaxFactory.ParseName(AttributeName(model, method.SpanStart)),
                SyntaxFactory.ParseAttributeArgumentList($"({SymbolDisplay.FormatLiteral(name, quote: true)})")!)));
        var named = method.WithoutLeadingTrivia()
            .WithAttributeLists(method.AttributeLists.Insert(0, attribute.WithTrailingTrivia(SyntaxFactory.Space)))
            .WithLeadingTrivia(method.GetLeadingTrivia());
        yield return new($"Name the event \"{name}\"", method, named, "Name");
    }

    private static string AttributeName(SemanticModel model, int position)
    {
        var name = ShortName.Name(model, "TypedSocketRedis.SocketEventAttribute", position);
        return name.Substring(0, name.Length - nameof(Attribute).Length);
    }
}
