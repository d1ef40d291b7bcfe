using System.Text.RegularExpressions;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The documents compared with the sources: log entries, metrics and links.</summary>
public partial class DocumentationTests
{
    private static string Observability => SourceTree.Text("docs/observability.md");

    private static string AllSources => string.Concat(SourceTree.Files("src").Select(SourceTree.Text));

    [Fact]
    public void Every_log_entry_has_a_unique_id_and_a_row() => AssertSame(
        LogIdInCode().Matches(AllSources).Select(match => match.Groups[1].Value),
        LogIdInTable().Matches(Observability).Select(match => match.Groups[1].Value));

    [Fact]
    public void Every_metric_has_a_row() => AssertSame(
        MetricInCode().Matches(AllSources).Select(match => match.Groups[1].Value),
        MetricInTable().Matches(Observability).Select(match => match.Groups[1].Value));

    [Fact]
    public void Every_link_between_documents_has_a_target()
    {
        string[] documents = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md",
            .. Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "docs"), "*.md", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(SourceTree.Root, file))];
        Assert.Empty(
            from document in documents
            from Match link in Link().Matches(SourceTree.Text(document))
            let target = link.Groups[1].Value
            where !target.Contains("://", StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(SourceTree.Root, Path.GetDirectoryName(document) ?? "", target))
            select $"{document}: {target}");
    }

    private static void AssertSame(IEnumerable<string> inCode, IEnumerable<string> inTable)
    {
        var code = inCode.Order(StringComparer.Ordinal).ToArray();
        Assert.NotEmpty(code);
        Assert.Equal(code.Distinct(), code);
        Assert.Equal(code, inTable.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\[LoggerMessage\((\d+),")]
    private static partial Regex LogIdInCode();

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex LogIdInTable();

    [GeneratedRegex(@"(?:Counter|Gauge|Histogram)(?:<\w+>)?\(\s*""(typedsocketredis\.[a-z_.]+)""")]
    private static partial Regex MetricInCode();

    [GeneratedRegex(@"^\| `(typedsocketredis\.[a-z_.]+)`", RegexOptions.Multiline)]
    private static partial Regex MetricInTable();

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
