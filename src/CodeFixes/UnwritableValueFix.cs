using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator.Analysis;

namespace TypedSocketRedis.CodeFixes;

/// <summary>Gives a type a formatter, or makes an anonymous object a dictionary.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnwritableValueFix)), Shared]
public sealed class UnwritableValueFix : CodeFixProvider
{
    private const string Payload = "TypedSocketRedis.SocketPayloadAttribute";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [AdviceId.UnwritableValue];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root) return;
        if (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model) return;
        foreach (var diagnostic in context.Diagnostics)
        {
            var value = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (value is AnonymousObjectCreationExpressionSyntax anonymous)
            {
                Register(context, diagnostic, "Use a dictionary", _ => Task.FromResult(context.Document.WithSyntaxRoot(
                    root.ReplaceNode(anonymous, Dictionary(anonymous, model)))));
            }
            else if (diagnostic.AdditionalLocations.Count > 0
                && diagnostic.AdditionalLocations[0] is { SourceTree.FilePath: { } path } place
                && context.Document.Project.Documents.FirstOrDefault(one => one.FilePath == path) is { } declaring
                && await declaring.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is { } declarations
                && declarations.FindNode(place.SourceSpan) is TypeDeclarationSyntax { TypeParameterList: null } type)
            {
                Register(context, diagnostic, "Apply [SocketPayload] to the type",
                    canceled => WithAttributeAsync(declaring, type, canceled));
            }
        }
    }

    private static void Register(
        CodeFixContext context, Diagnostic diagnostic, string title, Func<CancellationToken, Task<Document>> fix) =>
        context.RegisterCodeFix(CodeAction.Create(title, fix, diagnostic.Id + title), diagnostic);

    private static async Task<Document> WithAttributeAsync(
        Document document, TypeDeclarationSyntax type, CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        var name = ShortName.Name(model, Payload, type.SpanStart);
        var attribute = SyntaxFactory.Attribute(SyntaxFactory.ParseName(name.Substring(0, name.Length - nameof(Attribute).Length)));
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithLeadingTrivia(type.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space);
        var plain = type.WithoutLeadingTrivia();
        return document.WithSyntaxRoot(root.ReplaceNode(type, plain.WithAttributeLists(plain.AttributeLists.Insert(0, list))));
    }

    private static ExpressionSyntax Dictionary(AnonymousObjectCreationExpressionSyntax value, SemanticModel model)
    {
        var type = ShortName.Name(model, "System.Collections.Generic.Dictionary`2", value.SpanStart);
        var items = value.Initializers.Select(one => $"[\"{Name(one)}\"] = {one.Expression}");
        return SyntaxFactory.ParseExpression(
            $"new {type.Substring(0, type.IndexOf('<'))}<string, object?> {{ {string.Join(", ", items)} }}").WithTriviaFrom(value);
    }

    private static string Name(AnonymousObjectMemberDeclaratorSyntax member) =>
        member.NameEquals?.Name.Identifier.ValueText ?? member.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            var other => other.GetLastToken().ValueText,
        };
}
