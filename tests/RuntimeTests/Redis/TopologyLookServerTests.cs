using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Channels that end during a refresh of the servers, which subscribes unconfirmed ones; needs redis-server.</summary>
public sealed class TopologyLookServerTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly string _key = $"look-{Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RedisChannel Channel => RedisChannel.Sharded($"{_key}#");

    [Fact]
    public async Task A_set_that_ends_during_a_refresh_leaves_no_subscription_behind()
    {
        using var multiplexer = await redis.ConnectAsync();
        using var look = new HeldLook(multiplexer);
        var time = new RecordingTime();
        await using var connection = Over(multiplexer);
        var set = await SubscribedAsync(connection, look, time);

        var ending = set.DisposeAsync().AsTask();
        await Eventually.TrueAsync(() => look.Unsubscribed > 0 || time.Waits(Longest), () => "The set did not end.");
        await look.EndAsync();

        await EndsAsync(time, ending);
        await LeavesNothingAsync(time, $"{_key}*");
    }

    [Fact]
    public async Task A_set_waits_a_second_at_most_for_a_refresh()
    {
        using var multiplexer = await redis.ConnectAsync();
        using var look = new HeldLook(multiplexer);
        var time = new RecordingTime();
        await using var connection = Over(multiplexer);
        var set = await SubscribedAsync(connection, look, time);

        var ending = set.DisposeAsync().AsTask();
        await Eventually.TrueAsync(() => time.Waits(Longest), () => "The set did not wait.");
        time.Advance(Longest - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, look.Unsubscribed);
        time.Advance(TimeSpan.FromMilliseconds(1));

        await ending.WaitAsync(TimeSpan.FromSeconds(20), Token);
        Assert.NotEqual(0, look.Unsubscribed);
        await look.EndAsync();
    }

    [Fact]
    public async Task A_channel_that_is_removed_during_a_refresh_does_not_stay_and_delays_no_other()
    {
        using var multiplexer = await redis.ConnectAsync();
        using var look = new HeldLook(multiplexer);
        var time = new RecordingTime();
        await using var connection = Over(multiplexer);
        await using var set = await SubscribedAsync(connection, look, time);
        var other = RedisChannel.Sharded($"other-{_key}#");

        set.Remove(Channel);
        var added = set.AddAsync(other);
        await Eventually.TrueAsync(() => look.Unsubscribed > 0 || time.Waits(Longest), () => "The set did not remove the channel.");
        Assert.True(await added.WaitAsync(TimeSpan.FromSeconds(20), Token));
        await look.EndAsync();

        await LeavesNothingAsync(time, $"{_key}#");
        Assert.True(set.Has(other));
        await EndsAsync(time, set.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task A_probe_that_is_not_needed_any_more_does_not_stay()
    {
        using var multiplexer = await redis.ConnectAsync();
        var time = new RecordingTime();
        await using var connection = Over(multiplexer);
        var probe = RedisChannel.Sharded($"{_key}#probe#");
        var (repair, channels) = Repair(connection, probe, time);
        await channels.BeginAsync(Channel);
        await Eventually.TrueAsync(() => channels.IsConfirmed(Channel), () => "The channel was not confirmed.");
        using var look = new HeldLook(multiplexer);
        var choosing = Task.Run(repair.ProbeAsync, Token);
        await look.BeginAsync();
        await choosing;
        await Eventually.TrueAsync(() => channels.Missing.Length == 0, () => "The probe was not confirmed.");

        await channels.EndAsync(Channel);
        choosing = repair.ProbeAsync();
        await Eventually.TrueAsync(() => look.Unsubscribed > 1 || time.Waits(Longest), () => "The probe did not end.");
        await look.EndAsync();

        await choosing;
        await LeavesNothingAsync(time, $"{_key}*");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_check_of_the_capabilities_leaves_no_subscription_behind(bool isSharded)
    {
        using var multiplexer = await redis.ConnectAsync();
        using var look = new HeldLook(multiplexer);
        var time = new RecordingTime();
        var log = new RecordingLogger();
        var probe = isSharded ? Channel : RedisChannel.Literal($"{_key}#");

        var check = RedisCapabilities.CheckAsync(multiplexer, probe, "redis", time, log);
        await look.BeginAsync();
        await Eventually.TrueAsync(() => look.Unsubscribed > 0 || time.Waits(Longest), () => "The check did not end.");
        await look.EndAsync();

        Assert.True(await check.WaitAsync(TimeSpan.FromSeconds(20), Token));
        await LeavesNothingAsync(time, $"{_key}*");
    }

    private static RedisConnection Over(IConnectionMultiplexer multiplexer) =>
        RedisConnection.Over(multiplexer, new RedisMetrics(), NullLogger.Instance, isSharded: true);

    private static (SubscriptionRepair Repair, SubscribedChannels Channels) Repair(
        RedisConnection connection, RedisChannel probe, TimeProvider time)
    {
        var (logger, metrics) = (NullLogger.Instance, new RedisMetrics());
        var reader = new BusReader(new BusBacklog());
        var watch = new BusWatch(connection, new BusSet("/", probe), reader, metrics, time, logger)
        {
            Verify = static () => Task.FromResult(true),
            ChooseProbes = static () => Task.CompletedTask,
            Renew = static _ => Task.CompletedTask,
            IsMasterAway = static () => false,
        };
        var channels = new SubscribedChannels(connection, new BusFeed(reader, watch, static (_, _) => { }, time), time, logger);
        var confirmation = new BusConfirmation(connection, probe, time, logger);
        return (new SubscriptionRepair(connection, probe, channels, confirmation, watch, time), channels);
    }

    /// <summary>A set whose only channel is confirmed while a refresh that found it unconfirmed is held.</summary>
    private async Task<BusSubscription> SubscribedAsync(RedisConnection connection, HeldLook look, TimeProvider time)
    {
        var channels = new BusSet(_key, RedisChannel.Sharded($"{_key}#probe#"));
        var set = new BusSubscription(connection, channels, static (_, _) => { }, new RedisMetrics(), time, NullLogger.Instance)
        {
            Ending = static _ => { },
        };
        _ = set.AddAsync(Channel);
        set.Start(Task.CompletedTask);
        await look.BeginAsync();
        await Eventually.TrueAsync(() => set.Has(Channel), () => "The channel was not confirmed.");
        return set;
    }

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
