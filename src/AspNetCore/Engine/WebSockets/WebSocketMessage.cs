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

/// <summary>The header of a frame, RFC 6455 section 5.2.</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-------+-+-------------+-------------------------------+
/// |F|R|R|R| opcode|M| Payload len |    Extended payload length    |
/// |I|S|S|S|  (4)  |A|     (7)     |            (16/64)            |
/// |N|V|V|V|       |S|             |  (if payload len is 126/127)  |
/// | |1|2|3|       |K|             |                               |
/// +-+-+-+-+-------+-+-------------+ - - - - - - - - - - - - - - - +
/// |    Extended payload length continued, if payload len is 127   |
/// + - - - - - - - - - - - - - - - +-------------------------------+
/// |                               |  Masking-key, if MASK is set  |
/// +-------------------------------+-------------------------------+
/// |    Masking-key (continued)    |         Payload data          |
/// +-------------------------------+ - - - - - - - - - - - - - - - +
/// </code>
/// RSV1 marks the first frame of a compressed message (RFC 7692 section 6); RSV2 and RSV3 are always zero.
/// </remarks>
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

        // Section 5.1: a server closes the connection of a client that sends a frame without a mask.
        : throw new WebSocketViolation(WebSocketViolation.ProtocolError, "A client's frame is not masked.");

    /// <summary>Parses a complete header, and rejects headers that a client must not send.</summary>
    /// <param name="header">The header.</param>
    /// <param name="deflates">True if messages may be compressed, which the first frame of each message indicates.</param>
    /// <exception cref="WebSocketViolation">The header violates the protocol.</exception>
    public static WebSocketFrameHeader Parse(ReadOnlySpan<byte> header, bool deflates)
    {
        // Section 5.2: reserved bits are zero unless an extension gives them a meaning; RFC 7692 section 6 does so for RSV1.
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

        // Section 5.2: the opcodes 3 to 7 and 11 to 15 are reserved, and the first bit of a length of 64 bits is zero.
        if (opcode is not (<= WebSocketOpcode.Binary or (>= WebSocketOpcode.Close and <= WebSocketOpcode.Pong)))
            throw new WebSocketViolation(WebSocketViolation.ProtocolError, "The opcode is unknown.");
        if (length < 0) throw new WebSocketViolation(WebSocketViolation.ProtocolError, "The length is negative.");

        // Section 5.5: a control frame has at most 125 bytes and is not fragmented.
        if (opcode >= WebSocketOpcode.Close && (!isFinal || length > MaxControlPayload))
            throw new WebSocketViolation(WebSocketViolation.ProtocolError, "A control frame is fragmented or too long.");

        return new WebSocketFrameHeader(opcode, isFinal, isCompressed, length, MemoryMarshal.Read<uint>(header[^MaskLength..]));
    }

    /// <summary>Removes the mask from a payload, or from a piece of it that starts at a multiple of four (section 5.3).</summary>
    public void Unmask(Span<byte> payload)
    {
        var mask = Mask | ((ulong)Mask << 32);
        var words = MemoryMarshal.Cast<byte, ulong>(payload);
        foreach (ref var word in words) word ^= mask;
        var rest = payload[(words.Length * sizeof(ulong))..];
        for (var i = 0; i < rest.Length; i++) rest[i] ^= (byte)(mask >> (8 * (i & 3)));
    }
}
