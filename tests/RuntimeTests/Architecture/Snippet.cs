using System.Text.RegularExpressions;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>
/// Code of pages that is the copy of a source, with the source in a comment before it: <c>&lt;!-- snippet: folder/File.cs --&gt;</c>, or
/// <c>folder/File.cs#name</c> for the part between the lines <c>// &lt;name&gt;</c> and <c>// &lt;/name&gt;</c>.
/// </summary>
internal static partial class Snippet
{
    /// <summary>Returns a page with the present code of its sources.</summary>
    public static string Update(string page) =>
        Marked().Replace(page, match => $"{match.Groups["start"].Value}{Code(match.Groups["source"].Value)}```");

    /// <summary>Returns the comments of a page that no block of code follows.</summary>
    public static IEnumerable<string> WithoutCode(string page) =>
        Comment().Matches(Marked().Replace(page, "")).Select(match => match.Value);

    /// <summary>Returns the blocks of a page that have no source.</summary>
    public static IEnumerable<string> Unmarked(string page) =>
        Block().Matches(Marked().Replace(page, ""))
            .Where(match => match.Groups["language"].Value is not ("" or "sh" or "text" or "diff" or "mermaid"))
            .Select(match => match.Groups["code"].Value);

    private static string Code(string source)
    {
        var (file, name) = source.Split('#') is [var path, var part] ? (path, part) : (source, null);
        var lines = SourceTree.Text(file).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        if (name is not null) lines = Part(lines, name, source);
        lines = [.. lines.Where(line => !Tag().IsMatch(line))];
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Concat(lines.Select(line => $"{(line.Length > 0 ? line[indent..] : "")}\n"));
    }

    private static string[] Part(string[] lines, string name, string source)
    {
        var start = Array.FindIndex(lines, line => Tag().Match(line) is { Success: true } tag && tag.Groups[1].Value == name);
        var end = Array.FindIndex(lines, line => Tag().Match(line) is { Success: true } tag && tag.Groups[1].Value == $"/{name}");
        return start >= 0 && end > start + 1
            ? lines[(start + 1)..(string.IsNullOrWhiteSpace(lines[end - 1]) ? end - 1 : end)]
            : throw new InvalidOperationException($"There is no part of '{source}' between <{name}> and </{name}>.");
    }

    [GeneratedRegex(@"^(?<start><!-- snippet: (?<source>\S+) -->\n```\w+\n).*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Marked();

    [GeneratedRegex("^<!-- snippet: .*", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^```(?<language>\w*)[^\n]*\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\s*(?://|#|<!--)\s*<(/?[\w-]+)>(?:\s*-->)?\s*$")]
    private static partial Regex Tag();
}
