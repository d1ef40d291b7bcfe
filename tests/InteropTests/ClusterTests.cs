namespace TypedSocketRedis.Tests;

/// <summary>A Node server and a server of ours in one cluster.</summary>
public sealed class ClusterTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private const int Many = 1_000;

    [Fact]
    public async Task Clients_of_both_servers_receive_broadcasts_of_Node()
    {
        await using var node = await NodeHost.StartServerAsync(redis);
        await using var ours = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        var there = await Audience.ConnectAsync(clients, node.Url);
        var here = await Audience.ConnectAsync(clients, ours.Url);

        await node.HoldConversationAsync();

        await there.AssertReceivedAsync();
        await here.AssertReceivedAsync();
    }

    [Fact]
    public async Task Clients_of_both_servers_receive_our_broadcasts()
    {
        await using var node = await NodeHost.StartServerAsync(redis);
        await using var ours = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        var there = await Audience.ConnectAsync(clients, node.Url);
        var here = await Audience.ConnectAsync(clients, ours.Url);

        foreach (var step in Conversation.Steps) step.Typed(ours.Sender);

        await there.AssertReceivedAsync();
        await here.AssertReceivedAsync();
    }

    [Fact]
    public async Task A_local_broadcast_is_received_only_on_its_own_node()
    {
        await using var node = await NodeHost.StartServerAsync(redis);
        await using var ours = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        var there = await clients.ConnectAsync(node.Url);
        var here = await clients.ConnectAsync(ours.Url);
        await here.JoinAsync("ready");

        ours.Sender.Main.All.Local().Text("local");
        ours.Sender.Main.All.End();

        Assert.Equal(["end[]"], await there.UntilAsync("end"));
        Assert.Equal(["""text["local"]""", "end[]"], await here.UntilAsync("end"));
    }

    [Fact]
    public async Task The_events_of_each_sender_arrive_in_order()
    {
        await using var node = await NodeHost.StartServerAsync(redis);
        await using var ours = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        JsSocket[] sockets =
            [await clients.ConnectAsync(node.Url), await clients.ConnectAsync(ours.Url),
                await clients.ConnectAsync(ours.Url, "/", ["polling"])];
        foreach (var socket in sockets) await socket.JoinAsync("ready");

        var burst = node.BurstAsync("node", Many);
        for (var i = 0; i < Many; i++) ours.Sender.Main.All.Burst("ours", i);
        await burst;

        foreach (var socket in sockets)
        {
            var received = new List<string>();
            while (received.Count < 2 * Many) received.Add(await socket.NextAsync("burst"));
            Assert.Equal(Numbered("ours"), received.Where(text => text.Contains("ours", StringComparison.Ordinal)));
            Assert.Equal(Numbered("node"), received.Where(text => text.Contains("node", StringComparison.Ordinal)));
        }
    }

    private static IEnumerable<string> Numbered(string sender) =>
        Enumerable.Range(0, Many).Select(i => $"burst[\"{sender}\",{i}]");
}
