using Xunit;

namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>A short fuzz run. The full run is <c>dotnet run -c Release --project bench/Benchmarks -- fuzz</c>.</summary>
public class FuzzRunTests
{
    private const int Messages = 300_000;
    private const int Seed = 20_261;

    /// <summary>Each kind of valid event with each change, for both adapters.</summary>
    public static MatrixTheoryData<bool, string, string> Tricks =>
        new([false, true], [.. Enum.GetNames<FuzzTrick>()[1..]], Enum.GetNames<FuzzValid>());

    [Fact]
    public async Task Malformed_messages_are_dropped_with_a_reason_and_valid_ones_arrive_in_order()
    {
        var report = await FuzzRun.RunAsync(Messages, Seed);

        Assert.Empty(report.Faults);
        Assert.Equal(Messages, report.Kinds.Values.Sum());
        Assert.Equal(Enum.GetValues<FuzzKind>(), report.Kinds.Keys);
        Assert.Equal((Messages / 50, Messages / 500), (report.Valid, report.Fetched));

        // Of every four events one has three receivers, one has two, and two have one (a client and the server).
        Assert.Equal(report.Valid / 4 * 7, report.Ordered);
        Assert.InRange(report.MostAllocated, 1, FuzzRun.MaxAllocated);
        Assert.DoesNotContain("handler", report.Reasons.Keys);
        Assert.InRange(report.Reasons.Values.Sum(), Messages / 4, Messages * 2);
        Assert.True(report.Delivered > 1000 && report.Packets > 1000 && report.Published > 1000, report.ToString());
    }

    [Theory]
    [MemberData(nameof(Tricks))]
    public async Task A_lost_repeated_late_changed_or_throwing_valid_event_is_reported(bool isSharded, string trick, string kind)
    {
        var report = await FuzzRun.RunTrickedAsync(isSharded, 2500, Seed, Enum.Parse<FuzzTrick>(trick), Enum.Parse<FuzzValid>(kind));

        Assert.NotEmpty(report.Faults);
        if (trick == nameof(FuzzTrick.Throw))
            Assert.Contains(report.Faults, fault => fault.Contains("as if a parser had", StringComparison.Ordinal));
        else Assert.All(report.Faults, fault => Assert.Contains("valid event", fault, StringComparison.Ordinal));
    }
}
