using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Testing;

/// <summary>The contract of broadcasts. A later event proves that an event was not received.</summary>
internal static class BroadcastCases
{
    public static IReadOnlyList<(string Name, Func<AdapterCluster, Task> Run)> All { get; } =
    [
        (nameof(A_broadcast_reaches_every_socket_of_every_node_once), A_broadcast_reaches_every_socket_of_every_node_once),
        (nameof(A_socket_in_several_target_rooms_receives_an_event_once), A_socket_in_several_target_rooms_receives_an_event_once),
        (nameof(Excluded_rooms_take_precedence_over_target_rooms), Excluded_rooms_take_precedence_over_target_rooms),
        (nameof(A_local_broadcast_reaches_only_the_sockets_of_its_node), A_local_broadcast_reaches_only_the_sockets_of_its_node),
        (nameof(A_socket_receives_no_events_of_rooms_it_has_left_and_none_after_its_removal),
            A_socket_receives_no_events_of_rooms_it_has_left_and_none_after_its_removal),
        (nameof(Rooms_of_a_socket_are_listed_in_the_order_of_joins), Rooms_of_a_socket_are_listed_in_the_order_of_joins),
        (nameof(Rooms_with_names_of_any_characters_reach_only_their_members), Rooms_with_names_of_any_characters_reach_only_their_members),
        (nameof(Volatile_and_compress_flags_are_sent_with_the_event), Volatile_and_compress_flags_are_sent_with_the_event),
        (nameof(Concurrent_events_arrive_once_and_in_order_while_sockets_join_and_leave),
            Concurrent_events_arrive_once_and_in_order_while_sockets_join_and_leave),
    ];

    private static async Task A_broadcast_reaches_every_socket_of_every_node_once(AdapterCluster cluster)
    {
        var sockets = await cluster.ConnectAsync("a", "b", "c", "d", "e", "f");

        cluster.From(0).All.Emit("hi", "all");

        await ExpectAsync(cluster, 0, sockets, (_, _) => [cluster.Packet("hi", "all")]);
    }

    private static async Task A_socket_in_several_target_rooms_receives_an_event_once(AdapterCluster cluster)
    {
        var sockets = await cluster.ConnectAsync("a", "a b", "b", "c", "", "b a");

        cluster.From(0).To("a", "b").Emit("hi");

        await ExpectAsync(cluster, 0, sockets, (_, rooms) => rooms.Contains('a') || rooms.Contains('b') ? [cluster.Packet("hi")] : []);
    }

    private static async Task Excluded_rooms_take_precedence_over_target_rooms(AdapterCluster cluster)
    {
        var sockets = await cluster.ConnectAsync("a", "a x", "b", "b y", "", "x");

        cluster.From(0).To("a", "b").Except("x", "y", "unknown").Emit("one");
        cluster.From(0).All.Except("a").Emit("two");

        await ExpectAsync(cluster, 0, sockets, (_, rooms) => rooms switch
        {
            "a" => [cluster.Packet("one")],
            "b" => [cluster.Packet("one"), cluster.Packet("two")],
            "b y" or "" or "x" => [cluster.Packet("two")],
            _ => [],
        });
    }

    private static async Task A_local_broadcast_reaches_only_the_sockets_of_its_node(AdapterCluster cluster)
    {
        var sockets = await cluster.ConnectAsync("a", "a", "a", "a", "a", "a");

        cluster.From(0).All.Local().Emit("hi");
        await cluster.From(0).To("a").Local().EmitAsync("there");

        await ExpectAsync(cluster, 0, sockets, (node, _) => node == 0 ? [cluster.Packet("hi"), cluster.Packet("there")] : []);
    }

    private static async Task A_socket_receives_no_events_of_rooms_it_has_left_and_none_after_its_removal(AdapterCluster cluster)
    {
        var sockets = await cluster.ConnectAsync("a", "a b", "a", "a", "a b", "a");
        foreach (var (node, socket, rooms) in sockets.Where(one => one.Rooms == "a b")) await cluster.LeaveAsync(node, socket, "a",
            "unknown");
        var (lastNode, removed, _) = sockets[^1];
        cluster.Nodes[lastNode].Remove(removed);
        await cluster.JoinAsync(lastNode, removed, "a");

        cluster.From(0).To("a").Emit("hi");

        await ExpectAsync(cluster, 0, [.. sockets[..^1]], (_, rooms) => rooms == "a" ? [cluster.Packet("hi")] : []);
        Check.Equal(0, removed.Received.Count);
        Check.Equal(0, cluster.Nodes[lastNode].RoomsOf(removed).Length);
    }

    private static async Task Rooms_of_a_socket_are_listed_in_the_order_of_joins(AdapterCluster cluster)
    {
        var socket = new RecordingSocket();
        await cluster.JoinAsync(0, socket, "z", "a", "z", "m");
        await cluster.LeaveAsync(0, socket, "a");
        await cluster.JoinAsync(0, socket, "a");

        Check.Same(["z", "m", "a"], cluster.Nodes[0].RoomsOf(socket));
    }

    private static async Task Rooms_with_names_of_any_characters_reach_only_their_members(AdapterCluster cluster)
    {
        string[] names = ["", "a#b", "*", "?", "[x]", "\\", "комната", "😀", " ", "a\r\nb", "\0", new string('r', 400)];
        foreach (var name in names)
        {
            var member = new RecordingSocket();
            var other = new RecordingSocket();
            await cluster.JoinAsync(cluster.Last, member, name);
            await cluster.JoinAsync(cluster.Last, other, name + "!");

            cluster.From(0).To(name).Emit("hi");

            await ExpectAsync(cluster, 0, [(0, member, "m"), (0, other, "")], (_, rooms) => rooms == "m" ? [cluster.Packet("hi")] : []);
            cluster.Nodes[^1].Remove(member);
            cluster.Nodes[^1].Remove(other);
        }
    }

    private static async Task Volatile_and_compress_flags_are_sent_with_the_event(AdapterCluster cluster)
    {
        var socket = new RecordingSocket();
        await cluster.JoinAsync(cluster.Last, socket);

        cluster.From(0).All.Volatile().Compress(false).Emit("hi");

        await socket.SeesAsync(cluster.Packet("hi"), AdapterCluster.Timeout);
        Check.Equal(BroadcastFlags.Volatile | BroadcastFlags.NoCompress, socket.LastFlags & ~BroadcastFlags.CompressFirst);
    }

    private static async Task Concurrent_events_arrive_once_and_in_order_while_sockets_join_and_leave(AdapterCluster cluster)
    {
        const int Messages = 400;
        var sockets = await cluster.ConnectAsync("r", "r s", "s r", "r", "r", "r");
        using var stop = new CancellationTokenSource();
        var churn = ChurnAsync(cluster, stop.Token);

        await Task.WhenAll(Enumerable.Range(0, cluster.Nodes.Length * 2)
            .Select(sender => Task.Run(() => SendAsync(cluster.From(sender % cluster.Nodes.Length), $"{sender}", Messages))));

        var histories = Enumerable.Range(0, cluster.Nodes.Length * 2)
            .ToDictionary(sender => cluster.Packet("m", $"{sender}")[..^1], sender => Enumerable.Range(0, Messages)
                .Select(i => cluster.Packet("m", $"{sender}", $"{i}")).ToArray());
        foreach (var (_, socket, _) in sockets)
        {
            foreach (var last in histories.Values.SelectMany(history => history[^3..]))
                await socket.SeesAsync(last, AdapterCluster.Timeout);
        }

        await stop.CancelAsync();
        await churn;
        foreach (var (_, socket, _) in sockets)
        {
            var received = socket.Received;
            foreach (var (sender, history) in histories)
            {
                var toRoom = history.Where((_, i) => i % 3 == 0).ToHashSet();
                Check.Same(Ordered(cluster, history, toRoom),
                    Ordered(cluster, received.Where(text => text.StartsWith(sender, StringComparison.Ordinal)), toRoom));
            }

            Check.Equal(histories.Count * Messages, received.Count);
        }
    }

    private static async Task SendAsync(IEmitter<AnyEvents> from, string sender, int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            var target = (i % 3) switch { 0 => from.To("r"), 1 => from.To("r", "s"), _ => from.All };
            if (i % 50 == 0) await target.EmitAsync("m", sender, $"{i}");
            else target.Emit("m", sender, $"{i}");
        }
    }

    private static IEnumerable<string> Ordered(AdapterCluster cluster, IEnumerable<string> sent, HashSet<string> toRoom) =>
        cluster.HasOneOrder ? sent : sent.OrderBy(toRoom.Contains);

    private static IEnumerable<string> Compared(AdapterCluster cluster, IEnumerable<string> received) =>
        cluster.HasOneOrder ? received : received.Order(StringComparer.Ordinal);

    private static async Task ChurnAsync(AdapterCluster cluster, CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            var temporary = new RecordingSocket();
            await cluster.JoinAsync(cluster.Last, temporary, "r", "s", temporary.Id.ToString());
            cluster.Nodes[^1].Remove(temporary);
        }
    }

    private static async Task ExpectAsync(
        AdapterCluster cluster, int from, ImmutableArray<(int Node, RecordingSocket Socket, string Rooms)> sockets, Func<int, string,
            string[]> expected)
    {
        cluster.From(from).All.Emit("sentinel");
        foreach (var (node, socket, rooms) in sockets)
        {
            string[] all = [.. expected(node, rooms), cluster.Packet("sentinel")];
            foreach (var one in cluster.HasOneOrder ? all[^1..] : all) await socket.SeesAsync(one, AdapterCluster.Timeout);
            Check.Same(Compared(cluster, all), Compared(cluster, socket.Received));
        }
    }
}
