using CsCheck;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Malformed envelopes, which never keep the adapter from handling the next message.</summary>
public class EnvelopeFuzzTests
{
    private const string Channel = "socket.io#/#";

    private static readonly byte[] UpToRooms =
        [0x93, 0xC0, 0x83, 0xA4, .. "type"u8, 2, 0xA4, .. "data"u8, 0x91, 0xA1, (byte)'e', 0xA3, .. "nsp"u8, 0xA1, (byte)'/', 0x81, 0xA5,
            .. "rooms"u8];

    private static readonly byte[][] Samples = [.. Vector.Read("08-tolerance-classic")
        .Concat(Vector.Read("02-classic-broadcast").Where(row => row.IsMessagePack))
        .Where(row => row.Channel.StartsWith(Channel, StringComparison.Ordinal))
        .Select(row => row.Payload)];

    [Fact]
    public async Task Every_truncation_of_an_envelope_is_dropped_and_the_next_message_arrives()
    {
        await using var node = new SingleNode("/", ("one", []));
        var whole = new ClassicEnvelopeCodec(NodeId.Create(), "/", TargetOrder.Adapter).Write(Events.Of("hi", "there"),
            new BroadcastOptions { Excepted = ["x", "y"], Flags = BroadcastFlags.Volatile });
        for (var length = 0; length < whole.Length; length++) node.Receive(Channel, whole.AsMemory(0, length));
        node.Receive(Channel, new byte[] { 0x93 }.Concat(whole).ToArray());

        node.Receive(Channel, whole);

        Assert.Equal([Events.Packet("hi", "there")], node["one"].Received);
        Assert.Equal(whole.Length + 1, node.Reasons.Count);
    }

    [Fact]
    public void Every_truncated_recorded_broadcast_is_rejected_with_a_reason()
    {
        string[] files = ["02-classic-broadcast", "04-redis-emitter", "06-third-party-emitters", "08-tolerance-classic",
            "12-socket.io-redis-5.4.0"];
        var accepted = 0;
        foreach (var row in files.SelectMany(Vector.Read)
            .Where(row => row.Payload.Length > 0 && !row.Channel.Contains("-re", StringComparison.Ordinal)))
        {
            foreach (var reader in new[] { "/", "/nsp", "/custom" }.Select(Reader))
            {
                foreach (var isLegacy in new[] { false, true })
                {
                    if (reader.Read(row.Payload, out _, isLegacy) != DropReason.None) continue;
                    accepted++;
                    for (var length = 0; length < row.Payload.Length; length++)
                        Assert.True(reader.Read(row.Payload.AsMemory(0, length), out _, isLegacy) != DropReason.None,
                            $"{row.Name}, {length} bytes");
                    Assert.Equal(DropReason.Trailing, reader.Read((byte[])[.. row.Payload, 0xC0], out _, isLegacy));
                }
            }
        }

        Assert.InRange(accepted, 300, 1000);
    }

    /// <summary>Each length is possible by itself, but their sum exceeds the message; no memory is allocated for any.</summary>
    [Fact]
    public void No_memory_is_allocated_for_lengths_whose_sum_exceeds_the_message()
    {
        byte[] nested = [.. UpToRooms, .. Enumerable.Range(0, 60).SelectMany(i => (byte[])[0xDD, 0, 0, 0x3F, 0xFF]), .. new byte[20_000]];
        byte[] inData = [0x93, 0xC0, 0x81, 0xA4, .. "data"u8, .. Enumerable.Range(0, 60)
            .SelectMany(i => (byte[])[0xDF, 0, 0, 0x1F, 0xFF]), .. new byte[20_000]];
        var reader = Reader("/");
        foreach (var message in new[] { nested, inData })
        {
            reader.Read(message, out _);
            var start = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(DropReason.Truncated, reader.Read(message, out _));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - start, 0, 8L * message.Length);
        }
    }

    [Fact]
    public async Task Mutated_envelopes_never_stop_the_adapter()
    {
        await using var node = new SingleNode("/", ("one", ["room1"]));
        var sentinel = new ClassicEnvelopeCodec(NodeId.Create(), "/", TargetOrder.Emitter).Write(Events.Of("sentinel"),
            BroadcastOptions.Everyone);
        Gen.Select(Gen.Int[0, Samples.Length - 1], Gen.Select(Gen.Int[0, 1000], Gen.Byte).Array[1, 4]).Sample(
            (sample, changes) =>
            {
                var mutated = Samples[sample].ToArray();
                foreach (var (at, value) in changes)
                {
                    if (mutated.Length > 0) mutated[at % mutated.Length] = value;
                }

                node.Receive(Channel, mutated);
                node.Receive("socket.io#/#room1#", mutated);
                node["one"].Forget();
                node.Receive(Channel, sentinel);
                return node["one"].Received is ["2[\"sentinel\"]"];
            },
            iter: 20_000,
            threads: 1);
        Assert.DoesNotContain("handler", node.Reasons);
    }

    [Fact]
    public async Task Random_bytes_never_stop_the_adapter()
    {
        await using var node = new SingleNode("/", ("one", []));
        Gen.Byte.Array[0, 64].Sample(bytes => node.Receive(Channel, bytes), iter: 20_000, threads: 1);

        Assert.DoesNotContain("handler", node.Reasons);
    }

    [Fact]
    public async Task No_memory_is_allocated_for_declared_sizes_and_depths_that_are_too_large()
    {
        await using var node = new SingleNode(new RedisAdapterOptions { MaxMessageSize = 1000 }, "/", ("one", []));
        byte[] manyElements = [0xdd, 0xff, 0xff, 0xff, 0xff, 0xa1, 0x78];
        byte[] manyRooms = [.. UpToRooms, 0xdd, 0x7f, 0xff, 0xff, 0xff];
        byte[] deep = [0x93, .. Enumerable.Repeat((byte)0x91, 900), 0xc0];
        var large = new byte[1001];
        foreach (var message in new[] { manyElements, manyRooms, deep, large }) node.Receive(Channel, message);

        Assert.Empty(node["one"].Received);
        Assert.Equal(["truncated", "truncated", "depth", "size"], node.Reasons);
    }

    private static ClassicEnvelopeCodec Reader(string path) => new(NodeId.Emitter, path, TargetOrder.Emitter);
}
