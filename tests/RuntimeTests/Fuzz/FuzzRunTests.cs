using Xunit;

namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>A bounded part of the fuzz run; the whole is <c>dotnet run -c Release --project bench/Benchmarks -- fuzz</c>.</summary>
public class FuzzRunTests
{
    private const int Messages = 300_000;
    private const int Seed = 20_261;

    // What a message may cost beside what it is made into: a table for the rooms it lists, a first buffer.
    private const int Allowed = 256 * 1024;

    [Fact]
    public async Task Broken_messages_are_dropped_for_a_cause_and_valid_ones_between_them_keep_their_places()
    {
        var report = await FuzzRun.RunAsync(Messages, Seed);

        Assert.Empty(report.Faults);
        Assert.Equal(Messages, report.Kinds.Values.Sum());
        Assert.Equal(Enum.GetValues<FuzzKind>(), report.Kinds.Keys);
        Assert.Equal(Messages / 50, report.Ordered);
        Assert.InRange(report.MostAllocated, 1, Allowed);
        Assert.DoesNotContain("handler", report.Causes.Keys);
        Assert.InRange(report.Causes.Values.Sum(), Messages / 4, Messages * 2);
        Assert.True(report.Delivered > 1000 && report.Packets > 1000 && report.Published > 1000, report.ToString());
    }
}
