using System.Text.RegularExpressions;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>Code of pages that has a source elsewhere. With the variable UPDATE_DOCS=1 the pages are written instead.</summary>
public partial class SnippetTests
{
    // Shorter passages are the same in every program: a builder, a loop, a test.
    private const int Passage = 6;

    public static TheoryData<string> Pages => [.. Files(".md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_snippet_is_the_code_of_its_source(string page)
    {
        var text = SourceTree.Text(page);
        var updated = Snippet.Update(text);
        if (updated != text && Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(Path.Combine(SourceTree.Root, page), text = updated);
        Assert.Equal(updated.Split('\n'), text.Split('\n'));
        Assert.Empty(Snippet.WithoutCode(text));
    }

    [Fact]
    public void Code_of_a_page_has_no_second_copy()
    {
        var sources = Files(".cs", ".ts", ".js", ".mjs", ".json", ".html", ".yaml", ".conf", ".cfg")
            .SelectMany(file => Passages(SourceTree.Text(file)).Select(passage => (passage, file)));
        var copies = new Dictionary<string, string>();
        foreach (var (passage, file) in sources) copies.TryAdd(passage, file);

        List<string> found = [];
        foreach (var page in Files(".md"))
        {
            foreach (var passage in Snippet.Unmarked(SourceTree.Text(page)).SelectMany(Passages))
                if (!copies.TryAdd(passage, page) && copies[passage] != page) found.Add($"{page} and {copies[passage]}: {passage}");
        }

        Assert.Empty(found);
    }

    [Fact]
    public void Blocks_of_code_without_a_source_are_found_between_others() => Assert.Equal(
        ["one\n", "two\n"],
        Snippet.Unmarked("```sh\nls\n```\n```csharp\none\n```\n<!-- snippet: a.cs -->\n```csharp\na\n```\ntext\n```js\ntwo\n```\n"));

    [Fact]
    public void A_part_of_a_file_is_found_by_its_name_and_unindented() =>
        Assert.Equal(
            "<!-- snippet: tests/RuntimeTests/Architecture/SnippetTests.cs#part -->\n```csharp\nprivate const int Twice =\n    2 * Passage;\n```",
            Snippet.Update("<!-- snippet: tests/RuntimeTests/Architecture/SnippetTests.cs#part -->\n```csharp\nold\n```"));

    // <part>
    private const int Twice =
        2 * Passage;
    // </part>

    [Fact]
    public void A_passage_is_found_in_a_text_with_other_spaces_and_comments() => Assert.Equal(
        Passages(string.Concat(Enumerable.Range(1, Twice).Select(i => $"line {i}\n"))),
        Passages(string.Concat(Enumerable.Range(1, Twice).Select(i => $"  line {i}    // {i}\n\n"))));

    private static IEnumerable<string> Passages(string text)
    {
        var lines = text.Split('\n').Select(line => Comment().Replace(line, "").Trim()).Where(line => line.Length > 3).ToArray();
        return Enumerable.Range(0, Math.Max(0, lines.Length - Passage + 1)).Select(i => string.Join('\n', lines[i..(i + Passage)]));
    }

    private static IEnumerable<string> Files(params string[] extensions) =>
        from file in FilesBelow(SourceTree.Root)
        where extensions.Contains(Path.GetExtension(file)) && !Path.GetFileName(file).StartsWith("TSR", StringComparison.Ordinal)
        let path = Path.GetRelativePath(SourceTree.Root, file).Replace('\\', '/')
        orderby path
        select path;

    private static IEnumerable<string> FilesBelow(string folder) => Directory.EnumerateFiles(folder)
        .Concat(Directory.EnumerateDirectories(folder).Where(IsWritten).SelectMany(FilesBelow));

    private static bool IsWritten(string folder) => Path.GetFileName(folder) is not ['.', ..] and not
        ("bin" or "obj" or "node_modules" or "artifacts" or "Vectors" or "Snapshots" or "BenchmarkDotNet.Artifacts");

    [GeneratedRegex(@"\s*//.*")]
    private static partial Regex Comment();
}
