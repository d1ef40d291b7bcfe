using System.Text;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;
using Xunit;

namespace TypedSocketRedis.Tests.Protocol;

public class AllocationTests
{
    private static readonly byte[] Small = Wire.MessagePack(
        """["priceChanged",{"symbol":"ACME","price":12.5,"at":1709210096789,"tags":["a","b"],"open":true}]""");

    [Fact]
    public void Transcoding_a_small_event_allocates_no_memory() => Assert.Equal(0, PerCall(() =>
    {
        using var buffer = PooledBuffer.Rent();
        Transcoder.Write(Small, buffer, Limits.Default);
    }));

    [Fact]
    public void Writing_a_small_event_allocates_only_its_frame()
    {
        var data = new EventData(Small);
        var frame = JsonPacketWriter.Event("/clock", data);
        // The three objects are the frame (with a field for its compressed form), its array of bytes and its array of one part; each has
        // a header, a length and padding.
        Assert.InRange(PerCall(() => JsonPacketWriter.Event("/clock", data)), frame.WebSocket.Length, frame.WebSocket.Length + 112);
    }

    [Fact]
    public void Reading_a_small_packet_allocates_only_its_body()
    {
        using var reader = new JsonPacketReader(Limits.Default);
        var text = Encoding.UTF8.GetBytes("""2/clock,["priceChanged",{"symbol":"ACME","price":12.5,"tags":["a","b"],"open":true}]""");
        var body = reader.Text(text)!.Value.Body.Length;
        Assert.InRange(PerCall(() => reader.Text(text)), body, body + 32);
    }

    private static long PerCall(Action action)
    {
        const int calls = 1000;
        for (var i = 0; i < calls; i++) action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < calls; i++) action();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / calls;
    }
}
