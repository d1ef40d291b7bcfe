using CsCheck;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Broken envelopes: whatever the bytes are, the adapter goes on with the next message.</summary>
public class EnvelopeFuzzTests
{
    private const string Channel = "socket.io#/#";

    private static readonly byte[][] Samples = [.. Vector.Read("08-tolerance-classic").Concat(Vector.Read("02-classic-broadcast").Where(row => row.IsMessagePack))
        .Where(row => row.Channel.StartsWith(Channel, StringComparison.Ordinal))
        .Select(row => row.Payload)];

    [Fact]
    public async Task Every_truncation_of_an_envelope_is_dropped_and_the_next_message_arrives()
    {
        await using var node = new SingleNode("/", ("one", []));
        var whole = new ClassicCodec(NodeId.Create(), "/", EnvelopeOrder.Adapter).Write(Events.Of("hi", "there"), new BroadcastOptions { Except = ["x", "y"], Flags = BroadcastFlags.Volatile });
        for (var length = 0; length < whole.Length; length++) node.Receive(Channel, whole.AsMemory(0, length));
        node.Receive(Channel, new byte[] { 0x93 }.Concat(whole).ToArray());

        node.Receive(Channel, whole);

        Assert.Equal([Events.Packet("hi", "there")], node["one"].Received);
        Assert.Equal(whole.Length + 1, node.Causes.Count);
    }

    [Fact]
    public async Task Mutated_envelopes_never_stop_the_adapter()
    {
        await using var node = new SingleNode("/", ("one", ["room1"]));
        var sentinel = new ClassicCodec(NodeId.Create(), "/", EnvelopeOrder.Emitter).Write(Events.Of("sentinel"), BroadcastOptions.Everyone);
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
        Assert.DoesNotContain(DropCause.Handler, node.Causes);
    }

    [Fact]
    public async Task Random_bytes_never_stop_the_adapter()
    {
        await using var node = new SingleNode("/", ("one", []));
        Gen.Byte.Array[0, 64].Sample(bytes => node.Receive(Channel, bytes), iter: 20_000, threads: 1);

        Assert.DoesNotContain(DropCause.Handler, node.Causes);
    }

    [Fact]
    public async Task Announced_sizes_and_depths_are_refused_before_they_are_believed()
    {
        await using var node = new SingleNode(new RedisAdapterOptions { MaxMessageSize = 1000 }, "/", ("one", []));
        byte[] manyElements = [0xdd, 0xff, 0xff, 0xff, 0xff, 0xa1, 0x78];
        byte[] manyRooms = [0x93, 0xc0, 0x83, .. "\xa4type\x02\xa4data\x91\xa1e\xa3nsp\xa1/"u8, 0x81, .. "\xa5rooms"u8, 0xdd, 0x7f, 0xff, 0xff, 0xff];
        byte[] deep = [0x93, .. Enumerable.Repeat((byte)0x91, 900), 0xc0];
        var large = new byte[1001];
        foreach (var message in new[] { manyElements, manyRooms, deep, large }) node.Receive(Channel, message);

        Assert.Empty(node["one"].Received);
        Assert.Equal(["truncated", "truncated", "depth", DropCause.Size], node.Causes);
    }
}
