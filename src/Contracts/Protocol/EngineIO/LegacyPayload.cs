using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace TypedSocketRedis.Protocol;

/// <summary>The body of one long-polling request or response of protocol 3: packets with their lengths before them.</summary>
/// <remarks>
/// <para>As text: <c>6:4hello5:b4AQI</c>, with lengths in UTF-16 code units. As bytes, if the client supports that and there is a binary
/// message: <c>00</c> for a text or <c>01</c> for bytes, the decimal digits of the length as one byte each, <c>FF</c>, and the packet,
/// with lengths in bytes.</para>
/// <para>Reading advances a position: <c>while (payload.TryRead(out var packet)) …</c></para>
/// </remarks>
/// <param name="body">The body.</param>
/// <param name="isBinary">True for a body of bytes.</param>
internal struct LegacyPayload(ReadOnlyMemory<byte> body, bool isBinary)
{
    // More than any body has bytes.
    private const int MaxDigits = 9;
    private const byte TextMark = 0;
    private const byte BinaryMark = 1;
    private const byte LengthEnd = 0xFF;

    private ReadOnlyMemory<byte> _rest = body;
    private bool _started;

    /// <summary>Reads the next packet.</summary>
    /// <returns><see langword="false"/> after the last packet.</returns>
    /// <exception cref="ProtocolException">A length or a packet is malformed.</exception>
    public bool TryRead(out EnginePacket packet)
    {
        packet = default;
        if (_rest.IsEmpty && (_started || isBinary)) return false;
        _started = true;
        packet = isBinary ? ReadFromBytes() : ReadFromText();
        return true;
    }

    /// <summary>Writes frames in order.</summary>
    /// <param name="frames">The frames, whose text starts with the Engine.IO kind.</param>
    /// <param name="isTextOnly">True for a client that reads binary messages only as base64.</param>
    /// <param name="to">The output to append the body to.</param>
    /// <returns>True if the body is one of bytes.</returns>
    public static bool Write(IReadOnlyList<Frame> frames, bool isTextOnly, IBufferWriter<byte> to)
    {
        var isBinary = false;
        if (!isTextOnly) foreach (var frame in frames) isBinary |= frame.HasBinary;
        foreach (var frame in frames)
        {
            foreach (var part in frame.Parts)
            {
                if (isBinary) WriteToBytes(frame.Payload(part), part.IsBinary, to);
                else WriteToText(frame.Payload(part), part.IsBinary, to);
            }
        }

        return isBinary;
    }

    private static void WriteToText(ReadOnlySpan<byte> payload, bool isBinary, IBufferWriter<byte> to)
    {
        // Base64 is ASCII, so its bytes are its code units.
        WriteDigits(isBinary ? Base64Message.LegacyLengthOf(payload.Length) : Encoding.UTF8.GetCharCount(payload), zero: (byte)'0', to);
        to.Write(":"u8);
        if (isBinary) to.Advance(Base64Message.WriteLegacy(payload, to.GetSpan(Base64Message.LegacyLengthOf(payload.Length))));
        else to.Write(payload);
    }

    private static void WriteToBytes(ReadOnlySpan<byte> payload, bool isBinary, IBufferWriter<byte> to)
    {
        to.Write([isBinary ? BinaryMark : TextMark]);
        WriteDigits(isBinary ? checked(payload.Length + 1) : payload.Length, zero: 0, to);
        to.Write(isBinary ? [LengthEnd, (byte)EnginePacketKind.Message] : [LengthEnd]);
        to.Write(payload);
    }

    private static void WriteDigits(int length, byte zero, IBufferWriter<byte> to)
    {
        Span<byte> digits = stackalloc byte[MaxDigits + 1];
        Utf8Formatter.TryFormat(length, digits, out var count);
        for (var i = 0; i < count; i++) digits[i] = (byte)(digits[i] - '0' + zero);
        to.Write(digits[..count]);
    }

    private EnginePacket ReadFromText()
    {
        var length = ReadLength(_rest.Span, zero: (byte)'0', end: (byte)':', out var start);
        var bytes = BytesOf(_rest.Span[start..], length);
        var packet = EnginePacket.ParseLegacy(_rest.Slice(start, bytes));
        _rest = _rest[(start + bytes)..];
        return packet;
    }

    private EnginePacket ReadFromBytes()
    {
        var mark = _rest.Span[0];
        var length = ReadLength(_rest.Span[1..], zero: 0, LengthEnd, out var start);
        start++;
        if (mark > BinaryMark || length > _rest.Length - start) throw Malformed();
        var bytes = _rest.Slice(start, length);
        _rest = _rest[(start + length)..];
        return mark == BinaryMark ? EnginePacket.ParseLegacyBinary(bytes) : EnginePacket.ParseLegacy(bytes);
    }

    private static int ReadLength(ReadOnlySpan<byte> bytes, byte zero, byte end, out int start)
    {
        var length = 0;
        for (start = 0; start < bytes.Length; start++)
        {
            if (bytes[start] == end && start > 0)
            {
                start++;
                return length;
            }

            var digit = bytes[start] - zero;
            if (digit is < 0 or > 9 || start == MaxDigits) throw Malformed();
            length = (length * 10) + digit;
        }

        throw Malformed();
    }

    /// <summary>Returns the number of bytes of a number of UTF-16 code units.</summary>
    private static int BytesOf(ReadOnlySpan<byte> utf8, int units)
    {
        if (units <= utf8.Length && Ascii.IsValid(utf8[..units])) return units;
        var bytes = 0;
        while (units > 0)
        {
            if (Rune.DecodeFromUtf8(utf8[bytes..], out var rune, out var consumed) != OperationStatus.Done) throw Malformed();
            bytes += consumed;
            units -= rune.Utf16SequenceLength;
        }

        return units == 0 ? bytes : throw Malformed();
    }

    private static ProtocolException Malformed() => new(ProtocolReason.Engine, "A length in an Engine.IO payload is malformed.");
}
