using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The log entry about commands that the server lacks or the user has no right to. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public sealed class CapabilityServerTests(RedisServerProcess redis, GarnetProcess garnet)
    : IClassFixture<RedisServerProcess>, IClassFixture<GarnetProcess>
{
    private const int Incapable = 1214;
    private const int Verified = 1207;

    private const string Rights =
        "-@all +@connection +info +config|get +cluster|nodes +cluster|slots +get ~__Booksleeve_TieBreak &__Booksleeve_MasterChanged";

    [Theory]
    [InlineData("")]
    [InlineData(",protocol=resp2")]
    [InlineData(",protocol=resp3")]
    public async Task Redis_7_supports_all_commands_with_either_protocol(string protocol)
    {
        foreach (var isSharded in new[] { false, true })
        {
            var log = new RecordingLogger();
            await using var bus = Open(redis.Configuration + protocol, log, isSharded);
            await using var set = Subscribe(bus, isSharded);
            await ReceivesOwnMessagesAsync(bus, set, isSharded);

            await ShardedTraffic.UntilAsync(() => Task.FromResult(log.Count(Verified) == 1));
            Assert.Equal(0, log.Count(Incapable));
        }
    }

    [Fact]
    public async Task Garnet_supports_classic_channels_and_its_lack_of_sharded_ones_is_logged_once()
    {
        var classic = new RecordingLogger();
        await using var bus = Open(garnet.Configuration, classic, isSharded: false);
        await using var set = Subscribe(bus, isSharded: false);
        await ReceivesOwnMessagesAsync(bus, set, isSharded: false);
        Assert.Equal(0, classic.Count(Incapable));

        var sharded = new RecordingLogger();
        await using var other = Open(garnet.Configuration, sharded, isSharded: true);
        await using var unresponsive = Subscribe(other, isSharded: true);
        await ShardedTraffic.UntilAsync(() => Task.FromResult(sharded.Count(Incapable) > 0));
        var entry = sharded.Text(Incapable);
        Assert.Contains("no sharded pub/sub, which Redis has from version 7 on", entry, StringComparison.Ordinal);
        Assert.Contains("publishing, so other nodes receive nothing from this one", entry, StringComparison.Ordinal);
        Assert.Contains("subscribing, so this node receives nothing from others", entry, StringComparison.Ordinal);
        Assert.False(await unresponsive.AddAsync(RedisChannel.Sharded("more")));
        Assert.Equal(1, sharded.Count(Incapable));
    }

    [Theory]
    [InlineData(false, "+publish +subscribe +unsubscribe", "counting subscribers", "pubsub|numsub")]
    [InlineData(false, "+publish +pubsub", "subscribing", "subscribe")]
    [InlineData(false, "+subscribe +unsubscribe +pubsub", "publishing", "publish")]
    [InlineData(true, "+spublish +ssubscribe +sunsubscribe", "counting subscribers", "pubsub|shardnumsub")]
    [InlineData(true, "+spublish +pubsub", "subscribing", "ssubscribe")]
    [InlineData(true, "+ssubscribe +sunsubscribe +pubsub", "publishing", "spublish")]
    public async Task A_missing_right_is_logged_with_purpose_and_command(bool isSharded, string rights, string purpose, string command)
    {
        var user = $"user-{Guid.NewGuid():N}";
        await AllowAsync(user, $"{Rights} {rights} &*");
        var log = new RecordingLogger();
        await using var bus = Open($"{redis.Configuration},user={user},password=secret", log, isSharded);
        await using var set = Subscribe(bus, isSharded);

        await ShardedTraffic.UntilAsync(() => Task.FromResult(log.Count(Incapable) > 0));

        Assert.Contains($"the user has no right to {purpose}", log.Text(Incapable), StringComparison.Ordinal);
        Assert.Contains($"'{command}'", log.Text(Incapable), StringComparison.Ordinal);
        Assert.DoesNotContain("; ", log.Text(Incapable), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_that_the_user_has_no_right_to_is_logged_once()
    {
        await AllowAsync("elsewhere", $"{Rights} +spublish +ssubscribe +sunsubscribe +pubsub &other#*");
        var log = new RecordingLogger();
        await using var bus = Open($"{redis.Configuration},user=elsewhere,password=secret", log, isSharded: true);
        await using var set = Subscribe(bus, isSharded: true);

        await ShardedTraffic.UntilAsync(() => Task.FromResult(log.Count(Incapable) > 0));

        Assert.Contains("publishing", log.Text(Incapable), StringComparison.Ordinal);
        Assert.Contains("subscribing", log.Text(Incapable), StringComparison.Ordinal);
        Assert.Contains("channel", log.Text(Incapable), StringComparison.Ordinal);
        Assert.Equal(1, log.Count(Incapable));
    }

    private static StackExchangeRedisBus Open(string configuration, RecordingLogger log, bool isSharded)
    {
        var metrics = new RedisMetrics();
        BusTopology topology = isSharded ? new ShardedTopology() : new PinnedTopology();
        var connection = RedisConnection.Open(
            ConfigurationOptions.Parse(configuration + ",connectTimeout=1000"), topology, BusTimings.Default, metrics, log);
        return new StackExchangeRedisBus(connection, metrics, log).Start();
    }

    private static IBusSubscription Subscribe(StackExchangeRedisBus bus, bool isSharded)
    {
        var probe = Channel(isSharded, $"can#/#probe-{Guid.NewGuid():N}#");
        var set = bus.Subscribe(probe, static (_, _) => { });
        _ = set.AddAsync(probe);
        return set;
    }

    private static RedisChannel Channel(bool isSharded, string name) => isSharded ? RedisChannel.Sharded(name) : RedisChannel.Literal(name);

    private static async Task ReceivesOwnMessagesAsync(StackExchangeRedisBus bus, IBusSubscription set, bool isSharded)
    {
        var channel = Channel(isSharded, $"can#/#{Guid.NewGuid():N}#");
        await ShardedTraffic.UntilAsync(() => set.AddAsync(channel));
        await ShardedTraffic.UntilAsync(() => Task.FromResult(bus.Health.Unhealthy == 0));
        Assert.Equal(1, await bus.PublishAsync(channel, [1], TestContext.Current.CancellationToken));
        Assert.Equal(1, await bus.CountSubscribersAsync(channel, TestContext.Current.CancellationToken));
    }

    private async Task AllowAsync(string user, string rights)
    {
        await using var admin = await redis.ConnectAsync();
        await admin.GetDatabase().ExecuteAsync("ACL", ["SETUSER", user, "reset", "on", ">secret", .. rights.Split(' ')]);
    }
}
