using System.Buffers;
using System.IO.Compression;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>Compresses and expands the messages of websockets, each by itself (RFC 7692 section 7.2).</summary>
internal static class Deflate
{
    private const int StartSize = 4096;

    // What ends a message and is not sent, and a last block of nothing, without which the end would look like a loss.
    private static readonly byte[] Tail = [0x00, 0x00, 0xFF, 0xFF, 0x03, 0x00];

    private static ReadOnlySpan<byte> SyncMarker => [0x00, 0x00, 0xFF, 0xFF];

    /// <summary>Gives a frame its compressed form; the first of its receivers pays for all.</summary>
    public static void Compress(Frame frame, CompressionOptions options)
    {
        if (frame.WebSocket.Length < options.Threshold || frame.IsDeflationKnown) return;
        var payloads = new ReadOnlyMemory<byte>[frame.Parts.Length];
        for (var i = 0; i < payloads.Length; i++)
        {
            var payload = frame.Payload(frame.Parts[i]);
            if (payload.Length >= options.Threshold) payloads[i] = Compress(payload, options.Level);
        }

        frame.KeepDeflated(payloads);
    }

    /// <summary>Expands a message.</summary>
    /// <param name="message">What came.</param>
    /// <param name="max">How large it may become, in bytes.</param>
    /// <param name="length">How large it became.</param>
    /// <returns>Memory of the shared pool, to be given back.</returns>
    /// <exception cref="WebSocketViolation">It is broken, or becomes too large; then it was expanded no further.</exception>
    public static byte[] Expand(ReadOnlySpan<byte> message, int max, out int length)
    {
        var input = ArrayPool<byte>.Shared.Rent(message.Length + Tail.Length);
        var output = ArrayPool<byte>.Shared.Rent(StartSize);
        length = 0;
        try
        {
            message.CopyTo(input);
            Tail.CopyTo(input, message.Length);
            using var stream = new DeflateStream(new MemoryStream(input, 0, message.Length + Tail.Length, writable: false), CompressionMode.Decompress);
            while (stream.Read(output, length, output.Length - length) is > 0 and var read)
            {
                length += read;
                if (length > max) throw new WebSocketViolation(WebSocketViolation.TooBig, "A compressed message becomes larger than allowed.");
                if (length == output.Length) Grow(ref output, length);
            }

            return output;
        }
        catch (Exception exception)
        {
            ArrayPool<byte>.Shared.Return(output);
            if (exception is InvalidDataException) throw new WebSocketViolation(WebSocketViolation.InvalidData, "A compressed message is broken.");
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(input);
        }
    }

    private static void Grow(ref byte[] output, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(length * 2);
        output.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(output);
        output = larger;
    }

    private static ReadOnlyMemory<byte> Compress(ReadOnlySpan<byte> payload, CompressionLevel level)
    {
        using var memory = new MemoryStream();
        using var stream = new DeflateStream(memory, level, leaveOpen: true);
        stream.Write(payload);
        stream.Flush();

        // A flush ends with an empty block, which is not sent.
        var compressed = memory.GetBuffer().AsMemory(0, (int)memory.Length);
        return compressed.Span.EndsWith(SyncMarker) && compressed.Length - SyncMarker.Length < payload.Length ? compressed[..^SyncMarker.Length] : default;
    }
}
