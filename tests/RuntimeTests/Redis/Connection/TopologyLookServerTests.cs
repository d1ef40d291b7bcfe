using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Channels that end during a refresh of the servers, which subscribes unconfirmed ones; needs redis-server.</summary>
[Trait("Needs", "Linux")]
public sealed class TopologyLookServerTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private static readonly BusChange Probes = new(BusChangeKind.Probe, default);

    private readonly string _key = $"look-{Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RedisChannel Channel => RedisChannel.Sharded($"{_key}#");

    [Fact]
    public async Task A_set_that_ends_waits_for_a_refresh_in_progress()
    {
        using var multiplexer = await redis.ConnectAsync();
        var time = new RecordingTime();
        using var look = new HeldLook(multiplexer);
        await using var connection = Over(look.Connection, time);
        var set = await SubscribedAsync(connection);
        look.Begin();

        var ending = set.DisposeAsync().AsTask();
        await WaitsAsync(time);
        Assert.Equal(1, await CountAsync(multiplexer, $"{_key}#"));
        await look.EndAsync();

        await EndsAsync(time, ending);
        await LeavesNothingAsync(time, $"{_key}*");
    }

    [Fact]
    public async Task A_set_that_ends_waits_a_second_at_most_for_a_refresh()
    {
        using var multiplexer = await redis.ConnectAsync();
        var time = new RecordingTime();
        using var look = new HeldLook(multiplexer);
        await using var connection = Over(look.Connection, time);
        var set = await SubscribedAsync(connection);
        look.Begin();

        var ending = set.DisposeAsync().AsTask();
        await WaitsAsync(time);
        time.Advance(Longest - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await CountAsync(multiplexer, $"{_key}#"));
        time.Advance(TimeSpan.FromMilliseconds(1));

        await EndsAsync(time, ending);
        await LeavesNothingAsync(time, $"{_key}*");
    }

    [Fact]
    public async Task A_channel_removed_during_a_refresh_stays_until_it_ends_and_delays_no_other()
    {
        using var multiplexer = await redis.ConnectAsync();
        var time = new RecordingTime();
        using var look = new HeldLook(multiplexer);
        await using var connection = Over(look.Connection, time);
        await using var set = await SubscribedAsync(connection);
        look.Begin();
        var other = RedisChannel.Sharded($"other-{_key}#");

        set.Remove(Channel);
        Assert.True(await set.AddAsync(other).WaitAsync(TimeSpan.FromSeconds(20), Token));
        await WaitsAsync(time);
        Assert.Equal(1, await CountAsync(multiplexer, $"{_key}#"));
        await look.EndAsync();

        await LeavesNothingAsync(time, $"{_key}#");
        Assert.True(set.Has(other));
        await EndsAsync(time, set.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task A_probe_that_is_no_longer_needed_stays_until_a_refresh_ends()
    {
        using var multiplexer = await redis.ConnectAsync();
        var time = new RecordingTime();
        using var look = new HeldLook(multiplexer);
        await using var connection = Over(look.Connection, time);
        var set = await SubscribedAsync(connection);
        await set.ApplyAsync(Probes);
        await CountsAsync(multiplexer, $"{_key}*", 2);
        set.Remove(Channel);
        await CountsAsync(multiplexer, $"{_key}*", 1);
        look.Begin();

        var choosing = set.ApplyAsync(Probes);
        await WaitsAsync(time);
        Assert.Equal(1, await CountAsync(multiplexer, $"{_key}*"));
        await look.EndAsync();

        await choosing;
        await LeavesNothingAsync(time, $"{_key}*");
        await EndsAsync(time, set.DisposeAsync().AsTask());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_check_of_the_capabilities_keeps_its_channel_until_a_refresh_ends(bool isSharded)
    {
        using var multiplexer = await redis.ConnectAsync();
        var time = new RecordingTime();
        var probe = isSharded ? Channel : RedisChannel.Literal($"{_key}#");
        using var look = new HeldLook(multiplexer);
        await using var connection = Over(look.Connection, time, isSharded);
        look.Begin();

        var check = RedisCapabilities.CheckAsync(connection, probe, new RecordingLogger());
        await WaitsAsync(time);
        Assert.Equal(1, await CountAsync(multiplexer, $"{_key}*"));
        await look.EndAsync();

        Assert.True(await check.WaitAsync(TimeSpan.FromSeconds(20), Token));
        await LeavesNothingAsync(time, $"{_key}*");
    }

    private static RedisConnection Over(IConnectionMultiplexer multiplexer, TimeProvider time, bool isSharded = true) =>
        RedisConnection.Over(multiplexer, isSharded ? new ShardedTopology() : new PinnedTopology(),
            BusTimings.Default with { Clock = time }, new RedisMetrics(), NullLogger.Instance);

    /// <summary>Returns a set whose only channel is confirmed.</summary>
    private async Task<BusSubscription> SubscribedAsync(RedisConnection connection)
    {
        var channels = new BusSet(_key, RedisChannel.Sharded($"{_key}#probe#"));
        var set = new BusSubscription(connection, channels, static (_, _) => { }, new RedisMetrics(), NullLogger.Instance);
        _ = set.AddAsync(Channel);
        set.Start(Task.CompletedTask);
        await Eventually.TrueAsync(() => set.Has(Channel), () => "The channel was not confirmed.");
        return set;
    }

    private static Task WaitsAsync(RecordingTime time) =>
        Eventually.TrueAsync(() => time.Waits(Longest), () => "The refresh was not waited for.");

    /// <summary>Returns the number of subscribed channels behind everything that a connection has sent.</summary>
    private async Task<int> CountAsync(ConnectionMultiplexer multiplexer, string pattern)
    {
        await multiplexer.GetSubscriber().PingAsync();
        using var client = await redis.ConnectAsync();
        return Count(client.GetServers().Single(), pattern);
    }

    private Task CountsAsync(ConnectionMultiplexer multiplexer, string pattern, int count) => ShardedTraffic.UntilAsync(
        async () => await CountAsync(multiplexer, pattern) == count);

    private static Task EndsAsync(RecordingTime time, Task ending) =>
        Eventually.TrueAsync(() => Advance(time) && ending.IsCompleted, () => "The set did not end.");

    private async Task LeavesNothingAsync(RecordingTime time, string pattern)
    {
        using var client = await redis.ConnectAsync();
        var server = client.GetServers().Single();
        await Eventually.TrueAsync(
            () => Advance(time) && Count(server, pattern) == 0, () => $"{Count(server, pattern)} channels are still subscribed.");
    }

    private static int Count(IServer server, string pattern) => server.SubscriptionChannels(RedisChannel.Pattern(pattern)).Length
        + ((RedisResult[])server.Execute("PUBSUB", "SHARDCHANNELS", pattern)!).Length;

    private static bool Advance(RecordingTime time)
    {
        time.Advance(TimeSpan.FromMilliseconds(10));
        return true;
    }
}
