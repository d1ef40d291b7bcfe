using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using TypedSocketRedis.Generator.Analysis;
using TypedSocketRedis.Generator.Analysis.Contracts;
using TypedSocketRedis.Tests.Analysis;
using Xunit;

namespace TypedSocketRedis.Tests.History;

/// <summary>Records the contracts of one source, and compares those of another one with them.</summary>
internal static class HistoryHarness
{
    /// <summary>Returns the histories of contracts, which the advice about empty ones carries.</summary>
    public static async Task<HistoryText[]> RecordAsync(string source, params IEnumerable<string> contracts)
    {
        var empty = contracts.Select(name => new HistoryText(name + ".socketevents.txt", "")).ToArray();
        var advice = await DiagnosticsAsync(source, empty);
        Assert.All(advice, d => Assert.Equal("TSR121", d.Id));
        return [.. advice.Select(d => new HistoryText(d.Properties[AdviceId.HistoryPath]!, d.Properties[AdviceId.HistoryText]!))];
    }

    /// <summary>Returns the diagnostics about histories.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(string source, params HistoryText[] histories)
    {
        var ids = new ContractHistoryAnalyzer().SupportedDiagnostics.Select(d => d.Id).ToHashSet();
        var found = await AnalyzerHarness.DiagnosticsAsync(AnalyzerHarness.Compile(source), histories);
        return [.. found.Where(d => ids.Contains(d.Id)).OrderBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Id)];
    }
}

/// <summary>A history in memory.</summary>
internal sealed class HistoryText(string path, string text) : AdditionalText
{
    public override string Path => path;

    public string Text => text;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
