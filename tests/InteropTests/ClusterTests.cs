namespace TypedSocketRedis.Tests;

/// <summary>A Node server and ours in one cluster.</summary>
public sealed class ClusterTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private const int Many = 1_000;

    [Fact]
    public async Task Clients_of_both_servers_hear_what_Node_broadcasts()
    {
        await using var node = await NodeHost.StartServerAsync(redis);
        await using var ours = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        var there = await Audience.ConnectAsync(clients, node.Url);
        var here = await Audience.ConnectAsync(clients, ours.Url);

        await node.HoldConversationAsync();

        await there.HasReceivedAsync();
        await here.HasReceivedAsync();
    }

    [Fact]
    public async Task Clients_of_both_servers_hear_what_we_broadcast()
    {
        await using var node = await NodeHost.StartServerAsync(redis);
        await using var ours = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        var there = await Audience.ConnectAsync(clients, node.Url);
        var here = await Audience.ConnectAsync(clients, ours.Url);

        foreach (var step in Conversation.Steps) step.Typed(ours.Sender);

        await there.HasReceivedAsync();
        await here.HasReceivedAsync();
    }

    [Fact]
    public async Task What_stays_local_is_heard_on_its_node_only()
    {
        await using var node = await NodeHost.StartServerAsync(redis);
        await using var ours = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        var there = await clients.ConnectAsync(node.Url);
        var here = await clients.ConnectAsync(ours.Url);
        await here.JoinAsync("ready");

        ours.Sender.Main.Local().Text("local");
        ours.Sender.Main.End();

        Assert.Equal(["end[]"], await there.UntilAsync("end"));
        Assert.Equal(["""text["local"]""", "end[]"], await here.UntilAsync("end"));
    }

    [Fact]
    public async Task Each_senders_events_arrive_in_the_order_they_were_sent()
    {
        await using var node = await NodeHost.StartServerAsync(redis);
        await using var ours = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        JsSocket[] sockets =
            [await clients.ConnectAsync(node.Url), await clients.ConnectAsync(ours.Url), await clients.ConnectAsync(ours.Url, "/", ["polling"])];
        foreach (var socket in sockets) await socket.JoinAsync("ready");

        var burst = node.BurstAsync("node", Many);
        for (var i = 0; i < Many; i++) ours.Sender.Main.Burst("ours", i);
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
