using System.Runtime.InteropServices;

namespace TypedSocketRedis.Engine;

/// <summary>The opcodes of RFC 6455 section 5.2.</summary>
internal enum WebSocketOpcode : byte
{
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
}

/// <summary>A complete message or control frame; its bytes are valid until the next read.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WebSocketMessage(WebSocketOpcode Opcode, ReadOnlyMemory<byte> Payload);

/// <summary>The header of a frame.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WebSocketFrameHeader(WebSocketOpcode Opcode, bool IsFinal, bool IsCompressed, long Length, uint Mask)
{
    /// <summary>The maximum length of a client's frame header, in bytes.</summary>
    public const int MaxLength = 2 + 8 + MaskLength;

    private const byte Final = 0x80;
    private const byte Reserved = 0x70;
    private const byte Compressed = 0x40;
    private const byte OpcodeBits = 0x0F;
    private const byte Masked = 0x80;
    private const byte LengthBits = 0x7F;
    private const int MaskLength = 4;
    private const int MaxControlPayload = 125;

    public bool IsControl => Opcode >= WebSocketOpcode.Close;

    /// <summary>Returns the length of a header, in bytes, which its second byte determines.</summary>
    /// <exception cref="WebSocketViolation">The header is that of an unmasked frame, which may be shorter than that of a masked
    /// one.</exception>
    public static int LengthOf(byte second) => (second & Masked) != 0
        ? 2 + MaskLength + (second & LengthBits) switch { 126 => 2, 127 => 8, _ => 0 }
        : throw new WebSocketViolation(WebSocketViolation.ProtocolError, "A client's frame is not masked.");

    /// <summary>Parses a complete header, and rejects headers that a client must not send.</summary>
    /// <param name="header">The header.</param>
    /// <param name="deflates">True if messages may be compressed, which the first frame of each message indicates.</param>
    /// <exception cref="WebSocketViolation">The header violates the protocol.</exception>
    public static WebSocketFrameHeader Parse(ReadOnlySpan<byte> header, bool deflates)
    {
        var isCompressed = (header[0] & Reserved) == Compressed && deflates
            && (WebSocketOpcode)(header[0] & OpcodeBits) is WebSocketOpcode.Text or WebSocketOpcode.Binary;
        if ((header[0] & Reserved) != 0 && !isCompressed)
            throw new WebSocketViolation(WebSocketViolation.ProtocolError, "Reserved bits are set.");

        var opcode = (WebSocketOpcode)(header[0] & OpcodeBits);
        var isFinal = (header[0] & Final) != 0;
        var length = (header[1] & LengthBits) switch
        {
            126 => System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(header[2..]),
            127 => System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(header[2..]),
            var small => small,
        };

        if (opcode is not (<= WebSocketOpcode.Binary or (>= WebSocketOpcode.Close and <= WebSocketOpcode.Pong)))
            throw new WebSocketViolation(WebSocketViolation.ProtocolError, "The opcode is unknown.");
        if (length < 0) throw new WebSocketViolation(WebSocketViolation.ProtocolError, "The length is negative.");
        if (opcode >= WebSocketOpcode.Close && (!isFinal || length > MaxControlPayload))
            throw new WebSocketViolation(WebSocketViolation.ProtocolError, "A control frame is fragmented or too long.");

        return new WebSocketFrameHeader(opcode, isFinal, isCompressed, length, MemoryMarshal.Read<uint>(header[^MaskLength..]));
    }

    /// <summary>Removes the mask from a payload, or from a piece of it that starts at a multiple of four.</summary>
    public void Unmask(Span<byte> payload)
    {
        var mask = Mask | ((ulong)Mask << 32);
        var words = MemoryMarshal.Cast<byte, ulong>(payload);
        foreach (ref var word in words) word ^= mask;
        var rest = payload[(words.Length * sizeof(ulong))..];
        for (var i = 0; i < rest.Length; i++) rest[i] ^= (byte)(mask >> (8 * (i & 3)));
    }
}
