namespace TypedSocketRedis.Tests;

/// <summary>Rooms that Node joins or addresses as numbers, in a cluster with a server of ours, where rooms are text.</summary>
public sealed class NumericRoomTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_numeric_room_of_Node_cannot_be_reached_with_the_classic_adapter()
    {
        await using var cluster = await Cluster.StartAsync(redis);
        var (all, node) = (cluster.Untyped, cluster.Node);
        await JoinAsync(cluster.There, cluster.Here);

        await SendAsync(all);
        Assert.Equal(["text[\"ours to 456\"]"], await TextsAsync(cluster.There));
        Assert.Equal(["text[\"ours to 123\"]"], await TextsAsync(cluster.Here));
        Assert.Equal(cluster.HereId, Assert.Single(await all.To("123").FetchSocketsAsync(Token)).Id.ToString());
        await all.To("123").JoinAsync("moved", Token);
        await all.To("moved").EmitAsync("text", "moved");
        await all.All.EmitAsync("end");
        Assert.Empty(await TextsAsync(cluster.There));
        Assert.Equal(["text[\"moved\"]"], await TextsAsync(cluster.Here));

        await SendAsync(node.DoAsync);
        Assert.Equal(["text[\"Node to number\"]"], await TextsAsync(cluster.There));
        Assert.Equal(["text[\"Node to number\"]", "text[\"Node to text\"]"], await TextsAsync(cluster.Here));
    }

    [Theory]
    [InlineData("static", ShardedSubscriptionMode.Static)]
    [InlineData("dynamic", ShardedSubscriptionMode.Dynamic)]
    public async Task A_numeric_room_of_Node_cannot_be_reached_with_the_sharded_adapter(string name, ShardedSubscriptionMode mode)
    {
        await using var node = await NodeShardedServer.StartAsync(redis.Address, name, $"numeric-{name}");
        await using var ours = await DotnetServer.StartAsync(redis, sharded: options =>
        {
            options.ChannelPrefix = $"numeric-{name}";
            options.SubscriptionMode = mode;
        });
        await using var clients = new JsClients();
        var there = await clients.ConnectAsync(node.Url);
        var here = await clients.ConnectAsync(ours.Url);
        await JoinAsync(there, here);
        var all = ours.Io.Of("/");
        await Patience.UntilAsync(async () => await ours.Io.Of("/").ServerCountAsync(Token) == 2, "both servers are counted");
        var receipt = new EmitReceipt();
        await Patience.UntilAsync(
            async () =>
            {
                await all.To("456").WithReceipt(receipt).EmitAsync("warm");
                return receipt.Connections > 0;
            },
            "the Node server is subscribed");

        await SendAsync(all);
        Assert.Equal(["text[\"ours to 456\"]"], await TextsAsync(there));
        Assert.Equal(["text[\"ours to 123\"]"], await TextsAsync(here));

        await SendAsync(node.DoAsync);
        Assert.Equal(["text[\"Node to number\"]"], await TextsAsync(there));
        Assert.Equal(["text[\"Node to number\"]", "text[\"Node to text\"]"], await TextsAsync(here));
    }

    private static async Task JoinAsync(JsSocket there, JsSocket here)
    {
        foreach (var room in new[] { "123", "\"456\"" })
        {
            await there.EmitAsync("join", $"[{room}]");
            await there.NextAsync("joined");
        }

        await here.JoinAsync("123");
    }

    private static async Task SendAsync(IEmitter<AnyEvents> all)
    {
        await all.To("123").EmitAsync("text", "ours to 123");
        await all.To("456").EmitAsync("text", "ours to 456");
        await all.All.EmitAsync("end");
    }

    private static async Task SendAsync(Func<string, string, Task<string>> node)
    {
        await node("emit", """{"rooms":[123],"event":"text","args":["Node to number"]}""");
        await node("emit", """{"rooms":["123"],"event":"text","args":["Node to text"]}""");
        await node("emit", """{"event":"end","args":[]}""");
    }

    private static async Task<string[]> TextsAsync(JsSocket client) =>
        [.. (await client.UntilAsync("end")).Where(one => one.StartsWith("text", StringComparison.Ordinal))];
}
