using System.Text;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>The contract of operations on the sockets and servers of other nodes, on a cluster of any size.</summary>
public abstract class PeerContract : ClusterTests
{
    [Fact]
    public async Task Sockets_of_every_node_are_fetched_once_with_all_their_data()
    {
        await using var cluster = await ReadyAsync();
        var sockets = await ConnectAsync(cluster, "a", "a b", "b", "", "a x", "b a");
        sockets[^1].Socket.Data = SocketArguments.FromJson("""[{"name":"Anna","n":[1,null]}]""")[0];

        var fetched = await cluster.From(0).To("a", "b").Except("x").FetchSocketsAsync(Token);

        Assert.Equal((cluster.Nodes.Length, cluster.Nodes.Length, 0, true),
            (fetched.ExpectedNodes, fetched.RespondedNodes, fetched.MissingNodes, fetched.IsComplete));
        Assert.Same(fetched, fetched.ThrowIfIncomplete());
        var expected = sockets.Where(one => one.Rooms is not ("" or "a x")).ToArray();
        Assert.Equal(expected.Select(one => one.Socket.Id.ToString()).Order(), fetched.Select(one => one.Id.ToString()).Order());
        foreach (var (node, socket, _) in expected)
        {
            var remote = fetched.Single(one => one.Id == socket.Id);
            Assert.Equal(cluster.Nodes[node].RoomsOf(socket), remote.Rooms);
            Assert.Equal(socket.Data.ToJson(), remote.Data.ToJson());
            Assert.Equal(socket.Handshake.ToJson(), remote.Handshake.ToJson());
        }
    }

    [Fact]
    public async Task A_local_chain_affects_only_the_sockets_of_its_node()
    {
        await using var cluster = await ReadyAsync();
        var sockets = await ConnectAsync(cluster, "a", "a", "a");
        var local = cluster.From(0).All.Local();

        Assert.Equal(sockets.Where(one => one.Node == 0).Select(one => one.Socket.Id),
            (await local.FetchSocketsAsync(Token)).Select(one => one.Id));
        await local.JoinAsync(["mine", "too"], Token);
        await local.LeaveAsync("a", Token);
        await cluster.From(0).To("mine").EmitAsync("mine");
        await cluster.From(0).To("a").EmitAsync("a");
        // Not every adapter keeps one order across the channels of rooms and of the namespace.
        foreach (var (_, socket, _) in sockets.Where(one => one.Node != 0)) await socket.SeesAsync(Events.Packet("a"), Timeout);
        await cluster.From(0).All.EmitAsync("end");

        foreach (var (node, socket, _) in sockets)
        {
            await socket.SeesAsync(Events.Packet("end"), Timeout);
            Assert.Equal([Events.Packet(node == 0 ? "mine" : "a"), Events.Packet("end")], socket.Received);
        }
    }

    [Fact]
    public async Task Sockets_join_and_leave_before_later_events_arrive()
    {
        await using var cluster = await ReadyAsync();
        var sockets = await ConnectAsync(cluster, "a", "a b", "b", "", "a x", "b a");
        var from = cluster.From(cluster.Last);

        await from.To("a").Except("x").JoinAsync(["new", "newer", "new"], Token);
        await from.To("new").EmitAsync("joined");
        await from.To("b").LeaveAsync(["new", "unknown"], Token);
        await from.To("new").EmitAsync("left");
        await from.To("newer").EmitAsync("stayed");
        await from.All.EmitAsync("end");

        foreach (var (_, socket, rooms) in sockets)
        {
            await socket.SeesAsync(Events.Packet("end"), Timeout);
            Assert.Equal(
                rooms switch
                {
                    "a" => [Events.Packet("joined"), Events.Packet("left"), Events.Packet("stayed"), Events.Packet("end")],
                    "a b" or "b a" => [Events.Packet("joined"), Events.Packet("stayed"), Events.Packet("end")],
                    _ => (string[])[Events.Packet("end")],
                },
                socket.Received);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sockets_of_every_node_are_disconnected(bool close)
    {
        await using var cluster = await ReadyAsync();
        var sockets = await ConnectAsync(cluster, "a", "a", "b", "a", "", "b");

        await cluster.From(0).To("a").DisconnectAsync(close, Token);
        await cluster.From(0).All.EmitAsync("end");

        foreach (var (_, socket, rooms) in sockets)
        {
            await socket.SeesAsync(Events.Packet("end"), Timeout);
            Assert.Equal(rooms == "a" ? close : null, socket.Disconnected);
        }
    }

    [Fact]
    public async Task Users_and_sockets_of_every_node_are_counted()
    {
        await using var cluster = await ReadyAsync();
        await ConnectAsync(cluster, "room user:1", "room user:2", "user:1 room", "room", "user:3", "room other user:é");

        foreach (var node in cluster.Nodes)
        {
            var presence = await node.CountAsync(new PresenceRequest("room", "user:"), Token);
            Assert.Equal(["1", "2", "é"], presence.UserIds.Order(StringComparer.Ordinal));
            Assert.Equal((5, 1, true, 0), (presence.Sockets, presence.Anonymous, presence.IsComplete, presence.MissingNodes));
            Assert.Equal((cluster.Nodes.Length, cluster.Nodes.Length), (presence.ExpectedNodes, presence.RespondedNodes));
            Assert.Equal(5, (await node.CountAsync(new PresenceRequest("room", ""), Token)).Sockets);
            Assert.Equal(0, (await node.CountAsync(new PresenceRequest("empty", "user:"), Token)).Sockets);
        }
    }

    [Fact]
    public async Task A_fetched_socket_supports_all_operations()
    {
        await using var cluster = await ReadyAsync();
        var sockets = await ConnectAsync(cluster, "a", "a", "a");
        var (_, socket, _) = sockets[^1];
        var remote = (await cluster.From(0).All.FetchSocketsAsync(Token)).Single(one => one.Id == socket.Id);

        ((IEventDataTarget)remote.Client<ITestEvents>()).Send(Events.Of("alone"));
        await socket.SeesAsync(Events.Packet("alone"), Timeout);
        await remote.JoinAsync("new", "newer");
        await cluster.From(0).To("new").EmitAsync("joined");
        await remote.LeaveAsync("new");
        await cluster.From(0).To("new").EmitAsync("left");
        await cluster.From(0).To("newer").EmitAsync("stayed");
        var ack = remote.Client<IQuizEvents>().WithTimeout(Timeout).Vote(2);
        await socket.AckRequestedAsync(Timeout);
        socket.Receive(Seven);

        Assert.Equal(7, await ack);
        Assert.Equal([Events.Packet("alone"), Events.Packet("joined"), Events.Packet("stayed")], socket.Received.SkipLast(1));
        await remote.DisconnectAsync(close: true);
        await cluster.From(0).All.EmitAsync("end");
        foreach (var (_, other, _) in sockets)
        {
            await other.SeesAsync(Events.Packet("end"), Timeout);
            Assert.Equal(other == socket ? true : null, other.Disconnected);
        }

        Assert.All(sockets[..^1], other => Assert.Equal([Events.Packet("end")], other.Socket.Received));
    }

    [Fact]
    public async Task Rooms_of_every_node_are_listed_once()
    {
        await using var cluster = await ReadyAsync();
        var sockets = await ConnectAsync(cluster, "a", "a b", "комната", "");

        var rooms = await cluster.Nodes[^1].AllRoomsAsync(Token);

        Assert.Equal(sockets.Select(one => one.Socket.Id.ToString()).Concat(["a", "b", "комната"]).Order(StringComparer.Ordinal),
            rooms.Order(StringComparer.Ordinal));
        Assert.Equal((cluster.Nodes.Length, true), (rooms.ExpectedNodes, rooms.ThrowIfIncomplete().Contains("комната")));
        Assert.False(rooms.Contains("c"));
    }

    [Fact]
    public async Task Every_node_with_the_namespace_is_counted()
    {
        await using var cluster = await ReadyAsync();

        foreach (var node in cluster.Nodes) Assert.Equal(cluster.Nodes.Length, await node.ServerCountAsync(Token));
    }

    [Fact]
    public async Task Server_events_reach_all_other_nodes_in_order()
    {
        await using var cluster = await ReadyAsync();
        var received = cluster.Nodes.Select(_ => new Inbox()).ToArray();
        for (var i = 0; i < cluster.Nodes.Length; i++)
        {
            var inbox = received[i];
            cluster.Nodes[i].ServerEvents.On("hello", arguments => inbox.AddAsync(arguments[0].ToJson() + arguments[1].ToJson()));
        }

        var servers = new Servers<ITestEvents>(cluster.Nodes[0].Servers);
        for (var i = 0; i < 50; i++) ((IEventDataTarget)servers).Send(Events.Of("hello", "world", $"{i}"));
        await ((IEventDataTarget)servers).SendAsync(Events.Of("hello", "last", "50"), Token);

        var expected = Enumerable.Range(0, 50).Select(i => $"\"world\"\"{i}\"").Append("\"last\"\"50\"").ToArray();
        for (var i = 1; i < cluster.Nodes.Length; i++) Assert.Equal(expected, await received[i].TakeAsync(expected.Length, Timeout));
        if (cluster.Nodes.Length < 2) return;
        await ((IEventDataTarget)new Servers<ITestEvents>(cluster.Nodes[1].Servers)).SendAsync(Events.Of("hello", "back", "x"),
            Token);
        Assert.Equal(["\"back\"\"x\""], await received[0].TakeAsync(1, Timeout));
    }

    [Fact]
    public async Task Servers_acknowledge_once_each_with_and_without_a_value()
    {
        await using var cluster = await ReadyAsync();
        for (var i = 0; i < cluster.Nodes.Length; i++)
        {
            var name = $"node {i}";
            cluster.Nodes[i].ServerEvents.On("answer?",
                arguments =>
                    Task.FromResult(
                        SocketArguments.FromJson($$"""[{"text":{{arguments[0].ToJson()}},"certainty":{{name[^1]}}},"not sent"]""")));
            cluster.Nodes[i].ServerEvents.On("vote", _ => Task.CompletedTask);
        }

        var servers = new Servers<IQuizServerEvents>(cluster.Nodes[0].Servers).WithTimeout(Timeout);
        var answers = await servers.Ask("q", Token);
        var votes = await servers.Vote();

        Assert.Equal(Enumerable.Range(1, cluster.Nodes.Length - 1).Select(i => new Answer("q", i)),
            answers.OrderBy(answer => answer.Certainty));
        Assert.Equal(new int?[cluster.Nodes.Length - 1], votes);
    }

    [Fact]
    public async Task Acks_of_clients_of_every_node_are_collected()
    {
        await using var cluster = await ReadyAsync();
        var sockets = await ConnectAsync(cluster, "a", "a", "b", "a", "", "b a");
        var acks = Emitters.Over<IQuizEvents>(cluster.Nodes[0]).To("a").WithTimeout(Timeout).Vote(3, "x");

        foreach (var (_, socket, rooms) in sockets.Where(one => one.Rooms.Contains('a')))
        {
            await socket.AckRequestedAsync(Timeout);
            socket.Receive(rooms == "b a" ? default : Seven);
        }

        Assert.Equal([null, 7, 7, 7], (await acks).Order());
        Assert.Equal(new[] { 4, 4 }, new[] { (await acks.ToResultAsync()).Expected, (await acks.ToResultAsync()).Results.Count });
        await cluster.From(0).All.EmitAsync("end");
        foreach (var (_, socket, rooms) in sockets)
        {
            await socket.SeesAsync(Events.Packet("end"), Timeout);
            Assert.Equal(rooms.Contains('a') ? 2 : 1, socket.Received.Count);
            Assert.Empty(socket.PendingAcks);
        }
    }

    [Fact]
    public async Task An_event_to_an_empty_room_completes_its_acks_immediately()
    {
        await using var cluster = await ReadyAsync();

        var empty = Emitters.Over<IQuizEvents>(cluster.Nodes[0]).To("empty");
        var result = await empty.WithTimeout(Timeout).Vote().ToResultAsync();

        Assert.Equal((0, true), (result.Expected, result.IsComplete));
    }

    private static readonly byte[] Seven = [7];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Connects sockets that first join the room of their own id, like those of a server.</summary>
    private static async Task<(int Node, RecordingSocket Socket, string Rooms)[]> ConnectAsync(AdapterCluster cluster,
        params string[] rooms)
    {
        var sockets = new (int, RecordingSocket, string)[rooms.Length];
        for (var i = 0; i < rooms.Length; i++)
        {
            var socket = new RecordingSocket
            {
                Handshake = new Handshake(
                    HandshakeWriter.Write([new("Host", "example")], "127.0.0.1", true, DateTimeOffset.UnixEpoch.AddMilliseconds(i),
                        "/socket.io/?x=1", [new("x", "1")]),
                    JsonToMessagePack.Convert(Encoding.UTF8.GetBytes($$"""{"token":"{{i}}"}"""), Limits.Default)),
            };
            sockets[i] = (i % cluster.Nodes.Length, socket, rooms[i]);
            await cluster.JoinAsync(sockets[i].Item1, socket,
                [socket.Id.ToString(), .. rooms[i].Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        }

        return sockets;
    }
}
