using System.Text;
using System.Threading.Channels;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Testing;

/// <summary>The contract of operations on the sockets and servers of other nodes.</summary>
internal static class PeerCases
{
    public static IReadOnlyList<(string Name, Func<AdapterCluster, Task> Run)> All { get; } =
    [
        (nameof(Sockets_of_every_node_are_fetched_once_with_all_their_data), Sockets_of_every_node_are_fetched_once_with_all_their_data),
        (nameof(A_local_chain_affects_only_the_sockets_of_its_node), A_local_chain_affects_only_the_sockets_of_its_node),
        (nameof(Sockets_join_and_leave_before_later_events_arrive), Sockets_join_and_leave_before_later_events_arrive),
        (nameof(Sockets_of_every_node_leave_the_namespace), Sockets_of_every_node_leave_the_namespace),
        (nameof(Connections_of_every_node_are_closed), Connections_of_every_node_are_closed),
        (nameof(Users_and_sockets_of_every_node_are_counted), Users_and_sockets_of_every_node_are_counted),
        (nameof(A_fetched_socket_supports_all_operations), A_fetched_socket_supports_all_operations),
        (nameof(Rooms_of_every_node_are_listed_once), Rooms_of_every_node_are_listed_once),
        (nameof(Every_node_with_the_namespace_is_counted), Every_node_with_the_namespace_is_counted),
        (nameof(Server_events_reach_all_other_nodes_in_order), Server_events_reach_all_other_nodes_in_order),
        (nameof(Servers_acknowledge_once_each_with_and_without_a_value), Servers_acknowledge_once_each_with_and_without_a_value),
        (nameof(Acks_of_clients_of_every_node_are_collected), Acks_of_clients_of_every_node_are_collected),
        (nameof(An_event_to_an_empty_room_completes_its_acks_immediately), An_event_to_an_empty_room_completes_its_acks_immediately),
    ];

    private static async Task Sockets_of_every_node_are_fetched_once_with_all_their_data(AdapterCluster cluster)
    {
        var sockets = await ConnectAsync(cluster, "a", "a b", "b", "", "a x", "b a");
        sockets[^1].Socket.Data = SocketArguments.FromJson("""[{"name":"Anna","n":[1,null]}]""")[0];

        var fetched = await cluster.From(0).To("a", "b").Except("x").FetchSocketsAsync(cluster.Token);

        Check.Equal((cluster.Nodes.Length, cluster.Nodes.Length, 0, true),
            (fetched.ExpectedNodes, fetched.RespondedNodes, fetched.MissingNodes, fetched.IsComplete));
        Check.True(ReferenceEquals(fetched, fetched.ThrowIfIncomplete()));
        var expected = sockets.Where(one => one.Rooms is not ("" or "a x")).ToArray();
        Check.Same(expected.Select(one => one.Socket.Id.ToString()).Order(), fetched.Select(one => one.Id.ToString()).Order());
        foreach (var (node, socket, _) in expected)
        {
            var remote = fetched.Single(one => one.Id == socket.Id);
            Check.Same(cluster.Nodes[node].RoomsOf(socket), remote.Rooms);
            Check.Equal(socket.Data.ToJson(), remote.Data.ToJson());
            Check.Equal(socket.Handshake.ToJson(), remote.Handshake.ToJson());
        }
    }

    private static async Task A_local_chain_affects_only_the_sockets_of_its_node(AdapterCluster cluster)
    {
        var sockets = await ConnectAsync(cluster, "a", "a", "a");
        var local = cluster.From(0).All.Local();

        Check.Same(sockets.Where(one => one.Node == 0).Select(one => one.Socket.Id),
            (await local.FetchSocketsAsync(cluster.Token)).Select(one => one.Id));
        await local.JoinAsync(["mine", "too"], cluster.Token);
        await local.LeaveAsync("a", cluster.Token);
        await cluster.From(0).To("mine").EmitAsync("mine");
        await cluster.From(0).To("a").EmitAsync("a");
        // Not every adapter keeps one order across the channels of rooms and of the namespace.
        foreach (var (_, socket, _) in sockets.Where(one => one.Node != 0))
            await socket.SeesAsync(cluster.Packet("a"), AdapterCluster.Timeout);
        await cluster.From(0).All.EmitAsync("end");

        foreach (var (node, socket, _) in sockets)
        {
            await socket.SeesAsync(cluster.Packet("end"), AdapterCluster.Timeout);
            Check.Same([cluster.Packet(node == 0 ? "mine" : "a"), cluster.Packet("end")], socket.Received);
        }
    }

    private static async Task Sockets_join_and_leave_before_later_events_arrive(AdapterCluster cluster)
    {
        var sockets = await ConnectAsync(cluster, "a", "a b", "b", "", "a x", "b a");
        var from = cluster.From(cluster.Last);

        await from.To("a").Except("x").JoinAsync(["new", "newer", "new"], cluster.Token);
        await from.To("new").EmitAsync("joined");
        await from.To("b").LeaveAsync(["new", "unknown"], cluster.Token);
        await from.To("new").EmitAsync("left");
        await from.To("newer").EmitAsync("stayed");
        await from.All.EmitAsync("end");

        foreach (var (_, socket, rooms) in sockets)
        {
            await socket.SeesAsync(cluster.Packet("end"), AdapterCluster.Timeout);
            Check.Same(
                rooms switch
                {
                    "a" => (string[])[cluster.Packet("joined"), cluster.Packet("left"), cluster.Packet("stayed"), cluster.Packet("end")],
                    "a b" or "b a" => [cluster.Packet("joined"), cluster.Packet("stayed"), cluster.Packet("end")],
                    _ => [cluster.Packet("end")],
                },
                socket.Received);
        }
    }

    private static Task Sockets_of_every_node_leave_the_namespace(AdapterCluster cluster) => DisconnectAsync(cluster, close: false);

    private static Task Connections_of_every_node_are_closed(AdapterCluster cluster) => DisconnectAsync(cluster, close: true);

    private static async Task DisconnectAsync(AdapterCluster cluster, bool close)
    {
        var sockets = await ConnectAsync(cluster, "a", "a", "b", "a", "", "b");

        await cluster.From(0).To("a").DisconnectAsync(close, cluster.Token);
        await cluster.From(0).All.EmitAsync("end");

        foreach (var (_, socket, rooms) in sockets)
        {
            await socket.SeesAsync(cluster.Packet("end"), AdapterCluster.Timeout);
            Check.Equal(rooms == "a" ? close : null, socket.Disconnected);
        }
    }

    private static async Task Users_and_sockets_of_every_node_are_counted(AdapterCluster cluster)
    {
        await ConnectAsync(cluster, "room user:1", "room user:2", "user:1 room", "room", "user:3", "room other user:é");

        foreach (var node in cluster.Nodes)
        {
            var presence = await node.CountAsync(new PresenceRequest("room", "user:"), cluster.Token);
            Check.Same(["1", "2", "é"], presence.UserIds.Order(StringComparer.Ordinal));
            Check.Equal((5, 1, true, 0), (presence.Sockets, presence.Anonymous, presence.IsComplete, presence.MissingNodes));
            Check.Equal((cluster.Nodes.Length, cluster.Nodes.Length), (presence.ExpectedNodes, presence.RespondedNodes));
            Check.Equal(5, (await node.CountAsync(new PresenceRequest("room", ""), cluster.Token)).Sockets);
            Check.Equal(0, (await node.CountAsync(new PresenceRequest("empty", "user:"), cluster.Token)).Sockets);
        }
    }

    private static async Task A_fetched_socket_supports_all_operations(AdapterCluster cluster)
    {
        var sockets = await ConnectAsync(cluster, "a", "a", "a");
        var (_, socket, _) = sockets[^1];
        var remote = (await cluster.From(0).All.FetchSocketsAsync(cluster.Token)).Single(one => one.Id == socket.Id);

        remote.Client().Emit("alone");
        await socket.SeesAsync(cluster.Packet("alone"), AdapterCluster.Timeout);
        await remote.JoinAsync("new", "newer");
        await cluster.From(0).To("new").EmitAsync("joined");
        await remote.LeaveAsync("new");
        await cluster.From(0).To("new").EmitAsync("left");
        await cluster.From(0).To("newer").EmitAsync("stayed");
        var ack = remote.Client().WithTimeout(AdapterCluster.Timeout).EmitWithAckAsync("vote", 2);
        await socket.AckRequestedAsync(AdapterCluster.Timeout);
        socket.Receive(Seven);

        Check.Equal(7, (await ack)[0].GetInt32());
        Check.Same([cluster.Packet("alone"), cluster.Packet("joined"), cluster.Packet("stayed")], socket.Received.SkipLast(1));
        await remote.DisconnectAsync(close: true);
        await cluster.From(0).All.EmitAsync("end");
        foreach (var (_, other, _) in sockets)
        {
            await other.SeesAsync(cluster.Packet("end"), AdapterCluster.Timeout);
            Check.Equal(other == socket ? true : null, other.Disconnected);
        }

        foreach (var (_, other, _) in sockets[..^1]) Check.Same([cluster.Packet("end")], other.Received);
    }

    private static async Task Rooms_of_every_node_are_listed_once(AdapterCluster cluster)
    {
        var sockets = await ConnectAsync(cluster, "a", "a b", "комната", "");

        var rooms = await cluster.Nodes[^1].AllRoomsAsync(cluster.Token);

        Check.Same(sockets.Select(one => one.Socket.Id.ToString()).Concat(["a", "b", "комната"]).Order(StringComparer.Ordinal),
            rooms.Order(StringComparer.Ordinal));
        Check.Equal((cluster.Nodes.Length, true), (rooms.ExpectedNodes, rooms.ThrowIfIncomplete().Contains("комната")));
        Check.True(!rooms.Contains("c"));
    }

    private static async Task Every_node_with_the_namespace_is_counted(AdapterCluster cluster)
    {

        foreach (var node in cluster.Nodes) Check.Equal(cluster.Nodes.Length, await node.ServerCountAsync(cluster.Token));
    }

    private static async Task Server_events_reach_all_other_nodes_in_order(AdapterCluster cluster)
    {
        var received = cluster.Nodes.Select(_ => Channel.CreateUnbounded<string>()).ToArray();
        for (var i = 0; i < cluster.Nodes.Length; i++)
        {
            var inbox = received[i];
            cluster.Nodes[i].ServerEvents.On("hello",
                arguments => inbox.Writer.WriteAsync(arguments[0].ToJson() + arguments[1].ToJson()).AsTask());
        }

        var servers = cluster.ServersFrom(0);
        for (var i = 0; i < 50; i++) servers.Emit("hello", "world", $"{i}");
        await servers.EmitAsync("hello", "last", "50");

        var expected = Enumerable.Range(0, 50).Select(i => $"\"world\"\"{i}\"").Append("\"last\"\"50\"").ToArray();
        for (var i = 1; i < cluster.Nodes.Length; i++) Check.Same(expected, await TakeAsync(received[i], expected.Length));
        if (cluster.Nodes.Length < 2) return;
        await cluster.ServersFrom(1).EmitAsync("hello", "back", "x");
        Check.Same(["\"back\"\"x\""], await TakeAsync(received[0], 1));
    }

    private static async Task Servers_acknowledge_once_each_with_and_without_a_value(AdapterCluster cluster)
    {
        for (var i = 0; i < cluster.Nodes.Length; i++)
        {
            var number = i;
            cluster.Nodes[i].ServerEvents.On("question",
                arguments => Task.FromResult(SocketArguments.Of(arguments[0].GetInt32() + number, "not sent")));
            cluster.Nodes[i].ServerEvents.On("vote", _ => Task.CompletedTask);
        }

        var servers = cluster.ServersFrom(0).WithTimeout(AdapterCluster.Timeout);
        var results = await servers.EmitWithAck("question", 10);
        var votes = await servers.EmitWithAck("vote");

        Check.Same(Enumerable.Range(1, cluster.Nodes.Length - 1).Select(i => 10 + i), results.Select(one => one.GetInt32()).Order());
        Check.Same(new ArgumentKind[cluster.Nodes.Length - 1], votes.Select(one => one.Kind));
    }

    private static async Task Acks_of_clients_of_every_node_are_collected(AdapterCluster cluster)
    {
        var sockets = await ConnectAsync(cluster, "a", "a", "b", "a", "", "b a");
        var acks = cluster.From(0).To("a").WithTimeout(AdapterCluster.Timeout).EmitWithAck("vote", 3, "x");

        foreach (var (_, socket, rooms) in sockets.Where(one => one.Rooms.Contains('a')))
        {
            await socket.AckRequestedAsync(AdapterCluster.Timeout);
            socket.Receive(rooms == "b a" ? default : Seven);
        }

        Check.Same(["7", "7", "7", "null"], (await acks).Select(one => one.ToJson()).Order(StringComparer.Ordinal));
        var result = await acks.ToResultAsync();
        Check.Equal((4, 4, true), (result.Expected, result.Results.Count, result.IsComplete));
        await cluster.From(0).All.EmitAsync("end");
        foreach (var (_, socket, rooms) in sockets)
        {
            await socket.SeesAsync(cluster.Packet("end"), AdapterCluster.Timeout);
            Check.Equal(rooms.Contains('a') ? 2 : 1, socket.Received.Count);
            Check.Equal(0, socket.PendingAcks.Count);
        }
    }

    private static async Task An_event_to_an_empty_room_completes_its_acks_immediately(AdapterCluster cluster)
    {

        var result = await cluster.From(0).To("empty").WithTimeout(AdapterCluster.Timeout).EmitWithAck("vote").ToResultAsync();

        Check.Equal((0, true), (result.Expected, result.IsComplete));
    }

    private static readonly byte[] Seven = [7];

    private static async Task<string[]> TakeAsync(Channel<string> inbox, int count)
    {
        var texts = new string[count];
        for (var i = 0; i < count; i++) texts[i] = await inbox.Reader.ReadAsync().AsTask().WaitAsync(AdapterCluster.Timeout);
        return texts;
    }

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
