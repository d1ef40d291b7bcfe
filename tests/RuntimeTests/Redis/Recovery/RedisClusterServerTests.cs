using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Nodes and emitters with a Redis Cluster of three masters. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public sealed class RedisClusterServerTests(RedisClusterProcess redis) : IClassFixture<RedisClusterProcess>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task An_emitter_on_a_connection_of_the_application_keeps_the_order()
    {
        const int Messages = 9000;
        await using var node = await ServerNode.StartAsync(redis.Configuration);
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(redis.Configuration);
        var emitter = new RedisEmitter(multiplexer).Of<ITestEvents>();
        await node.JoinAsync(node.Socket, "room", "other");
        await node.ReceivesAsync(() => emitter.All.Emit("ready"), "ready");
        node.Socket.Forget();

        for (var i = 0; i < Messages; i++)
        {
            (i % 3 == 0 ? emitter.All : emitter.To(i % 3 == 1 ? "room" : "other")).Emit("m", $"{i}");
            if (i % 20 == 0) await Task.Yield();
        }

        await emitter.All.EmitAsync("last");

        await node.Socket.SeesAsync(Events.Packet("last"), Timeout);
        Assert.Equal([.. Enumerable.Range(0, Messages).Select(i => Events.Packet("m", $"{i}")), Events.Packet("last")],
            node.Socket.Received.Where(text => text != Events.Packet("ready")));
    }

    /// <summary>The client library subscribes to each channel on any master, so only the order within a channel is kept.</summary>
    [Theory]
    [InlineData(RedisSubscriptionMode.Pattern)]
    [InlineData(RedisSubscriptionMode.PerRoom)]
    public async Task A_node_on_a_connection_of_the_application_keeps_the_order_per_channel(RedisSubscriptionMode mode)
    {
        const int Messages = 3000;
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(redis.Configuration);
        await using var node = await ServerNode.StartAsync(multiplexer, configure: Configure);
        await using var other = await ServerNode.StartAsync(redis.Configuration, configure: Configure);
        string[] rooms = ["", "room", "other", "third"];
        await node.JoinAsync(node.Socket, rooms[1..]);
        await node.ReceivesAsync(other);
        foreach (var room in rooms[1..]) await node.ReceivesAsync(() => other.Everyone.To(room).Emit("hello", room), "hello", room);

        for (var i = 0; i < Messages; i++)
        {
            var room = rooms[i % rooms.Length];
            (room.Length == 0 ? other.Everyone.All : other.Everyone.To(room)).Emit("m", room, $"{i}");
        }

        await node.UntilAsync(() => Received("m").Length >= Messages);
        var sent = Enumerable.Range(0, Messages).Select(i => Events.Packet("m", rooms[i % rooms.Length], $"{i}")).ToArray();
        if (mode == RedisSubscriptionMode.Pattern) Assert.Equal(sent, Received("m"));
        foreach (var room in rooms)
            Assert.Equal(sent.Where(packet => packet.StartsWith($"2[\"m\",\"{room}\"", StringComparison.Ordinal)), Received("m", room));

        void Configure(RedisAdapterOptions options) => (options.Key, options.SubscriptionMode) = ($"shared-{mode}", mode);

        string[] Received(string name, string? room = null) =>
            [.. node.Socket.Received.Where(
                packet => packet.StartsWith($"2[\"{name}\"{(room is null ? "" : $",\"{room}\"")}", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task Nodes_on_different_masters_are_counted_and_receive_each_others_events()
    {
        var nodes = new List<ServerNode>();
        for (var i = 0; i < 6; i++)
            nodes.Add(await ServerNode.StartAsync(redis.Configuration, configure: options => options.Key = "count"));
        foreach (var receiver in nodes)
        {
            foreach (var sender in nodes) await receiver.ReceivesAsync(sender);
        }

        foreach (var node in nodes)
        {
            Assert.Equal(nodes.Count, await node.Adapter.ServerCountAsync(TestContext.Current.CancellationToken));
            Assert.Equal(nodes.Count,
                (await node.Adapter.FetchSocketsAsync(BroadcastOptions.Everyone, TestContext.Current.CancellationToken)).Count);
        }

        foreach (var node in nodes) await node.DisposeAsync();
    }

    [Theory]
    [InlineData(RedisSubscriptionMode.Pattern)]
    [InlineData(RedisSubscriptionMode.PerRoom)]
    public async Task Each_node_receives_the_events_of_every_other_node_in_order(RedisSubscriptionMode mode)
    {
        const int Messages = 3000;
        var nodes = new List<ServerNode>();
        for (var i = 0; i < 4; i++)
            nodes.Add(
                await ServerNode.StartAsync(redis.Configuration,
                    configure: options => (options.Key, options.SubscriptionMode) = ($"order-{mode}", mode)));
        foreach (var node in nodes) await node.JoinAsync(node.Socket, "room", "other");
        foreach (var receiver in nodes)
        {
            foreach (var sender in nodes.Where(sender => sender != receiver))
            {
                await receiver.ReceivesAsync(sender);
                foreach (var room in new[] { "room", "other" })
                    await receiver.ReceivesAsync(() => sender.Everyone.To(room).Emit("ready"), "ready");
            }
        }

        await Task.WhenAll(nodes.Select(node => Task.Run(
            async () =>
            {
                for (var i = 0; i < Messages; i++)
                {
                    (i % 3 == 0 ? node.Everyone.All : node.Everyone.To(i % 3 == 1 ? "room" : "other")).Emit("m", node.Name, $"{i}");
                    if (i % 20 == 0) await Task.Yield();
                }

                await node.Everyone.All.EmitAsync("last", node.Name);
            },
            TestContext.Current.CancellationToken)));

        foreach (var (receiver, sender) in nodes.SelectMany(receiver => nodes.Select(sender => (receiver, sender))))
        {
            await receiver.Socket.SeesAsync(Events.Packet("last", sender.Name), Timeout);
            Assert.Equal(
                Enumerable.Range(0, Messages).Select(i => Events.Packet("m", sender.Name, $"{i}")),
                receiver.Socket.Received.Where(text => text.StartsWith(Events.Packet("m", sender.Name)[..^1], StringComparison.Ordinal)));
        }

        foreach (var node in nodes) await node.DisposeAsync();
    }

    /// <summary>The two recorded clusters of classic adapters, one per client library. Sharded adapters have tests of their own.</summary>
    [Fact]
    public async Task Three_nodes_have_the_recorded_results_of_three_Node_servers()
    {
        var rows = Vector.Read("11-cluster").Where(row => row.Name.Contains("classic adapter", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, rows.Length);
        var nodes = new List<ServerNode>();
        for (var i = 0; i < 3; i++)
            nodes.Add(await ServerNode.StartAsync(redis.Configuration, configure: options => options.Key = "recorded"));
        foreach (var node in nodes)
        {
            await node.JoinAsync(node.Socket, "r");
            foreach (var sender in nodes) await node.ReceivesAsync(sender);
        }

        foreach (var node in nodes) node.Socket.Forget();
        nodes[0].Everyone.All.Emit("all");
        nodes[0].Everyone.To("r").Emit("room");

        foreach (var observed in rows.Select(row => row.Observed))
        {
            Assert.Equal(observed.GetProperty("serverCount").GetInt32(),
                await nodes[0].Adapter.ServerCountAsync(TestContext.Current.CancellationToken));
            Assert.Equal(observed.GetProperty("fetchSockets").GetInt32(),
                (await nodes[0].Everyone.All.FetchSocketsAsync(TestContext.Current.CancellationToken)).Count);
            for (var i = 0; i < nodes.Count; i++)
            {
                await nodes[i].Socket.SeesAsync(Events.Packet("room"), Timeout);
                Assert.Equal(
                    observed.GetProperty("receivedOnEachServer")[i].EnumerateArray().Select(name => Events.Packet(name.GetString()!)),
                        nodes[i].Socket.Received.Where(packet => !packet.Contains("hello", StringComparison.Ordinal)));
            }
        }

        foreach (var node in nodes) await node.DisposeAsync();
    }

    [Theory]
    [InlineData(RedisSubscriptionMode.Pattern)]
    [InlineData(RedisSubscriptionMode.PerRoom)]
    public async Task A_node_whose_master_stops_moves_to_another_one_and_recovers(RedisSubscriptionMode mode)
    {
        await using var cluster = new RedisClusterProcess();
        await cluster.InitializeAsync();
        await using var node = await ServerNode.StartAsync(cluster.Configuration, configure: options => options.SubscriptionMode = mode);
        await using var other = await ServerNode.StartAsync(cluster.Configuration);
        await node.JoinAsync(node.Socket, "room");
        await node.ReceivesAsync(other);
        await node.UntilAsync(() => node.Health.Unhealthy == 0);
        var master = await MasterOfAsync(cluster, node);

        await master.StopAsync();

        await node.UntilAsync(() => node.Health.Unhealthy == 1);
        await node.UntilAsync(() => node.Health is { IsConnected: true, Unhealthy: 0 });
        await node.ReceivesAsync(other);
        await other.ReceivesAsync(node);
        await node.ReceivesAsync(() => other.Everyone.To("room").Emit("room"), "room");
        foreach (var one in new[] { node, other })
        {
            Assert.Equal(2, await one.Adapter.ServerCountAsync(TestContext.Current.CancellationToken));
            Assert.Equal((2, 0),
                Counted(await one.Adapter.FetchSocketsAsync(BroadcastOptions.Everyone, TestContext.Current.CancellationToken)));
        }
    }

    private static (int Sockets, int Missing) Counted(FetchedSockets fetched) => (fetched.Count, fetched.MissingNodes);

    /// <summary>Returns the master with the subscription to the node's own channel.</summary>
    private static async Task<RedisServerProcess> MasterOfAsync(RedisClusterProcess cluster, ServerNode node)
    {
        var channel = RedisChannel.Literal($"socket.io-response#/#{node.Uid}#");
        foreach (var master in cluster.Nodes)
        {
            await using var admin = await master.ConnectAsync();
            if (await admin.GetServers().Single(server => server.EndPoint.ToString() == master.Configuration)
                .SubscriptionSubscriberCountAsync(channel) > 0) return master;
        }

        throw new InvalidOperationException("No master has a subscription of the node.");
    }
}
