using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The style rules of the project for all hand-written files.</summary>
public class StyleTests
{
    private const int MaxMethodLines = 40;
    private const int MaxWidth = 140;
    private const int MaxTestName = 80;

    // Outside src, a line with a text of at least this length can be wider: the data of tests and the tables of reports.
    private const int LongText = 60;

    private static readonly string[] Folders = ["src", "tests", "samples", "bench"];

    private static IEnumerable<string> All => Folders.SelectMany(SourceTree.Files);

    [Fact]
    public void No_method_exceeds_the_maximum_number_of_lines() => Assert.Empty(
        from file in SourceTree.Files("src")
        let tree = SourceTree.Parse(file)
        from method in tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
        let body = (SyntaxNode?)method.Body ?? method.ExpressionBody
        where body is not null
        let span = tree.GetLineSpan(body.Span, TestContext.Current.CancellationToken)
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > MaxMethodLines
        select $"{file}({span.StartLinePosition.Line + 1}): {lines} lines");

    [Fact]
    public void No_line_exceeds_the_maximum_width() => Assert.Empty(
        from file in All
        let lines = SourceTree.Text(file).Split('\n')
        where lines.Any(line => line.Length > MaxWidth)
        let texts = LongTexts(file)
        from line in Enumerable.Range(0, lines.Length)
        where lines[line].Length > MaxWidth && (file.StartsWith("src/", StringComparison.Ordinal) || !texts.Contains(line))
        select $"{file}({line + 1}): {lines[line].Length} columns");

    [Fact]
    public void No_warning_is_disabled_no_type_is_aliased_and_no_exception_is_swallowed() => Assert.Empty(
        from file in All
        from node in SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken)
            .DescendantNodes(descendIntoTrivia: true)
        where node is PragmaWarningDirectiveTriviaSyntax or RegionDirectiveTriviaSyntax or UsingDirectiveSyntax { Alias: not null }
            or CatchClauseSyntax { Declaration: null, Block.Statements.Count: 0 }
        select $"{file}: {node.ToString().ReplaceLineEndings(" ")}");

    [Fact]
    public void A_partial_type_is_generated_or_in_files_with_its_name() => Assert.Empty(
        from file in SourceTree.Files("src")
        from type in SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<TypeDeclarationSyntax>()
        where type.Modifiers.Any(SyntaxKind.PartialKeyword)
        let generated = type.Members.Any(member => member.Modifiers.Any(SyntaxKind.PartialKeyword))
        let name = Path.GetFileNameWithoutExtension(file)
        where !generated && name != type.Identifier.Text && !name.StartsWith(type.Identifier.Text + ".", StringComparison.Ordinal)
        select $"{file}: {type.Identifier}");

    [Fact]
    public void Tests_never_wait_for_time() => Assert.Empty(
        from file in SourceTree.Files("tests")
        from call in SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken)
            .DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        where call.ToString() is "Task.Delay" or "Thread.Sleep"
        select $"{file}: {call.Parent}");

    [Fact]
    public void No_name_of_a_test_exceeds_the_maximum_length() => Assert.Empty(
        from file in SourceTree.Files("tests")
        from method in SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken)
            .DescendantNodes().OfType<MethodDeclarationSyntax>()
        where method.AttributeLists.SelectMany(list => list.Attributes).Any(one => one.Name.ToString() is "Fact" or "Theory")
        where method.Identifier.Text.Length > MaxTestName
        select $"{file}: {method.Identifier.Text}");

    [Fact]
    public void Library_code_uses_TimeProvider_and_the_system_random_number_generator() => Assert.Empty(
        from file in SourceTree.Files("src")
        from access in SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken)
            .DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        where access.ToString() is "DateTime.UtcNow" or "DateTime.Now" or "DateTimeOffset.UtcNow" or "Environment.TickCount64"
            or "Stopwatch.StartNew" or "Random.Shared" or "Guid.NewGuid"
        select $"{file}: {access}");

    /// <summary>Returns the zero-based lines with text literals that are long, or that are spread over lines themselves.</summary>
    private static HashSet<int> LongTexts(string file) =>
    [
        .. from node in SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken).DescendantNodes()
           where node is InterpolatedStringExpressionSyntax || node.IsKind(SyntaxKind.StringLiteralExpression)
               || node.IsKind(SyntaxKind.Utf8StringLiteralExpression)
           where node.Span.Length >= LongText
           let span = node.GetLocation().GetLineSpan()
           from line in Enumerable.Range(span.StartLinePosition.Line, span.EndLinePosition.Line - span.StartLinePosition.Line + 1)
           select line,
    ];
}
