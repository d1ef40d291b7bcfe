using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator.Analysis;

namespace TypedSocketRedis.CodeFixes;

/// <summary>Changes the creation of a date to UTC.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DateNotUtcFix)), Shared]
public sealed class DateNotUtcFix : AdviceFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [AdviceId.DateNotUtc];

    private protected override IEnumerable<OfferedFix> FindFixes(
        Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        var made = root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true);
        switch (made)
        {
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Now" } now:
                yield return new("Use DateTime.UtcNow", now, now.WithName(UtcNow(now.Name)));
                break;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Today" } today:
                var utcNow = today.WithName(UtcNow(today.Name)).WithoutTrailingTrivia();
                yield return new("Use DateTime.UtcNow.Date", today, SyntaxFactory.MemberAccessExpression(
                    SyntaxKind.SimpleMemberAccessExpression, utcNow, SyntaxFactory.IdentifierName("Date")).WithTriviaFrom(today));
                break;
            case BaseObjectCreationExpressionSyntax { ArgumentList: { } list, Initializer: null } creation when Missing(creation, model,
                cancellationToken) is { } missing:
                var kind = list.AddArguments([.. missing.Select(text => SyntaxFactory.Argument(SyntaxFactory.ParseExpression(text)))]);
                var arguments = SyntaxFactory.SeparatedList<ArgumentSyntax>(Spaced(kind.Arguments));
                yield return new("Add DateTimeKind.Utc", creation, creation.WithArgumentList(kind.WithArguments(arguments)));
                break;
        }
    }

    private static IdentifierNameSyntax UtcNow(SimpleNameSyntax name) => SyntaxFactory.IdentifierName("UtcNow").WithTriviaFrom(name);

    // The arguments that select the constructor with a kind, which requires the time of day as well.
    private static string[]? Missing(BaseObjectCreationExpressionSyntax creation, SemanticModel model, CancellationToken cancellationToken)
    {
        if (creation.ArgumentList!.Arguments.Any(a => a.NameColon is not null)) return null;
        if (model.GetSymbolInfo(creation, cancellationToken).Symbol is not IMethodSymbol constructor) return null;
        var first = constructor.Parameters.FirstOrDefault()?.Type;
        var utc = ShortName.Name(model, "System.DateTimeKind", creation.SpanStart) + ".Utc";
        var isNumbers = constructor.Parameters.All(p => p.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64);
        return (constructor.Parameters.Length, isNumbers) switch
        {
            (3, true) => ["0", "0", "0", utc],
            (1 or 6 or 7 or 8, true) => [utc],
            (2, false) when first is { Name: "DateOnly" } => [utc],
            _ => null,
        };
    }

    private static IEnumerable<SyntaxNodeOrToken> Spaced(SeparatedSyntaxList<ArgumentSyntax> arguments)
    {
        var separators = arguments.GetSeparators().ToArray();
        for (var i = 0; i < arguments.Count; i++)
        {
            yield return arguments[i];
            if (i < separators.Length)
                yield return separators[i].HasTrailingTrivia ? separators[i] : separators[i].WithTrailingTrivia(SyntaxFactory.Space);
        }
    }
}
