using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Responses recorded from the JavaScript adapter: the same request causes the same bytes on the same channel.</summary>
public partial class GoldenResponseTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly IReadOnlyList<Vector> All = Vector.Read("03-classic-requests");

    public static TheoryData<string> Rows => [.. All.Where(row => IsResponse(row) && !IsOtherCodec(row)).Select(row => row.Name)];

    [Fact]
    public void Every_response_except_one_of_a_custom_codec_is_compared() =>
        Assert.Equal((73, 1, 72), (All.Count(IsResponse), All.Count(IsOtherCodec), Rows.Count));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_response_is_written_as_recorded(string name)
    {
        var row = All.Single(one => one.Name == name);
        var path = row.Channel.Split('#')[1];
        var options =
            new RedisAdapterOptions { PublishOnSpecificResponseChannel = name.StartsWith("specific response channel",
                StringComparison.Ordinal) };
        await using var node = new SingleNode(options, path);
        Prepare(node, row);

        node.Receive($"socket.io-request#{path}#", RequestOf(row));
        if (Type(row) == PeerMessageKind.Ack) node["target"].Receive(PacketOf(row));
        var (channel, message) = await node.Bus.SeesAsync(one => Type(one.Message) == Type(row.Payload), Timeout);

        Assert.Equal(row.Channel, channel);
        Assert.Equal(Text(row.Payload), Text(message));
    }

    /// <summary>Asserts that recorded responses are read as the same sockets.</summary>
    [Fact]
    public void Recorded_sockets_are_read_as_the_same_values()
    {
        foreach (var row in All.Where(HasSockets))
        {
            var body = JsonToMessagePack.Convert(row.Payload, Limits.Default);
            Assert.True(PeerMessageFields.TryRead(body, out var fields));
            var read = fields.ReadSockets();

            var sockets = row.Decoded.GetProperty("sockets").EnumerateArray().ToArray();
            Assert.Equal(sockets.Length, read!.Count);
            for (var i = 0; i < sockets.Length; i++)
            {
                Assert.Equal(sockets[i].GetProperty("id").GetString(), read[i].Id.ToString());
                Assert.Equal(sockets[i].GetProperty("rooms").EnumerateArray().Select(room => room.ToString()), read[i].Rooms);
                AssertSame(sockets[i].GetProperty("handshake"), read[i].Handshake.ToJson());
                AssertSame(sockets[i].GetProperty("data"), read[i].Data.ToJson());
                Assert.Equal(sockets[i].GetProperty("handshake").GetProperty("issued").GetInt64(), read[i].Handshake.Issued);
            }
        }
    }

    private static bool HasSockets(Vector row) => IsResponse(row)
        && row.Decoded.TryGetProperty("sockets", out var list)
        && list.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.Object);

    private static void AssertSame(JsonElement expected, string json)
    {
        using var actual = JsonDocument.Parse(json);
        Assert.True(JsonElement.DeepEquals(expected, actual.RootElement), json);
    }

    /// <summary>Gives a node the sockets, rooms and handlers of the recorded one.</summary>
    private static void Prepare(SingleNode node, Vector row)
    {
        var response = row.Decoded;
        var request = JsonOf(RequestOf(row));
        if (response.TryGetProperty("sockets", out var sockets))
        {
            foreach (var socket in sockets.EnumerateArray()) Add(node, socket, RoomsOf(request));
        }
        else if (response.TryGetProperty("rooms", out var rooms))
        {
            node.Add("one", new RecordingSocket(), [.. rooms.EnumerateArray().Select(room => room.ToString())]);
        }
        else if (request.TryGetProperty("sid", out var sid))
        {
            node.Add("one", new RecordingSocket { Id = SocketId.Of(sid.GetString()!) }, sid.GetString()!, "room7");
        }
        else if (Type(row) == PeerMessageKind.ServerEventResponse)
        {
            var data = response.TryGetProperty("data", out var given) ? given.GetRawText() : "";
            node.Adapter.ServerEvents.On(request.GetProperty("data")[0].GetString()!,
                _ => Task.FromResult(SocketArguments.FromJson($"[{data}]")));
        }
        else if (Type(row) == PeerMessageKind.Ack || response.GetProperty("clientCount").GetInt32() == 1)
        {
            node.Add("target", new RecordingSocket(), [.. RoomsOf(request)]);
        }
    }

    private static void Add(SingleNode node, JsonElement socket, string[] rooms)
    {
        if (socket.ValueKind == JsonValueKind.String)
        {
            node.Add(socket.GetString()!, new RecordingSocket { Id = SocketId.Of(socket.GetString()!) }, rooms);
            return;
        }

        var id = socket.GetProperty("id").GetString()!;
        var known = new RecordingSocket
        {
            Id = SocketId.Of(id),
            Handshake = new Handshake(Pack(socket.GetProperty("handshake"))),
            Data = new SocketArgument(0, Pack(socket.GetProperty("data"))),
        };
        node.Add(id, known, [.. socket.GetProperty("rooms").EnumerateArray().Select(room => room.ToString())]);
    }

    /// <summary>Returns the request that was recorded before the response.</summary>
    private static byte[] RequestOf(Vector row)
    {
        var id = row.Decoded.GetProperty("requestId").GetString();
        var request = All.SingleOrDefault(one => one.Channel.Contains("-request#", StringComparison.Ordinal)
            && one.Decoded.TryGetProperty("requestId", out var requestId) && requestId.GetString() == id);
        return request?.Payload ?? Encoding.UTF8.GetBytes($$"""{"requestId":"{{id}}","type":1}""");
    }

    private static string[] RoomsOf(JsonElement request) =>
        (request.TryGetProperty("opts", out var options) ? options : request).TryGetProperty("rooms", out var rooms)
            ? [.. rooms.EnumerateArray().Select(room => room.ToString())] : [];

    private static byte[] Pack(JsonElement value) => JsonToMessagePack.Convert(Encoding.UTF8.GetBytes(value.GetRawText()), Limits.Default);

    private static JsonElement JsonOf(byte[] message) =>
        JsonDocument.Parse(new SocketArgument(0, PeerMessageFields.BodyOf(message, Limits.Default)).ToJson()).RootElement;

    private static ReadOnlyMemory<byte> PacketOf(Vector row)
    {
        Assert.True(PeerMessageFields.TryRead(row.Payload, out var fields));
        return row.Payload.AsMemory(fields.Packet);
    }

    private static bool IsResponse(Vector row) => row.Channel.Contains("-response#", StringComparison.Ordinal);

    private static bool IsOtherCodec(Vector row) => IsResponse(row)
        && row.Name.StartsWith("JSON parser", StringComparison.Ordinal)
        && Type(row) == PeerMessageKind.Ack;

    private static PeerMessageKind? Type(Vector row) => Type(row.Payload);

    private static PeerMessageKind? Type(byte[] message) =>
        JsonOf(message).TryGetProperty("type", out var type)
            ? ClassicFormat.Forms.Find(type.GetInt32(), isResponse: true)?.Kind
            : null;

    /// <summary>Returns a message as text, with rooms as strings that are numbers in Node.js.</summary>
    private static string Text(byte[] message) => message[0] == (byte)'{'
        ? RoomList().Replace(Encoding.UTF8.GetString(message), list => BareNumber().Replace(list.Value, "\"$0\""))
        : Convert.ToHexString(message);

    [GeneratedRegex("\"rooms\":\\[[^\\]]*\\]")]
    private static partial Regex RoomList();

    [GeneratedRegex("(?<=[,\\[])\\d+(?=[,\\]])")]
    private static partial Regex BareNumber();
}
