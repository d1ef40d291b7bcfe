using System.Text;
using System.Text.Json;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Incompatible adapters on the same channels: socket.io-redis up to 5.x (other request types) and the streams adapter.</summary>
public class OldPeerTests
{
    public static TheoryData<string> Rows => [.. Vector.Read("12-socket.io-redis-5.4.0").Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Broadcasts_of_an_old_server_are_delivered_and_its_requests_are_dropped(string name)
    {
        var row = Vector.Read("12-socket.io-redis-5.4.0").Single(one => one.Name == name);
        await using var node = new SingleNode("/");
        var text = Encoding.UTF8.GetString(row.Payload);
        foreach (var (socket, rooms) in new[] { ("none", (string[])[]), ("r1", ["room1"]) })
        {
            // The socket that the request names is on this node.
            var id = socket == "r1" && row.Decoded.ValueKind == JsonValueKind.Object && row.Decoded.TryGetProperty("sid", out var sid)
                ? sid.GetString()!
                : $"id-{socket}";
            node.Add(socket, new RecordingSocket { Id = SocketId.Of(id) }, [id, .. rooms]);
        }

        node.Receive(row.Channel, row.Payload);
        node.Receive("socket.io-request#/#", """{"uid":"t","requestId":"end","type":0,"rooms":[]}"""u8.ToArray());
        await node.Bus.SeesAsync(one => Encoding.UTF8.GetString(one.Message)
            .StartsWith("""{"requestId":"end""", StringComparison.Ordinal), TimeSpan.FromSeconds(20));

        Assert.Single(node.Bus.Published);
        Assert.Equal((2, 1), (node.Adapter.RoomsOf(node["r1"]).Length, node.Adapter.RoomsOf(node["none"]).Length));
        Assert.Equal((null, null), (node["r1"].Disconnected, node["none"].Disconnected));
        if (row.Channel.StartsWith("socket.io-re", StringComparison.Ordinal))
        {
            Assert.Equal([text.Contains("\"type\"", StringComparison.Ordinal) ? "legacy" : "shape"], node.Reasons);
            return;
        }

        Assert.Empty(node.Reasons);
        Assert.Equal(name == "broadcast to room" ? "r1" : "none r1", node.Receivers(packets => Assert.Single(packets)));
    }

    [Fact]
    public async Task Messages_of_a_streams_server_are_dropped_and_classic_ones_are_handled()
    {
        await using var node = new SingleNode("/", ("a", []));
        byte[] serverEvent = [0x84,
            .. "\u00a4type\u0009\u00a4data\u0081\u00a6packet\u0091\u00a1x\u00a3uid\u00a16\u00a3nsp\u00a1/".Select(c => (byte)c)];
        node.Receive("socket.io#/#", serverEvent);
        node.Receive("socket.io#/#",
            new ClassicEnvelopeCodec(NodeId.Create(), "/", TargetOrder.Adapter).Write(Events.Of("hi"), BroadcastOptions.Everyone));

        Assert.Equal([Events.Packet("hi")], node["a"].Received);
        Assert.Equal(["shape"], node.Reasons);
    }

    /// <summary>The messages that ended a Node.js process, with their drop reasons. The other rows are about other adapters.</summary>
    private static readonly (string Row, string Channel, string Hex, string Reason)[] Fatal =
    [
        ("streams node serverSideEmit (PUBLISH of a msgpack map on socket.io#/#)", "socket.io#/#",
            "84a474797065 09 a464617461 81a67061636b6574 91a178 a3756964 a136 a36e7370 a12f", "shape"),
        ("ioredis: garbage on the broadcast channel", "socket.io#/#", "c1", "code"),
        ("ioredis: request fetch (5) without opts", "socket.io-request#/#", "83a3756964 a174 a9726571756573744964 a131 a474797065 05",
            "options"),
        ("ioredis: request msgpack nil", "socket.io-request#/#", "c0", "shape"),
        ("ioredis: serverSideEmit of the reserved name \"connection\"", "socket.io-request#/#",
            "83a3756964 a174 a474797065 06 a464617461 91aa636f6e6e656374696f6e", "event"),
    ];

    public static TheoryData<string> FatalRows => [.. Fatal.Select(one => one.Row)];

    [Theory]
    [MemberData(nameof(FatalRows))]
    public async Task A_message_that_ends_a_Node_process_is_dropped(string name)
    {
        Assert.Single(Vector.Read("13-cross-adapter"), row => row.Name == name);
        var (_, channel, hex, reason) = Fatal.Single(one => one.Row == name);
        await using var node = new SingleNode("/", ("a", []));
        var received = new Inbox();

        // The name is valid for server events. With a handler, the drop cannot be due to a missing one.
        var connection = string.Concat("connect", "ion");
        node.Adapter.ServerEvents.On(connection, _ => received.AddAsync("connection"));
        node.Adapter.ServerEvents.On("end", _ => received.AddAsync("end"));

        node.Receive(channel, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        node.Receive("socket.io-request#/#", """{"uid":"t","type":6,"data":["end"]}"""u8.ToArray());

        Assert.Equal(["end"], await received.TakeAsync(1, TimeSpan.FromSeconds(20)));
        Assert.Equal([reason], node.Reasons);
        Assert.Empty(node["a"].Received);
    }

    [Fact]
    public void The_other_rows_are_about_other_adapters()
    {
        string[] others =
        [
            "classic node and streams node on one Redis: server counts",
                "classic node broadcasts; streams node listens on the same channel name",
            "streams node broadcasts (XADD)", "sharded node next to a classic node",
        ];

        Assert.Equal(Vector.Read("13-cross-adapter").Select(row => row.Name).Order(StringComparer.Ordinal),
            Fatal.Select(one => one.Row).Concat(others).Order(StringComparer.Ordinal));
    }
}
