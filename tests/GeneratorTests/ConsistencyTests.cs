using System.Runtime.CompilerServices;
using TypedSocketRedis.Generator;
using Xunit;

namespace TypedSocketRedis.Tests;

public sealed class ConsistencyTests
{
    public static TheoryData<string> Ids => [.. Descriptors.All.Select(d => d.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_diagnostic_has_a_page_a_release_row_and_a_test(string id)
    {
        var root = Path.GetFullPath(Path.Combine(Folder(), "../.."));
        var page = File.ReadAllText(Path.Combine(root, "docs/diagnostics", id + ".md"));
        Assert.StartsWith($"# {id}: {Descriptors.ById(id).Title}", page, StringComparison.Ordinal);
        Assert.Contains("## Why", page, StringComparison.Ordinal);
        Assert.Contains("## Fix", page, StringComparison.Ordinal);

        var releases = File.ReadAllText(Path.Combine(root, "src/Generator/AnalyzerReleases.Unshipped.md"))
            + File.ReadAllText(Path.Combine(root, "src/Generator/AnalyzerReleases.Shipped.md"));
        Assert.Contains($"\n{id} | TypedSocketRedis | Error |", releases, StringComparison.Ordinal);
        Assert.Contains($"[InlineData(\"{id}\"", File.ReadAllText(Path.Combine(Folder(), "DiagnosticTests.cs")), StringComparison.Ordinal);
        Assert.EndsWith($"/docs/diagnostics/{id}.md", Descriptors.ById(id).HelpLinkUri, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_are_consecutive_and_unique() =>
        Assert.Equal(Enumerable.Range(1, Descriptors.All.Length).Select(i => $"TSR{i:000}"), Descriptors.All.Select(d => d.Id));

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
