using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace TypedSocketRedis.Protocol;

/// <summary>Reads hostile MessagePack one value at a time; every length is checked against the remaining bytes.</summary>
/// <remarks><see cref="Read"/> stores the value in the properties. It enters a container: the members are the next values.</remarks>
internal ref struct MessagePackCursor(ReadOnlySpan<byte> data, int offset = 0)
{
    private const sbyte Timestamp = -1;

    private readonly ReadOnlySpan<byte> _data = data;
    private int _at = offset;

    public MessagePackKind Kind { get; private set; }

    /// <summary>The payload of text, bytes and extensions.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The number of members of an array, or of pairs of a map.</summary>
    public int Count { get; private set; }

    /// <summary>An integer, a boolean (0 or 1), the bits of an <see cref="MessagePackKind.Unsigned"/>, an extension's type.</summary>
    public long Integer { get; private set; }

    /// <summary>A float; for a date its milliseconds since 1970, NaN when out of JavaScript's range.</summary>
    public double Number { get; private set; }

    /// <summary>The offset of the next value, in bytes.</summary>
    public readonly int Offset => _at;

    public readonly bool AtEnd => _at == _data.Length;

    private readonly int Remaining => _data.Length - _at;

    public void Read()
    {
        var code = Byte();
        switch (code)
        {
            case < 0x80: SetInteger(code); break;
            case < 0x90: SetMap((uint)code & 0x0F); break;
            case < 0xA0: SetArray((uint)code & 0x0F); break;
            case < 0xC0: SetBytes(MessagePackKind.Text, (uint)code & 0x1F); break;
            case >= 0xE0: SetInteger((sbyte)code); break;
            default: ReadWide(code); break;
        }
    }

    /// <summary>Skips one whole value.</summary>
    /// <param name="depth">The number of containers that can still be entered.</param>
    public void Skip(int depth)
    {
        Read();
        var members = Kind switch { MessagePackKind.Array => Count, MessagePackKind.Map => 2L * Count, _ => -1 };
        if (members < 0) return;
        if (depth <= 0) throw TooDeep();
        for (; members > 0; members--) Skip(depth - 1);
    }

    /// <summary>Throws if bytes follow the last value.</summary>
    public readonly void End()
    {
        if (!AtEnd) throw new ProtocolException(ProtocolReason.Trailing, $"{Remaining} bytes follow the MessagePack value.");
    }

    public static ProtocolException TooDeep() => new(ProtocolReason.Depth, "Arrays and maps are nested too deeply.");

    private void ReadWide(byte code)
    {
        switch (code)
        {
            case 0xC0: Kind = MessagePackKind.Nil; break;
            case 0xC2 or 0xC3: (Kind, Integer) = (MessagePackKind.Boolean, code & 1); break;
            case 0xC4: SetBytes(MessagePackKind.Bytes, Byte()); break;
            case 0xC5: SetBytes(MessagePackKind.Bytes, UInt16()); break;
            case 0xC6: SetBytes(MessagePackKind.Bytes, UInt32()); break;
            case 0xC7: ReadExtension(Byte(), isFixed: false); break;
            case 0xC8: ReadExtension(UInt16(), isFixed: false, wide: true); break;
            case 0xC9: ReadExtension(UInt32(), isFixed: false, wide: true); break;
            case 0xCA: (Kind, Number) = (MessagePackKind.Float, BinaryPrimitives.ReadSingleBigEndian(Take(4))); break;
            case 0xCB: (Kind, Number) = (MessagePackKind.Float, BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case 0xCC: SetInteger(Byte()); break;
            case 0xCD: SetInteger(UInt16()); break;
            case 0xCE: SetInteger(UInt32()); break;
            case 0xCF: SetUnsigned(BinaryPrimitives.ReadUInt64BigEndian(Take(8))); break;
            case 0xD0: SetInteger((sbyte)Byte()); break;
            case 0xD1: SetInteger((short)UInt16()); break;
            case 0xD2: SetInteger((int)UInt32()); break;
            case 0xD3: SetInteger(BinaryPrimitives.ReadInt64BigEndian(Take(8))); break;
            case >= 0xD4 and <= 0xD8: ReadExtension(1u << (code - 0xD4), isFixed: true); break;
            case 0xD9: SetBytes(MessagePackKind.Text, Byte()); break;
            case 0xDA: SetBytes(MessagePackKind.Text, UInt16()); break;
            case 0xDB: SetBytes(MessagePackKind.Text, UInt32()); break;
            case 0xDC: SetArray(UInt16()); break;
            case 0xDD: SetArray(UInt32()); break;
            case 0xDE: SetMap(UInt16()); break;
            case 0xDF: SetMap(UInt32()); break;
            default: throw new ProtocolException(ProtocolReason.Code, "The byte c1 starts no MessagePack value.");
        }
    }

    private void ReadExtension(uint length, bool isFixed, bool wide = false)
    {
        var type = (sbyte)Byte();
        SetBytes(MessagePackKind.Extension, length);
        Integer = type;
        if (type == 0) ReadLegacy(isFixed);
        else if (type == Timestamp && !wide) ReadTimestamp(isFixed);
    }

    private void ReadLegacy(bool isFixed)
    {
        if (!isFixed) Kind = MessagePackKind.Bytes;
        else if (Bytes.Length == 1) Kind = MessagePackKind.Undefined;
        else if (Bytes.Length == 8) SetDate(BinaryPrimitives.ReadInt64BigEndian(Bytes));
    }

    private void ReadTimestamp(bool isFixed)
    {
        // The arithmetic is in doubles, as in JavaScript, so that fractions of a millisecond end the same way.
        if (!isFixed)
        {
            if (Bytes.Length != 12) throw new ProtocolException(ProtocolReason.Timestamp, $"A timestamp of {Bytes.Length} bytes.");
            SetDate((BinaryPrimitives.ReadInt64BigEndian(Bytes[4..]) * 1e3) + (BinaryPrimitives.ReadUInt32BigEndian(Bytes) / 1e6));
        }
        else if (Bytes.Length == 4)
        {
            SetDate(BinaryPrimitives.ReadUInt32BigEndian(Bytes) * 1e3);
        }
        else if (Bytes.Length == 8)
        {
            var bits = BinaryPrimitives.ReadUInt64BigEndian(Bytes);
            SetDate(((bits & 0x3_FFFF_FFFF) * 1e3) + ((bits >> 34) / 1e6));
        }
    }

    private void SetDate(double milliseconds)
    {
        Kind = MessagePackKind.Date;
        Number = Math.Abs(milliseconds) <= IsoDate.MaxMilliseconds ? Math.Truncate(milliseconds) : double.NaN;
    }

    private void SetInteger(long value) => (Kind, Integer) = (MessagePackKind.Integer, value);

    private void SetUnsigned(ulong value) =>
        (Kind, Integer) = (value <= long.MaxValue ? MessagePackKind.Integer : MessagePackKind.Unsigned, (long)value);

    private void SetBytes(MessagePackKind kind, uint length)
    {
        if (length > (uint)Remaining) throw Truncated();
        Kind = kind;
        Bytes = _data.Slice(_at, (int)length);
        _at += (int)length;
    }

    private void SetArray(uint count)
    {
        // Every member has at least one byte, so a larger count is invalid.
        if (count > (uint)Remaining) throw Truncated();
        (Kind, Count) = (MessagePackKind.Array, (int)count);
    }

    private void SetMap(uint count)
    {
        if (count > (uint)Remaining / 2) throw Truncated();
        (Kind, Count) = (MessagePackKind.Map, (int)count);
    }

    private byte Byte()
    {
        if ((uint)_at >= (uint)_data.Length) ThrowTruncated();
        return _data[_at++];
    }

    private ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    private uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    private ReadOnlySpan<byte> Take(int length)
    {
        if (Remaining < length) ThrowTruncated();
        var bytes = _data.Slice(_at, length);
        _at += length;
        return bytes;
    }

    private static ProtocolException Truncated() => new(ProtocolReason.Truncated, "The MessagePack value ends before its length.");

    [DoesNotReturn]
    private static void ThrowTruncated() => throw Truncated();
}
