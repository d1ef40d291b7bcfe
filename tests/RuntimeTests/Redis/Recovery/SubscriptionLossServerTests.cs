using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The loss of one subscription of a node while the others receive messages. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public sealed class SubscriptionLossServerTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    private const int Unresponsive = 1206;
    private const int SubscriptionRecovered = 1211;

    // The rights in docs/redis-adapter.md.
    private const string Commands = "-@all +@connection +subscribe +unsubscribe +psubscribe +punsubscribe +publish +pubsub|numsub "
        + "+info +config|get +cluster|nodes +cluster|slots +get ~__Booksleeve_TieBreak";

    private const string Rights = "&__Booksleeve_MasterChanged &socket.io-request#* &socket.io-response#*";

    // The question marks stand for the id of the node.
    private const string OwnResponses = "socket.io-response#/#??????#";
    private const string ShardedResponses = "socket.io#/#????????????????#";

    /// <summary>The mode of the adapter, the subscribe command, and the channel.</summary>
    public static TheoryData<string, string, string> Lost => new()
    {
        { "Pattern", "PSUBSCRIBE", "socket.io#/#*" },
        { "Pattern", "SUBSCRIBE", "socket.io-request#/#" },
        { "Pattern", "SUBSCRIBE", "socket.io-response#/#" },
        { "Pattern", "SUBSCRIBE", OwnResponses },
        { "PerRoom", "SUBSCRIBE", "socket.io#/#" },
        { "PerRoom", "SUBSCRIBE", "socket.io-request#/#" },
        { "PerRoom", "SUBSCRIBE", "socket.io-response#/#" },
        { "PerRoom", "SUBSCRIBE", OwnResponses },
        { "Static", "SSUBSCRIBE", "socket.io#/#" },
        { "Static", "SSUBSCRIBE", ShardedResponses },
        { "Dynamic", "SSUBSCRIBE", "socket.io#/#" },
        { "Dynamic", "SSUBSCRIBE", ShardedResponses },
        { "DynamicPrivate", "SSUBSCRIBE", "socket.io#/#" },
        { "DynamicPrivate", "SSUBSCRIBE", ShardedResponses },
    };

    [Theory]
    [MemberData(nameof(Lost))]
    public async Task A_confirmed_subscription_without_messages_is_detected_and_restored(string mode, string command, string channel)
    {
        await using var network = new RenamingProxy(redis.Port, command, channel);
        await using var node = await ServerNode.StartAsync(network.Configuration, Options(mode));
        await using var other = await ServerNode.StartAsync(redis.Configuration, Options(mode));

        await BusyUntilAsync(node, other, () => node.Log.Count(Unresponsive) > 0);
        Assert.Equal(HealthStatus.Unhealthy, (await node.CheckAsync()).Status);

        network.Stop();
        await node.UntilAsync(() => node.Log.Count(SubscriptionRecovered) > 0 && node.Health.Unhealthy == 0);
        await node.ReceivesAsync(other);
        var everyone = BroadcastOptions.Everyone;
        var fetched = await other.Adapter.FetchSocketsAsync(everyone, TestContext.Current.CancellationToken);
        Assert.Equal((2, 2, 2), (fetched.ExpectedNodes, fetched.RespondedNodes, fetched.Count));
        Assert.Equal(0, other.Log.Count(Unresponsive));
    }

    [Fact]
    public async Task A_revoked_right_to_broadcasts_is_detected_while_requests_arrive()
    {
        await using var admin = await redis.ConnectAsync();
        await SetAsync(admin, $"reset on >secret {Commands} {Rights} &socket.io#/#*");
        await using var node = await ServerNode.StartAsync($"{redis.Configuration},user=losing,password=secret", Options("Pattern"));
        await using var other = await ServerNode.StartAsync(redis.Configuration, Options("Pattern"));
        await node.ReceivesAsync(other);
        await node.UntilAsync(() => node.Health.Unhealthy == 0);

        await SetAsync(admin, $"resetchannels {Rights}");

        await BusyUntilAsync(node, other, () => node.Log.Count(Unresponsive) > 0);
        Assert.Equal(HealthStatus.Unhealthy, (await node.CheckAsync()).Status);
    }

    private static Task<RedisResult> SetAsync(ConnectionMultiplexer admin, string rights) =>
        admin.GetDatabase().ExecuteAsync("ACL", ["SETUSER", "losing", .. rights.Split(' ')]);

    private static RedisNodeOptions Options(string mode) => Enum.TryParse<ShardedSubscriptionMode>(mode, out var sharded)
        ? new ShardedRedisAdapterOptions { ProbeInterval = TimeSpan.FromSeconds(1), SubscriptionMode = sharded }
        : new RedisAdapterOptions { ProbeInterval = TimeSpan.FromSeconds(1), SubscriptionMode = Enum.Parse<RedisSubscriptionMode>(mode) };

    /// <summary>Waits while the other node sends messages of all kinds, so that received ones do not conceal a lost subscription.</summary>
    private static Task BusyUntilAsync(ServerNode node, ServerNode other, Func<bool> condition) => node.UntilAsync(() =>
    {
        other.Everyone.All.Emit("busy");
        other.Everyone.To("busy").Emit("busy");
        other.Adapter.Servers.Send(Events.Of("busy"));
        return condition();
    });
}
