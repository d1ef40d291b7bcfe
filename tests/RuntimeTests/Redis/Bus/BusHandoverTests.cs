using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The time for which published messages are held while a master changes.</summary>
public sealed class BusHandoverTests
{
    private static readonly RedisChannel Channel = RedisChannel.Literal("channel");

    [Fact]
    public async Task Published_messages_are_held_for_at_most_two_seconds()
    {
        var time = new CountingTime();
        var bus = new RecordingBus();
        using var metrics = new RedisMetrics();
        var hold = new PublishHold(bus.Publish, (channel, message) => bus.PublishAsync(channel, message, CancellationToken.None));
        var configuration = ConfigurationOptions.Parse("127.0.0.1:1,connectTimeout=100,connectRetry=0");
        var (topology, timings) = (new PinnedTopology(), BusTimings.Default with { Clock = time });
        await using var connection = RedisConnection.Open(configuration, topology, timings, metrics, NullLogger.Instance);
        var handover = new BusHandover(connection, hold, new PublishFence(topology, timings, NullLogger.Instance), new BusSets());
        var refreshing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var leaving = handover.LeaveAsync(new FormerMasters(new HashSet<EndPoint>(), time.GetTimestamp()), _ =>
        {
            refreshing.SetResult();
            return new TaskCompletionSource().Task;
        });
        await Eventually.TrueAsync(() => time.Timers > 0, () => "The handover did not begin.");
        time.Advance(timings.HandoverLead);
        await refreshing.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.True(hold.TryHold(Channel, "1"u8.ToArray(), out bool isAccepted) && isAccepted);

        time.Advance(timings.MaxHold - TimeSpan.FromMilliseconds(1));
        Assert.Empty(bus.Published);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Single(bus.Published);
        Assert.False(hold.TryHold(Channel, "2"u8.ToArray(), out isAccepted));
        Assert.Equal(TimeSpan.FromSeconds(2), timings.MaxHold);

        await Eventually.TrueAsync(
            () => Advance(time, timings.HandoverSettle) && leaving.IsCompletedSuccessfully, () => "The handover did not end.");
    }

    private static bool Advance(CountingTime time, TimeSpan step)
    {
        time.Advance(step);
        return true;
    }
}
