using System.IO.Pipelines;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

public class WebSocketFrameReaderTests
{
    private const int MaxMessage = 2000;

    [Fact]
    public async Task Random_bytes_are_read_as_messages_or_violations_only()
    {
        var random = new Random(20240229);
        var violations = 0;
        for (var round = 0; round < 5000; round++)
        {
            var bytes = new byte[random.Next(1, 400)];
            random.NextBytes(bytes);
            violations += await DrainAsync(bytes);
        }

        Assert.InRange(violations, 1, 5000);
    }

    [Fact]
    public async Task Mutations_of_valid_frames_are_read_as_messages_violations_or_the_end()
    {
        var random = new Random(42);
        byte[] good = [.. RawClient.Frame(0x01, "42[\"me"u8.ToArray()), .. RawClient.Frame(0x89, [1]),
            .. RawClient.Frame(0x80, "ssage\"]"u8.ToArray()),
            .. RawClient.Frame(0x82, new byte[300]), .. RawClient.Frame(0x88, [3, 232])];
        Assert.Equal(0, await DrainAsync(good));
        var violations = 0;
        for (var round = 0; round < 5000; round++)
        {
            var bytes = good.ToArray();
            for (var i = random.Next(1, 4); i > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            violations += await DrainAsync(bytes[..random.Next(1, bytes.Length + 1)]);
        }

        Assert.InRange(violations, 1, 5000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4096)]
    public async Task Messages_do_not_depend_on_the_chunks_in_which_bytes_arrive(int chunk)
    {
        var large = new byte[MaxMessage];
        new Random(7).NextBytes(large);
        byte[] bytes = [.. RawClient.Frame(0x82, large), .. RawClient.Frame(0x02, large[..999]), .. RawClient.Frame(0x80, large[999..]),
            .. RawClient.Frame(0x82, [])];
        var messages = await ReadAsync(bytes, chunk);
        Assert.Equal([large, large, []], messages);
    }

    private static async Task<int> DrainAsync(byte[] bytes)
    {
        try
        {
            foreach (var message in await ReadAsync(bytes, 7)) Assert.InRange(message.Length, 0, MaxMessage);
            return 0;
        }
        catch (WebSocketViolation violation)
        {
            Assert.Contains(violation.Code, new ushort[] { 1002, 1007, 1009 });
            return 1;
        }
    }

    private static async Task<List<byte[]>> ReadAsync(byte[] bytes, int chunk)
    {
        List<byte[]> messages = [];
        var reader = new WebSocketFrameReader(MaxMessage, deflates: true);

        // Buffers smaller than a frame, so that payloads span several of them.
        var input = PipeReader.Create(new ChunkedStream(bytes, chunk), new StreamPipeReaderOptions(bufferSize: 16, minimumReadSize: 1));
        while (true)
        {
            var result = await input.ReadAsync(TestServer.Patience);
            var left = result.Buffer;
            while (reader.TryRead(ref left, out var message)) messages.Add(message.Payload.ToArray());
            input.AdvanceTo(left.Start, left.End);
            if (result.IsCompleted) return messages;
        }
    }

    /// <summary>A stream that returns at most <paramref name="chunk"/> bytes per read.</summary>
    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
