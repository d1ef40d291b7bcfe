using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace TypedSocketRedis.Protocol;

/// <summary>The packet kinds of Engine.IO 4, with their numbers on the wire.</summary>
internal enum EnginePacketKind : byte
{
    Open = 0,
    Close = 1,
    Ping = 2,
    Pong = 3,
    Message = 4,
    Upgrade = 5,
    Noop = 6,
}

/// <summary>One Engine.IO packet received from a client.</summary>
/// <param name="Kind">The packet's kind.</param>
/// <param name="Payload">The bytes after the kind, a slice of the input; for a binary message the decoded bytes.</param>
/// <param name="IsBinary"><see langword="true"/> if the packet is a binary message.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EnginePacket(EnginePacketKind Kind, ReadOnlyMemory<byte> Payload, bool IsBinary = false)
{
    private static readonly SearchValues<byte> Base64Bytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n"u8);

    /// <summary>Reads one text packet, for example <c>2probe</c>, or a binary message written as <c>b</c> and base64.</summary>
    /// <remarks>Polling requests carry binary messages as base64, and so does the WebSocket of a client with <c>forceBase64</c>.</remarks>
    /// <param name="text">The packet, UTF-8.</param>
    /// <exception cref="ProtocolException">The packet is empty or of no known kind, or its base64 is malformed.</exception>
    public static EnginePacket Parse(ReadOnlyMemory<byte> text)
    {
        if (text.IsEmpty) throw Malformed("An empty Engine.IO packet.");
        var first = text.Span[0];
        if (first is >= (byte)'0' and <= (byte)'6') return new EnginePacket((EnginePacketKind)(first - '0'), text[1..]);
        if (first == (byte)'b') return new EnginePacket(EnginePacketKind.Message, Decode(text.Span[1..]), IsBinary: true);
        throw Malformed("An Engine.IO packet of no known kind.");
    }

    /// <summary>Reads one text packet of protocol 3, in which a binary message is <c>b4</c> and base64.</summary>
    /// <param name="text">The packet, UTF-8.</param>
    /// <exception cref="ProtocolException">The packet is empty or of no known kind, or its base64 is malformed.</exception>
    public static EnginePacket ParseLegacy(ReadOnlyMemory<byte> text)
    {
        if (text.Length < 2 || text.Span[0] != (byte)'b') return Parse(text);
        if (text.Span[1] != (byte)'4') throw Malformed("A binary Engine.IO packet that is no message.");
        return new EnginePacket(EnginePacketKind.Message, Decode(text.Span[2..]), IsBinary: true);
    }

    /// <summary>Reads one binary packet of protocol 3: the number of its kind as a byte, then its bytes.</summary>
    /// <param name="bytes">The packet.</param>
    /// <exception cref="ProtocolException">The packet is empty, or no message.</exception>
    public static EnginePacket ParseLegacyBinary(ReadOnlyMemory<byte> bytes) =>
        !bytes.IsEmpty && bytes.Span[0] == (byte)EnginePacketKind.Message
            ? new EnginePacket(EnginePacketKind.Message, bytes[1..], IsBinary: true)
            : throw Malformed("A binary Engine.IO packet that is no message.");

    private static byte[] Decode(ReadOnlySpan<byte> base64)
    {
        // The decoder skips spaces and tabs, too. Line breaks are valid: the encoder of Android writes one after each 76 characters.
        if (base64.IndexOfAnyExcept(Base64Bytes) >= 0) throw Malformed("Base64 with a foreign character.");
        var significant = base64.Length - base64.Count((byte)'\r') - base64.Count((byte)'\n');
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(significant)];
        if (Base64.DecodeFromUtf8(base64, bytes, out _, out var written) != OperationStatus.Done) throw Malformed("Broken base64.");
        return written == bytes.Length ? bytes : bytes[..written];
    }

    private static ProtocolException Malformed(string message) => new(ProtocolReason.Engine, message);
}
