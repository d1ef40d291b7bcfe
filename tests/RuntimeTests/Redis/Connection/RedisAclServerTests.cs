using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>A node whose Redis user has only the documented rights. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public sealed class RedisAclServerTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    private const int Refused = 1213;
    private const int Unresponsive = 1206;

    // The rights in docs/redis-adapter.md.
    private const string Commands = "-@all +@connection +subscribe +unsubscribe +psubscribe +punsubscribe +publish +pubsub|numsub "
        + "+info +config|get +cluster|nodes +cluster|slots +get ~__Booksleeve_TieBreak &__Booksleeve_MasterChanged";

    [Theory]
    [InlineData(RedisSubscriptionMode.Pattern, "&socket.io#/#* &socket.io-request#* &socket.io-response#*")]
    [InlineData(RedisSubscriptionMode.PerRoom, "&socket.io#* &socket.io-request#* &socket.io-response#*")]
    public async Task The_documented_rights_are_sufficient(RedisSubscriptionMode mode, string channels)
    {
        var name = $"user-{mode}";
        await AllowAsync(name, $"{Commands} {channels}");
        await using var node = await ServerNode.StartAsync($"{redis.Configuration},user={name},password=secret",
            configure: options => options.SubscriptionMode = mode);
        await using var other = await ServerNode.StartAsync(redis.Configuration);
        await node.JoinAsync(node.Socket, "room");

        await node.ReceivesAsync(other);
        await other.ReceivesAsync(node);
        await node.ReceivesAsync(() => other.Everyone.To("room").Emit("room"), "room");
        await node.UntilAsync(() => node.Health.Unhealthy == 0);

        Assert.Equal(2, await node.Adapter.ServerCountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, node.Log.Count(Refused));
    }

    [Fact]
    public async Task A_missing_right_is_logged()
    {
        await AllowAsync("limited", $"{Commands} &other#*");
        await using var node = await ServerNode.StartAsync($"{redis.Configuration},user=limited,password=secret");

        await node.UntilAsync(() => node.Log.Count(Refused) > 0 && node.Log.Count(Unresponsive) > 0);

        Assert.Equal(1, node.Log.Count(Refused));
        node.Socket.Forget();
        node.Everyone.All.Emit("local");
        Assert.Equal([Events.Packet("local")], node.Socket.Received);
    }

    private async Task AllowAsync(string user, string rights)
    {
        await using var admin = await redis.ConnectAsync();
        await admin.GetDatabase().ExecuteAsync("ACL", ["SETUSER", user, "reset", "on", ">secret", .. rights.Split(' ')]);
    }
}
