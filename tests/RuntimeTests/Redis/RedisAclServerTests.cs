using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>A node with no more rights at Redis than the documentation says it needs; needs redis-server.</summary>
public sealed class RedisAclServerTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    private const int Refused = 1213;
    private const int Unresponsive = 1206;

    // As in docs/redis-adapter.md.
    private const string Commands = "-@all +@connection +subscribe +unsubscribe +psubscribe +punsubscribe +publish +pubsub|numsub "
        + "+info +config|get +cluster|nodes +cluster|slots +get ~__Booksleeve_TieBreak &__Booksleeve_MasterChanged";

    [Theory]
    [InlineData(RedisSubscriptionMode.Pattern, "&socket.io#/#* &socket.io-request#* &socket.io-response#*")]
    [InlineData(RedisSubscriptionMode.PerRoom, "&socket.io#* &socket.io-request#* &socket.io-response#*")]
    public async Task The_documented_rights_suffice(RedisSubscriptionMode mode, string channels)
    {
        var name = $"user-{mode}";
        await AllowAsync(name, $"{Commands} {channels}");
        await using var node = await ServerNode.StartAsync($"{redis.Configuration},user={name},password=secret", configure: options => options.SubscriptionMode = mode);
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
    public async Task A_right_that_is_missing_is_named_in_the_log()
    {
        await AllowAsync("deaf", $"{Commands} &other#*");
        await using var node = await ServerNode.StartAsync($"{redis.Configuration},user=deaf,password=secret");

        await node.UntilAsync(() => node.Log.Count(Refused) > 0 && node.Log.Count(Unresponsive) > 0);

        Assert.Equal(1, node.Log.Count(Refused));
        node.Socket.Forget();
        node.Everyone.Emit("local");
        Assert.Equal([Events.Packet("local")], node.Socket.Received);
    }

    private async Task AllowAsync(string user, string rights)
    {
        await using var admin = await redis.ConnectAsync();
        await admin.GetDatabase().ExecuteAsync("ACL", ["SETUSER", user, "reset", "on", ">secret", .. rights.Split(' ')]);
    }
}
