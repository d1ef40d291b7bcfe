using Xunit;

namespace TypedSocketRedis.Tests.Telemetry;

/// <summary>The tables of docs/observability.md compared with the code. With the variable UPDATE_DOCS=1 they are written instead, and keep
/// what is written by hand.</summary>
public class OperationTablesTests
{
    private static readonly bool Updates = Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1";

    [Fact]
    public async Task The_tables_of_metrics_and_log_entries_are_those_of_the_code()
    {
        var expected = OperationTables.WithLogEntries(OperationTables.Text);
        await PublishedInstruments.UseAsync(_ => { }, _ => { }, (_, instruments) =>
        {
            Assert.True(instruments.Count > 20);
            expected = OperationTables.WithMetrics(expected, instruments.Values);
            return Task.CompletedTask;
        });
        if (Updates) OperationTables.Write(expected);
        Assert.Equal(expected.Split('\n'), OperationTables.Text.Split('\n'));
    }

    [Fact]
    public void Ids_of_log_entries_are_unique()
    {
        var entries = OperationTables.LogEntries();
        Assert.True(entries.Count > 50);
        Assert.Equal(entries.Count, entries.Select(entry => entry.Message.EventId).Distinct().Count());
    }

    [Fact]
    public void Every_warning_and_error_says_what_to_do() => Assert.Empty(OperationTables.WithoutRemedy(OperationTables.Text));
}
