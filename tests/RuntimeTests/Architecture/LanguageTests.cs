using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The rules of the project's language that a program can check: CONTRIBUTING.md, "Language".</summary>
public partial class LanguageTests
{
    private static readonly string[] Folders = ["src", "tests", "samples", "bench"];

    /// <summary>The elements of a documentation comment whose text begins with a noun phrase or a verb.</summary>
    private static readonly string[] Elements = ["summary", "param", "typeparam", "returns", "value"];

    private static IEnumerable<string> Sources => Folders.SelectMany(SourceTree.Files).Where(file => !IsData(file));

    private static IEnumerable<string> Documents =>
        Directory.EnumerateFiles(SourceTree.Root, "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(SourceTree.Root, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith('.') || file.StartsWith(".github/", StringComparison.Ordinal))
            .Where(file => !file.Contains("node_modules/", StringComparison.Ordinal)
                && !file.StartsWith("artifacts/", StringComparison.Ordinal));

    [Fact]
    public void Documentation_begins_with_a_noun_or_a_verb() => AssertNone(
        from file in Sources
        from element in Nodes(file).OfType<XmlElementSyntax>()
        where Elements.Contains(element.StartTag.Name.LocalName.Text)
        let text = Plain(element)
        where BeginsWithQuestion(text)
        select $"{Place(file, element)} <{element.StartTag.Name}> {text}");

    [Fact]
    public void Messages_begin_with_a_noun_or_a_verb() => AssertNone(
        from file in SourceTree.Files("src")
        from literal in Texts(file)
        where BeginsWithQuestion(literal.Text) || QuestionInElement().IsMatch(literal.Text)
        select $"{Place(file, literal.Node)} {literal.Text}");

    [Fact]
    public void Comments_and_messages_use_no_word_of_a_private_dialect() => AssertNone(
        from file in Sources
        from text in Comments(file).Concat(file.StartsWith("src/", StringComparison.Ordinal) ? Texts(file) : [])
        let match = BannedWord().Match(text.Text)
        where match.Success
        select $"{Place(file, text.Node)} '{match.Value}' in: {text.Text.Trim()}");

    [Fact]
    public void Documents_use_no_word_of_a_private_dialect() => AssertNone(
        from file in Documents
        let prose = CodeSpan().Replace(CodeFence().Replace(SourceTree.Text(file), Blank), Blank)
        from match in BannedWord().Matches(prose)
        select $"{file}({prose.AsSpan(0, match.Index).Count('\n') + 1}) '{match.Value}'");

    [Fact]
    public void Identifiers_use_no_word_of_a_private_dialect() => AssertNone(
        from file in Sources
        from token in SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken).DescendantTokens()
        where token.IsKind(SyntaxKind.IdentifierToken)
        let match = BannedPart().Match(WordBoundary().Replace(token.Text, " "))
        where match.Success
        select $"{file}({token.GetLocation().GetLineSpan().StartLinePosition.Line + 1}) '{match.Value}' in: {token.Text}");

    [Theory]
    [InlineData("What is sent.", true)]
    [InlineData("Whether it is sent.", true)]
    [InlineData("When it is sent, it is counted.", false)]
    [InlineData("When it is sent.", true)]
    [InlineData("When it is sent. Otherwise, nothing.", true)]
    [InlineData("The number of bytes sent.", false)]
    [InlineData("Whatever is sent.", false)]
    public void A_question_word_is_found(string text, bool isFound) => Assert.Equal(isFound, BeginsWithQuestion(text));

    private static void AssertNone(IEnumerable<string> findings)
    {
        var all = findings.ToArray();
        Assert.True(all.Length is 0, $"{all.Length} findings:\n{string.Join('\n', all)}");
    }

    private static bool BeginsWithQuestion(string text) => QuestionWord().Match(text) is { Success: true } match
        && (match.Groups[1].Value != "When" || !ClauseWithComma().IsMatch(text));

    private static IEnumerable<SyntaxNode> Nodes(string file) => SourceTree.Parse(file)
        .GetRoot(TestContext.Current.CancellationToken).DescendantNodes(descendIntoTrivia: true);

    private static IEnumerable<(SyntaxNode Node, string Text)> Texts(string file) =>
        from node in Nodes(file)
        let text = node switch
        {
            LiteralExpressionSyntax { Token.Value: string value } => value,
            InterpolatedStringExpressionSyntax interpolated => string.Concat(interpolated.Contents
                .Select(part => part is InterpolatedStringTextSyntax constant ? constant.TextToken.ValueText : "{}")),
            _ => "",
        }
        where text.Contains(' ', StringComparison.Ordinal)
        select (node, text);

    private static IEnumerable<(SyntaxNode Node, string Text)> Comments(string file)
    {
        var root = SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken);
        var plain =
            from trivia in root.DescendantTrivia(descendIntoTrivia: false)
            where trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
            select ((SyntaxNode)trivia.Token.Parent!, CodeSpan().Replace(trivia.ToString(), " "));
        var documentation =
            from comment in root.DescendantNodes(descendIntoTrivia: true).OfType<DocumentationCommentTriviaSyntax>()
            from element in comment.Content.OfType<XmlElementSyntax>()
            select ((SyntaxNode)element, Plain(element));
        return plain.Concat(documentation);
    }

    /// <summary>Returns the text of an element without code spans, with each reference replaced by a placeholder.</summary>
    private static string Plain(XmlElementSyntax element)
    {
        var text = new StringBuilder();
        Append(element, text);
        return Spaces().Replace(text.ToString(), " ").Trim();
    }

    private static void Append(XmlElementSyntax element, StringBuilder text)
    {
        foreach (var part in element.Content)
        {
            if (part is XmlElementSyntax { StartTag.Name.LocalName.Text: not ("c" or "code") } inner) Append(inner, text);
            else if (part is XmlTextSyntax plain) text.AppendJoin(' ', plain.TextTokens.Select(token => token.ValueText));
            else text.Append("()");
        }
    }

    /// <summary>
    /// Returns a value indicating whether a file holds input or expected output of the generator instead of the project's own text.
    /// </summary>
    private static bool IsData(string file) => file.EndsWith("Architecture/LanguageTests.cs", StringComparison.Ordinal);

    private static string Place(string file, SyntaxNode node) => $"{file}({node.GetLocation().GetLineSpan().StartLinePosition.Line + 1})";

    private static string Blank(Match match) => new([.. match.Value.Where(character => character is '\n')]);

    [GeneratedRegex(@"^(What|Who|Whom|Whose|Whoever|Whether|How|Where|Which|Why|When)\b")]
    private static partial Regex QuestionWord();

    [GeneratedRegex(@"<(?:summary|returns|value|(?:type)?param name=[^>]*)>(What|Who|Whom|Whose|Whoever|Whether|How|Where|Which|Why)\b")]
    private static partial Regex QuestionInElement();

    [GeneratedRegex(@"^[^.,]*,")]
    private static partial Regex ClauseWithComma();

    [GeneratedRegex(@"\b(hear(s|d|ing)?|unheard|deaf(ness)?|nobody|whoever|anew|for ever|goodbyes?|lent)\b", RegexOptions.IgnoreCase)]
    private static partial Regex BannedWord();

    [GeneratedRegex(@"\b(hear(s|d|ing)?|unheard|deaf(ness)?|goodbye|asked|nobody|whoever|anew|lent)\b", RegexOptions.IgnoreCase)]
    private static partial Regex BannedPart();

    [GeneratedRegex(@"_|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")]
    private static partial Regex WordBoundary();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeFence();

    [GeneratedRegex(@"`[^`\n]+`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
