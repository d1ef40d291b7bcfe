using System.Buffers;
using System.IO.Compression;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>Compresses and expands WebSocket messages, each independently of the others (RFC 7692 section 7.2).</summary>
internal static class Deflate
{
    private const int StartSize = 4096;

    // The marker that senders strip from the end of a message, then an empty final block, without which the decompressor reports
    // truncated data.
    private static readonly byte[] Tail = [0x00, 0x00, 0xFF, 0xFF, 0x03, 0x00];

    private static ReadOnlySpan<byte> SyncMarker => [0x00, 0x00, 0xFF, 0xFF];

    /// <summary>Adds the compressed form to a frame. Only the first receiver of the frame pays for the compression.</summary>
    public static void Compress(Frame frame, CompressionOptions options)
    {
        if (frame.WebSocket.Length < options.Threshold || frame.IsDeflationKnown) return;
        var payloads = new ReadOnlyMemory<byte>[frame.Parts.Length];
        for (var i = 0; i < payloads.Length; i++)
        {
            var payload = frame.Payload(frame.Parts[i]);
            if (payload.Length >= options.Threshold) payloads[i] = Compress(payload, options);
        }

        frame.KeepDeflated(payloads);
    }

    /// <summary>Expands a message.</summary>
    /// <param name="message">The compressed message.</param>
    /// <param name="max">The maximum size of the expanded message, in bytes.</param>
    /// <param name="length">The size of the expanded message, in bytes.</param>
    /// <returns>An array rented from the shared pool; the caller returns it.</returns>
    /// <exception cref="WebSocketViolation">The message is malformed, or expands to more than <paramref name="max"/> bytes; expansion
    /// stops at that point.</exception>
    public static byte[] Expand(ReadOnlySpan<byte> message, int max, out int length)
    {
        var input = ArrayPool<byte>.Shared.Rent(message.Length + Tail.Length);
        var output = ArrayPool<byte>.Shared.Rent(StartSize);
        length = 0;
        try
        {
            message.CopyTo(input);
            Tail.CopyTo(input, message.Length);
            using var stream = new DeflateStream(new MemoryStream(input, 0, message.Length + Tail.Length, writable: false),
                CompressionMode.Decompress);
            while (stream.Read(output, length, output.Length - length) is > 0 and var read)
            {
                length += read;
                if (length > max)
                    throw new WebSocketViolation(WebSocketViolation.TooBig, "A compressed message expands beyond the maximum size.");
                if (length == output.Length) Grow(ref output, length);
            }

            return output;
        }
        catch (Exception exception)
        {
            ArrayPool<byte>.Shared.Return(output);
            if (exception is InvalidDataException)
                throw new WebSocketViolation(WebSocketViolation.InvalidData, "A compressed message is malformed.");
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

    private static ReadOnlyMemory<byte> Compress(ReadOnlySpan<byte> payload, CompressionOptions options)
    {
        using var memory = new MemoryStream();

        // DeflateStream has a fixed window. A piece is compressed without a reference to the pieces before it, so that no distance exceeds
        // the negotiated window; the flushed pieces follow each other as the blocks of one message.
        var window = options.ServerMaxWindowBits is { } bits ? 1 << bits : payload.Length;
        for (var rest = payload; !rest.IsEmpty; rest = rest[Math.Min(window, rest.Length)..])
            Append(rest[..Math.Min(window, rest.Length)], options.Level, memory);

        // A flush ends with an empty block, which RFC 7692 strips.
        var compressed = memory.GetBuffer().AsMemory(0, (int)memory.Length);
        return compressed.Span.EndsWith(SyncMarker) && compressed.Length - SyncMarker.Length < payload.Length
            ? compressed[..^SyncMarker.Length] : default;
    }

    private static void Append(ReadOnlySpan<byte> piece, CompressionLevel level, MemoryStream to)
    {
        long end;
        using (var stream = new DeflateStream(to, level, leaveOpen: true))
        {
            stream.Write(piece);
            stream.Flush();
            end = to.Length;
        }

        // The end of the stream added a final block, which messages do not have.
        to.SetLength(end);
    }
}
