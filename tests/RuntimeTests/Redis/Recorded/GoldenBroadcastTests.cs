using System.Text;
using System.Text.Json;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Broadcasts recorded from the JavaScript adapter and emitter, compared with those of the same calls here.</summary>
public class GoldenBroadcastTests
{
    private const string Adapter = "02-classic-broadcast";
    private const string Emitter = "04-redis-emitter";
    private const int UidOffset = 2;
    private const int UidLength = 6;

    /// <summary>Asserts the number of rows of each kind per file, so that a change of a row's kind is noticed.</summary>
    [Fact]
    public void Every_row_is_compared_or_excluded_for_a_reason()
    {
        Assert.Equal(
            "Comparable 83, LaterFlag 3, NoName 3, NothingSent 4, NumberRoom 7, OtherCodec 1",
            Summary(Vector.Read(Adapter)));
        Assert.Equal(
            "Comparable 34, NothingSent 7, NumberRoom 1, OtherCodec 1, Request 17",
            Summary(Vector.Read(Emitter)));
    }

    [Fact]
    public async Task An_adapter_writes_the_same_bytes_to_the_same_channel_for_the_same_call()
    {
        foreach (var row in Vector.Read(Adapter).Where(row => KindOf(row) == RowKind.Comparable))
        {
            var (key, path) = Address(row);
            await using var node = new SingleNode(new RedisAdapterOptions { Key = key }, path);

            Call(node.Everyone, row).Emit(DataOf(row));

            var (channel, message) = Assert.Single(node.Bus.Published);
            Assert.Equal((row.Name, row.Channel), (row.Name, channel));
            Assert.Equal((row.Name, Masked(row.Payload)), (row.Name, Masked(message)));
        }
    }

    [Fact]
    public void An_emitter_writes_the_same_bytes_to_the_same_channel_for_the_same_call()
    {
        foreach (var row in Vector.Read(Emitter).Where(row => KindOf(row) == RowKind.Comparable))
        {
            var (key, path) = Address(row);
            var bus = new RecordingBus();

            // The constructor of the recorded emitter adds no slash to a namespace, as Of and In do.
            var emitter = new RedisEmitter(bus, new RedisEmitterOptions { Key = key });
            Call(new Emitter<ITestEvents>(emitter, emitter.Sink(path)), row).Emit(DataOf(row));

            var (channel, message) = Assert.Single(bus.Published);
            Assert.Equal((row.Name, row.Channel), (row.Name, channel));
            Assert.Equal((row.Name, Convert.ToHexString(row.Payload)), (row.Name, Convert.ToHexString(message)));
        }
    }

    [Theory]
    [InlineData(Adapter)]
    [InlineData(Emitter)]
    public void A_recorded_broadcast_is_read_as_the_same_value(string file)
    {
        foreach (var row in Vector.Read(file).Where(row => KindOf(row) is RowKind.Comparable or RowKind.LaterFlag or RowKind.NumberRoom))
        {
            var envelope = EnvelopeOf(row);

            Assert.Equal(Texts(row.Decoded[2].GetProperty("rooms")), envelope.Options.Rooms);
            Assert.Equal(Texts(row.Decoded[2].GetProperty("except")), envelope.Options.Excepted);
            Assert.Equal(FlagsOf(row), envelope.Options.Flags);

            var frame = JsonPacketWriter.Event("/", envelope.Data);
            var data = row.Decoded[1].GetProperty("data");
            if (data.GetRawText().Contains("\"$", StringComparison.Ordinal)) continue;
            using var sent = JsonDocument.Parse(Encoding.UTF8.GetString(frame.Payload(frame.Parts[0]))[2..]);
            Assert.True(JsonElement.DeepEquals(data, sent.RootElement), $"{row.Name}: {sent.RootElement}");
        }
    }

    [Fact]
    public void An_emitter_rejects_local_broadcasts() =>
        Assert.Throws<InvalidOperationException>(() => new RedisEmitter(new RecordingBus(), null).Of<ITestEvents>().All.Local());

    private static string Summary(IEnumerable<Vector> rows) =>
        string.Join(", ", rows.GroupBy(KindOf).Select(kind => $"{kind.Key} {kind.Count()}").Order(StringComparer.Ordinal));

    private static RowKind KindOf(Vector row)
    {
        if (row.Command == "NONE") return RowKind.NothingSent;
        if (row.Channel.Contains("-request#", StringComparison.Ordinal)) return RowKind.Request;
        if (!row.IsMessagePack) return RowKind.OtherCodec;
        var options = row.Decoded[2];
        JsonElement[] rooms = [.. options.GetProperty("rooms").EnumerateArray(), .. options.GetProperty("except").EnumerateArray()];
        if (row.Name.Contains("lone surrogate", StringComparison.Ordinal)
            || rooms.Any(room => room.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))) return RowKind.NoName;
        if (rooms.Any(room => room.ValueKind == JsonValueKind.Number)) return RowKind.NumberRoom;
        return options.GetProperty("flags").EnumerateObject().Any(flag => flag.Name is not ("volatile" or "compress")) ? RowKind.LaterFlag
            : RowKind.Comparable;
    }

    private static (string Key, string Path) Address(Vector row)
    {
        var path = row.Decoded[1].GetProperty("nsp").GetString()!;
        return (row.Channel[..row.Channel.IndexOf($"#{path}#", StringComparison.Ordinal)], path);
    }

    /// <summary>Returns the bytes of the event in a recorded message.</summary>
    private static EventData DataOf(Vector row) => EnvelopeOf(row).Data;

    private static Envelope EnvelopeOf(Vector row)
    {
        var codec = new ClassicEnvelopeCodec(NodeId.Emitter, Address(row).Path, TargetOrder.Emitter);
        Assert.Equal(DropReason.None, codec.Read(row.Payload, out var envelope));
        return envelope;
    }

    /// <summary>Repeats the recorded call, with rooms and flags in the recorded order.</summary>
    private static IBroadcast<ITestEvents> Call(IEmitter<ITestEvents> io, Vector row)
    {
        var options = row.Decoded[2];
        string[] rooms = [.. Texts(options.GetProperty("rooms"))];
        var chain = (rooms.Length > 0 ? io.To(rooms.AsEnumerable()) : io.All).Except(Texts(options.GetProperty("except")));
        foreach (var flag in options.GetProperty("flags").EnumerateObject())
            chain = flag.Name == "volatile" ? chain.Volatile() : chain.Compress(flag.Value.GetBoolean());
        return chain;
    }

    private static BroadcastFlags FlagsOf(Vector row) => row.Decoded[2].GetProperty("flags").EnumerateObject()
        .Aggregate(BroadcastFlags.None, (flags, flag) => flags | flag switch
        {
            { Name: "volatile" } => BroadcastFlags.Volatile,
            { Name: "compress", Value.ValueKind: JsonValueKind.True } => BroadcastFlags.Compress,
            { Name: "compress" } => BroadcastFlags.NoCompress,
            _ => BroadcastFlags.None,
        });

    private static IEnumerable<string> Texts(JsonElement names) => names.EnumerateArray().Select(name => name.ToString());

    private static string Masked(byte[] message)
    {
        var masked = message.ToArray();
        masked.AsSpan(UidOffset, UidLength).Fill((byte)'x');
        return Convert.ToHexString(masked);
    }

    private enum RowKind
    {
        /// <summary>A call that this library has, too.</summary>
        Comparable,

        /// <summary>A room with a number as its name; this library only has strings. Such a message is read but never written.</summary>
        NumberRoom,

        /// <summary>A room that is not a name (true, null, a lone surrogate). No socket of another node can be in it.</summary>
        NoName,

        /// <summary>A flag of a broadcast that expects acks. Such a message is read but never written.</summary>
        LaterFlag,

        /// <summary>A message to the servers instead of clients.</summary>
        Request,

        /// <summary>A message in the format of a custom codec.</summary>
        OtherCodec,

        /// <summary>A call that publishes no message.</summary>
        NothingSent,
    }
}
