using StackExchange.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The time after which a missing probe is a loss while other messages keep arriving; needs redis-server.</summary>
public sealed class BusWatchServerTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <param name="kind">The kind of the channels.</param>
    /// <param name="isAnswering">
    /// True if Redis replied to a command that was sent behind the probe, which then waits behind nothing.
    /// </param>
    /// <param name="limit">The time in seconds. Sharded channels are subscribed again once before.</param>
    [Theory]
    [InlineData("classic", true, 2)]
    [InlineData("classic", false, 10)]
    [InlineData("sharded", false, 20)]
    public async Task A_probe_that_does_not_arrive_is_a_loss_after_a_bounded_time(string kind, bool isAnswering, int limit)
    {
        using var receiver = await redis.ConnectAsync();
        var busy = RedisChannel.Literal($"busy-{Guid.NewGuid():N}");
        var connection = new FakeConnection { IsAnswering = isAnswering };
        await using var set = new WatchedSet(kind, connection);
        _ = set.Reader.Follow(await receiver.GetSubscriber().SubscribeAsync(busy), null, 0);
        var start = set.Time.GetTimestamp();

        for (var seen = 0; set.Losses == 0;)
        {
            await Eventually.TrueAsync(() => connection.Publishes > seen || set.Losses > 0 || Pass(set), () => "No probe was published.");
            seen = connection.Publishes;
            var arrived = set.Reader.Arrived;
            await receiver.GetSubscriber().PublishAsync(busy, "x");
            await Eventually.TrueAsync(() => set.Reader.Arrived != arrived, () => "Nothing arrived.");
            Assert.InRange(set.Time.GetElapsedTime(start).TotalSeconds, 0, limit + 5);
        }

        Assert.InRange(set.Time.GetElapsedTime(start).TotalSeconds, limit, limit + 5);
    }

    private static bool Pass(WatchedSet set)
    {
        set.Time.Advance(Step);
        return false;
    }
}
