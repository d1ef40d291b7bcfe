using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator;
using TypedSocketRedis.Generator.Analysis;
using TypedSocketRedis.Tests.Analysis;
using Xunit;

namespace TypedSocketRedis.Tests;

public sealed class ConsistencyTests
{
    public static TheoryData<string> Ids => [.. Descriptors.All.Select(d => d.Id)];

    public static TheoryData<string> AdviceIds => [.. Advice.All.Select(d => d.Id)];

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
        var tests = File.ReadAllText(Path.Combine(Folder(), "DiagnosticTests.cs"))
            + File.ReadAllText(Path.Combine(Folder(), "Handlers", "HandlerDiagnosticTests.cs"))
            + File.ReadAllText(Path.Combine(Folder(), "History", "HistoryDiagnosticTests.cs"));
        Assert.Matches($"\\[InlineData\\(\"{id}[\" ]", tests);
        Assert.EndsWith($"/docs/diagnostics/{id}.md", Descriptors.ById(id).HelpLinkUri, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AdviceIds))]
    public void Every_piece_of_advice_has_a_page_a_release_row_a_row_in_the_index_and_a_test(string id)
    {
        var descriptor = Advice.All.Single(d => d.Id == id);
        var root = Path.GetFullPath(Path.Combine(Folder(), "../.."));
        var page = File.ReadAllText(Path.Combine(root, "docs/diagnostics", id + ".md"));
        Assert.StartsWith($"# {id}: {descriptor.Title}\n", page, StringComparison.Ordinal);
        Assert.All(["## Why", "## Fix", $"#pragma warning disable {id}"], part => Assert.Contains(part, page, StringComparison.Ordinal));
        Assert.EndsWith($"/docs/diagnostics/{id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);

        var releases = File.ReadAllText(Path.Combine(root, "src/Generator/AnalyzerReleases.Unshipped.md"));
        Assert.Contains($"\n{id} | TypedSocketRedis | {descriptor.DefaultSeverity} | [{descriptor.Title}](", releases,
            StringComparison.Ordinal);
        var tests = Directory.EnumerateFiles(Path.Combine(Folder(), "Analysis"), "*Tests.cs")
            .Append(Path.Combine(Folder(), "Handlers", "HandlerAnalyzerTests.cs"))
            .Append(Path.Combine(Folder(), "History", "HistoryDiagnosticTests.cs")).Select(File.ReadAllText);
        Assert.Contains(tests, test => test.Contains($"{{|{id}:", StringComparison.Ordinal)
            || test.Contains($"[InlineData(\"{id} ", StringComparison.Ordinal));
        Assert.DoesNotContain(WellKnownDiagnosticTags.NotConfigurable, descriptor.CustomTags);
    }

    [Fact]
    public void The_index_lists_every_diagnostic_with_its_severity_and_its_fix()
    {
        var fixable = FixHarness.Fixes.SelectMany(f => f.FixableDiagnosticIds).ToHashSet();
        var rows = Descriptors.All.Concat(Advice.All)
            .Select(d => $"| [{d.Id}]({d.Id}.md) | {d.Title} | {d.DefaultSeverity} | {(fixable.Contains(d.Id) ? "yes" : "")} |");
        var index = File.ReadAllLines(Path.Combine(Folder(), "../../docs/diagnostics/README.md"));
        Assert.Equal(rows, index.Where(line => line.StartsWith("| [TSR", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_piece_of_advice_is_given_by_one_analyzer() =>
        Assert.Equal(
            Advice.All.Select(d => d.Id),
            AnalyzerHarness.Analyzers.SelectMany(a => a.SupportedDiagnostics).Except(Descriptors.All).Select(d => d.Id).Order());

    [Fact]
    public void Ids_of_advice_are_consecutive_and_unique() =>
        Assert.Equal(Enumerable.Range(100, Advice.All.Length).Select(i => $"TSR{i:000}"), Advice.All.Select(d => d.Id));

    [Fact]
    public void Ids_are_unique_and_in_order() =>
        Assert.Equal(Descriptors.All.Select(d => d.Id).Distinct().Order(StringComparer.Ordinal), Descriptors.All.Select(d => d.Id));

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
