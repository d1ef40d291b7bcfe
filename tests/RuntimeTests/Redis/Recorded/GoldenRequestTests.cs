using System.Text;
using System.Text.Json;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Requests recorded from the JavaScript adapters and emitter, compared with those of the same calls here.</summary>
public class GoldenRequestTests
{
    private const string Adapter = "03-classic-requests";
    private const string Emitter = "04-redis-emitter";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    public static TheoryData<string> AdapterRows =>
        [.. Vector.Read(Adapter).Where(row => KindOf(row) == RowKind.Comparable).Select(row => row.Name)];

    public static TheoryData<string> EmitterRows =>
        [.. Vector.Read(Emitter).Where(row => IsRequest(row) && KindOf(row) == RowKind.Comparable).Select(row => row.Name)];

    /// <summary>Asserts the number of rows of each kind, so that a change of a row's kind is noticed.</summary>
    [Fact]
    public void Every_row_is_compared_or_excluded_for_a_reason()
    {
        Assert.Equal(
            "Broadcast 1, Comparable 61, LoneSurrogate 1, NoTimeout 1, NothingSent 3, NumberRoom 2, OldForm 5, OtherCodec 1, Response 73",
            Summary(Vector.Read(Adapter)));
        Assert.Equal("Comparable 15, NumberRoom 1, Reserved 1", Summary(Vector.Read(Emitter).Where(IsRequest)));
    }

    [Theory]
    [MemberData(nameof(AdapterRows))]
    public async Task An_adapter_writes_the_same_request(string name)
    {
        var row = Vector.Read(Adapter).Single(one => one.Name == name);
        using var stop = new CancellationTokenSource();
        await using var node = new SingleNode(PathOf(row));
        node.Bus.Nodes = 2;

        var call = CallAsync(node.Adapter, node.Adapter.Servers, row, stop.Token);
        var (channel, message) = await node.Bus.SeesAsync(_ => true, Timeout);

        Assert.Equal(row.Channel, channel);
        Assert.Equal(row.Masked(row.Payload), row.Masked(message));
        await stop.CancelAsync();
        await Record.ExceptionAsync(() => call);
    }

    [Theory]
    [MemberData(nameof(EmitterRows))]
    public async Task An_emitter_writes_the_same_request(string name)
    {
        var row = Vector.Read(Emitter).Single(one => one.Name == name);
        var bus = new RecordingBus();
        var key = row.Channel[..row.Channel.IndexOf("-request#", StringComparison.Ordinal)];
        var sink = new RedisEmitter(bus, new RedisEmitterOptions { Key = key }).Sink(PathOf(row));

        await CallAsync(sink, sink, row, CancellationToken.None);

        var (channel, message) = Assert.Single(bus.Published);
        Assert.Equal(row.Channel, channel);
        Assert.Equal(Encoding.UTF8.GetString(row.Payload), Encoding.UTF8.GetString(message));
    }

    [Fact]
    public void An_emitter_rejects_reserved_server_events()
    {
        var emitter = new RedisEmitter(new RecordingBus(), null);

        Assert.Equal("\"connect\" is a reserved event name",
            Assert.Throws<ArgumentException>(() => ((IEventDataTarget)emitter.Servers()).Send(Events.Of("connect"))).Message);
    }

    /// <summary>Repeats the recorded call, which completes with the last response.</summary>
    private static async Task CallAsync(IBroadcastSink sink, IServerSink servers, Vector row, CancellationToken cancellationToken)
    {
        var request = row.Decoded;
        switch (KindOf(request))
        {
            case PeerMessageKind.AllRooms: await ((INamespaceAdapter)sink).AllRoomsAsync(cancellationToken); break;
            case PeerMessageKind.FetchSockets: await sink.FetchSocketsAsync(Target(request), cancellationToken); break;
            case PeerMessageKind.Join: await sink.SocketsJoinAsync(Target(request), [.. Texts(request.GetProperty("rooms"))],
                cancellationToken); break;
            case PeerMessageKind.Leave: await sink.SocketsLeaveAsync(Target(request), [.. Texts(request.GetProperty("rooms"))],
                cancellationToken); break;
            case PeerMessageKind.Disconnect: await sink.DisconnectSocketsAsync(Target(request), request.GetProperty("close").GetBoolean(),
                cancellationToken); break;
            case PeerMessageKind.ServerEvent when request.TryGetProperty("requestId", out _):
                servers.SendWithAck(
                    DataOf(request), null, new AckCollector<int>(static (ref reader, _) => reader.ReadInt32(), cancellationToken));
                break;
            case PeerMessageKind.ServerEvent: await servers.SendAsync(DataOf(request), cancellationToken); break;
            default: Ask(sink, row, cancellationToken); break;
        }
    }

    private static void Ask(IBroadcastSink sink, Vector row, CancellationToken cancellationToken)
    {
        Assert.Equal(DropReason.None, new ClassicFormat(NodeId.Emitter, "/", 1_000_000).ReadRequest(row.Payload, out var read));
        var acks = new AckCollector<int>(static (ref reader, _) => reader.ReadInt32(), cancellationToken);
        var flags = row.Decoded.GetProperty("opts").GetProperty("flags");
        var target = Target(row.Decoded);
        var chosen = flags.TryGetProperty("volatile", out _) ? BroadcastFlags.Volatile : BroadcastFlags.None;
        var timeout = TimeSpan.FromMilliseconds(flags.GetProperty("timeout").GetInt32());
        var data = new EventData(read.Data);
        if (flags.TryGetProperty("expectSingleResponse", out _))
            new RemoteClientSink(sink, target).SendWithAck(data, chosen, timeout, acks);
        else
            sink.SendWithAck(data, target with { Flags = chosen, Timeout = timeout }, acks);
    }

    private static BroadcastOptions Target(JsonElement request) => BroadcastOptions.Everyone with
    {
        Rooms = [.. Texts(request.GetProperty("opts").GetProperty("rooms"))],
        Excepted = [.. Texts(request.GetProperty("opts").GetProperty("except"))],
    };

    private static EventData DataOf(JsonElement request) =>
        new(JsonToMessagePack.Convert(Encoding.UTF8.GetBytes(request.GetProperty("data").GetRawText()), Limits.Default));

    private static IEnumerable<string> Texts(JsonElement names) => names.EnumerateArray().Select(name => name.ToString());

    private static string PathOf(Vector row) => row.Channel[(row.Channel.IndexOf('#', StringComparison.Ordinal) + 1)..^1];

    private static bool IsRequest(Vector row) => row.Channel.Contains("-request#", StringComparison.Ordinal);

    private static string Summary(IEnumerable<Vector> rows) =>
        string.Join(", ", rows.GroupBy(KindOf).Select(kind => $"{kind.Key} {kind.Count()}").Order(StringComparer.Ordinal));

    private static PeerMessageKind KindOf(JsonElement request) =>
        ClassicFormat.Forms.Find(request.GetProperty("type").GetInt32(), isResponse: false)!.Kind;

    private static RowKind KindOf(Vector row)
    {
        if (row.Command == "NONE") return RowKind.NothingSent;
        if (row.Channel.Contains("-response#", StringComparison.Ordinal)) return RowKind.Response;
        if (!IsRequest(row)) return RowKind.Broadcast;
        var request = row.Decoded;
        var type = KindOf(request);
        if (type == PeerMessageKind.SocketIds || request.TryGetProperty("sid", out _)) return RowKind.OldForm;
        if (row.Name.Contains("numeric", StringComparison.Ordinal)) return RowKind.NumberRoom;
        if (row.Name.Contains("lone surrogate", StringComparison.Ordinal)) return RowKind.LoneSurrogate;
        if (row.Name.Contains("reserved", StringComparison.Ordinal)) return RowKind.Reserved;
        if (type != PeerMessageKind.Broadcast) return RowKind.Comparable;
        if (row.Name.StartsWith("JSON parser", StringComparison.Ordinal)) return RowKind.OtherCodec;
        return request.GetProperty("opts").GetProperty("flags").TryGetProperty("timeout", out _) ? RowKind.Comparable : RowKind.NoTimeout;
    }

    private enum RowKind
    {
        /// <summary>A call that this library has, too.</summary>
        Comparable,

        /// <summary>A room with a number as its name; this library only has strings.</summary>
        NumberRoom,

        /// <summary>A lone surrogate, which UTF-8 cannot express.</summary>
        LoneSurrogate,

        /// <summary>A broadcast that expects acks without a timeout; this library always has one.</summary>
        NoTimeout,

        /// <summary>A message in the format of a custom codec.</summary>
        OtherCodec,

        /// <summary>A request that only adapters up to version 7 send.</summary>
        OldForm,

        /// <summary>A reserved event name, which this library rejects.</summary>
        Reserved,

        /// <summary>A response.</summary>
        Response,

        /// <summary>A broadcast.</summary>
        Broadcast,

        /// <summary>A call that publishes no message.</summary>
        NothingSent,
    }
}
