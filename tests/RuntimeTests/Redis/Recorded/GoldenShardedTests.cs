using System.Text;
using System.Text.Json;
using MessagePack;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Requests and responses recorded from the sharded adapter of Node.js. Emitters have tests of their own.</summary>
public class GoldenShardedTests
{
    private static readonly IReadOnlyList<Vector> All = [.. Vector.Read("05-sharded").Where(row => row.Command != "NONE")];

    public static TheoryData<string, int> Requests => [.. Rows(IsRequest)];

    public static TheoryData<string, int> Responses => [.. Rows(IsResponse)];

    [Fact]
    public void All_rows_are_compared() => Assert.Equal((20, 29), (Requests.Count, Responses.Count));

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_with_a_response_is_written_as_recorded(string name, int type)
    {
        var row = Find(name, type);
        var (wire, uid) = WireOf(row);
        var data = row.Decoded.GetProperty("data");
        var id = data.GetProperty("requestId").GetString()!;

        var message = KindOf(type) switch
        {
            PeerMessageKind.Broadcast => new PeerMessage(PeerMessageKind.Broadcast)
            {
                Data = RawOf(row, "data", "packet", "data"),
                Target = TargetOf(data),
            },
            PeerMessageKind.FetchSockets => new PeerMessage(PeerMessageKind.FetchSockets) { Target = TargetOf(data) },
            _ => new PeerMessage(PeerMessageKind.ServerEvent) { Data = RawOf(row, "data", "packet") },
        };
        message.RequestId = PeerMessageWriter.Text(id);

        Assert.Equal(Expected(row, uid), Encoding.Latin1.GetString(wire.Write(message)));
        Assert.Equal(row.Channel, wire.Requests.ToString());
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public void A_response_is_written_as_recorded_and_read_back(string name, int type)
    {
        var row = Find(name, type);
        var (wire, uid) = WireOf(row);
        var data = row.Decoded.GetProperty("data");
        var packet = data.TryGetProperty("packet", out _) ? RawOf(row, "data", "packet") : default(ReadOnlyMemory<byte>);
        var requester = row.Channel.Split('#')[2];
        var request = new PeerMessage(PeerMessageKind.FetchSockets) { Uid = requester, RequestId = RawOf(row, "data", "requestId") };
        var kind = KindOf(type);
        var response = new PeerMessage(kind, request)
        {
            Data = packet,
            Sockets = kind == PeerMessageKind.SocketsResponse ? SocketsOf(row) : [],
            Clients = kind == PeerMessageKind.ClientCount ? data.GetProperty("clientCount").GetInt32() : 0,
        };

        Assert.Equal(row.Channel, wire.ResponseChannel(response).ToString());
        Assert.Equal(Expected(row, uid), Encoding.Latin1.GetString(wire.Write(response)));
        Assert.Equal(data.GetProperty("requestId").GetString(), PeerMessageFields.RequestIdOf(row.Payload, isInData: true));
    }

    private static IEnumerable<TheoryDataRow<string, int>> Rows(Func<Vector, bool> isOne) =>
        All.Where(isOne).Select(row => (row.Name, TypeOf(row))).Distinct()
            .Select(row => new TheoryDataRow<string, int>(row.Name, row.Item2));

    private static Vector Find(string name, int type) => All.First(row => row.Name == name && TypeOf(row) == type);

    private static int TypeOf(Vector row) => row.Decoded.GetProperty("type").GetInt32();

    private static PeerMessageKind KindOf(int type) => ShardedFormat.Forms.Find(type, isResponse: null)!.Kind;

    private static bool IsResponse(Vector row) => ShardedFormat.Forms.Find(TypeOf(row), isResponse: true) is not null;

    // Requests of a remote socket have the flag `expectSingleResponse`, which TargetOf does not set.
    private static bool IsRequest(Vector row) => !IsResponse(row) && row.Decoded.GetProperty("data").TryGetProperty("requestId", out _)
        && !row.Name.StartsWith("remote socket", StringComparison.Ordinal);

    private static (ShardedWire Wire, string Uid) WireOf(Vector row)
    {
        var uid = NodeId.CreateLong();
        var path = row.Decoded.GetProperty("nsp").GetString()!;
        var prefix = row.Channel[..row.Channel.IndexOf($"#{path}#", StringComparison.Ordinal)];
        return (new ShardedWire(new ShardedRedisAdapterOptions { ChannelPrefix = prefix }, uid, path), uid.ToString());
    }

    /// <summary>Returns a recorded message with another sender, and with rooms as strings that are numbers in Node.js.</summary>
    private static string Expected(Vector row, string uid) => Encoding.Latin1.GetString(row.Payload)
        .Replace(row.Decoded.GetProperty("uid").GetString()!, uid, StringComparison.Ordinal)
        .Replace("\"room1\",42,", "\"room1\",\"42\",", StringComparison.Ordinal)
        .Replace("\u00a5room1\u002a", "\u00a5room1\u00a242", StringComparison.Ordinal);

    private static BroadcastOptions TargetOf(JsonElement data)
    {
        var options = data.GetProperty("opts");
        var target =
            BroadcastOptions.Everyone with { Rooms = [.. options.GetProperty("rooms").EnumerateArray().Select(room => room.GetString()!)] };
        return options.GetProperty("flags").TryGetProperty("timeout", out var timeout)
            ? target with { Timeout = TimeSpan.FromMilliseconds(timeout.GetInt32()) } : target;
    }

    private static List<SocketDescription> SocketsOf(Vector row)
    {
        Assert.True(PeerMessageFields.TryRead(RawOf(row, "data"), out var fields));
        return fields.ReadSockets()!;
    }

    /// <summary>Returns a member of a recorded message in MessagePack.</summary>
    private static ReadOnlyMemory<byte> RawOf(Vector row, params string[] members)
    {
        var reader = new MessagePackReader(PeerMessageFields.BodyOf(row.Payload, Limits.Default));
        foreach (var member in members)
        {
            for (var left = reader.ReadMapHeader(); left > 0 && reader.ReadString() != member; left--) reader.Skip();
        }

        return reader.ReadRaw().First.ToArray();
    }
}
