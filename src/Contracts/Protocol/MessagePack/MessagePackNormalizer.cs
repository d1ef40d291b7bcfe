using System.Buffers.Binary;
using System.Text.Unicode;
using MessagePack;

namespace TypedSocketRedis.Protocol;

/// <summary>Normalizes the MessagePack of any peer to one form.</summary>
/// <remarks>
/// <para>The differences come from JavaScript: <c>undefined</c> becomes nil, and an undefined property is removed;
/// old forms of bytes become bin; keys are text; invalid UTF-8 becomes U+FFFD; an invalid date is nil, and an
/// unknown extension is <c>[type,bytes]</c>: the same values that JSON has between the two peers.
/// A property <c>__proto__</c> is dropped, see <see cref="PrototypeKey"/>.</para>
/// <para>Only dates have two forms: MessagePack's timestamp, for this process and other nodes, and that of
/// socket.io-msgpack-parser (notepack.io 2), <c>d7 00</c> and the milliseconds in 64 bits.</para>
/// </remarks>
internal ref struct MessagePackNormalizer
{
    private const byte NotepackDate = 0;

    private readonly ReadOnlySpan<byte> _source;
    private readonly PooledBuffer _to;
    private readonly bool _forNotepack;
    private readonly long _limit;
    private MessagePackCursor _cursor;

    private MessagePackNormalizer(ReadOnlySpan<byte> source, int offset, PooledBuffer to, bool forNotepack, long limit)
    {
        _source = source;
        (_to, _forNotepack, _limit) = (to, forNotepack, limit);
        _cursor = new MessagePackCursor(source, offset);
    }

    /// <summary>Writes values in the normalized form.</summary>
    /// <param name="source">The values, one after the other.</param>
    /// <param name="offset">The offset of the first value, in bytes.</param>
    /// <param name="count">The number of values.</param>
    /// <param name="to">The buffer to append to; its content is undefined after an exception.</param>
    /// <param name="depth">The maximum depth of nested arrays and maps.</param>
    /// <param name="limit">The maximum size of the buffer's content, in bytes.</param>
    /// <param name="forNotepack"><see langword="true"/> if dates are written in the form of socket.io-msgpack-parser.</param>
    /// <returns>The offset after the last value, in bytes.</returns>
    /// <exception cref="ProtocolException">The values are malformed or exceed a limit.</exception>
    public static int Write(ReadOnlySpan<byte> source, int offset, int count, PooledBuffer to, int depth, long limit, bool forNotepack)
    {
        if (TryFindEnd(source, offset, count, depth, forNotepack, out var end))
        {
            if (to.WrittenCount + (long)(end - offset) > limit) throw TooLarge(limit);
            to.Write(source[offset..end]);
            return end;
        }

        var form = new MessagePackNormalizer(source, offset, to, forNotepack, limit);
        for (var i = 0; i < count; i++) form.Next(depth);
        return form._cursor.Offset;
    }

    // Most values are normalized already and are copied in one piece.
    private static bool TryFindEnd(ReadOnlySpan<byte> source, int offset, int count, int depth, bool forNotepack, out int end)
    {
        var cursor = new MessagePackCursor(source, offset);
        end = offset;
        for (var i = 0; i < count; i++)
        {
            if (!IsPlain(ref cursor, source, depth, forNotepack)) return false;
        }

        end = cursor.Offset;
        return true;
    }

    private static bool IsPlain(ref MessagePackCursor cursor, ReadOnlySpan<byte> source, int depth, bool forNotepack)
    {
        var code = cursor.AtEnd ? (byte)0 : source[cursor.Offset];
        cursor.Read();
        switch (cursor.Kind)
        {
            case MessagePackKind.Undefined or MessagePackKind.Extension: return false;
            case MessagePackKind.Text: return Utf8.IsValid(cursor.Bytes);
            case MessagePackKind.Bytes: return code is >= MessagePackCode.Bin8 and <= MessagePackCode.Bin32;
            case MessagePackKind.Date: return IsDateOf(cursor, forNotepack);
            case MessagePackKind.Array:
                if (depth <= 0) throw MessagePackCursor.TooDeep();
                for (var items = cursor.Count; items > 0; items--)
                {
                    if (!IsPlain(ref cursor, source, depth - 1, forNotepack)) return false;
                }

                return true;
            case MessagePackKind.Map:
                if (depth <= 0) throw MessagePackCursor.TooDeep();
                for (var pairs = cursor.Count; pairs > 0; pairs--)
                {
                    cursor.Read();
                    if (cursor.Kind != MessagePackKind.Text || !Utf8.IsValid(cursor.Bytes) || PrototypeKey.Is(cursor.Bytes)) return false;
                    if (!IsPlain(ref cursor, source, depth - 1, forNotepack)) return false;
                }

                return true;
            default: return true;
        }
    }

    private static bool IsDateOf(in MessagePackCursor cursor, bool forNotepack) =>
        !double.IsNaN(cursor.Number) && cursor.Integer == NotepackDate == forNotepack;

    private void Next(int depth)
    {
        var start = _cursor.Offset;
        _cursor.Read();
        Value(start, depth);
    }

    private void Value(int start, int depth)
    {
        switch (_cursor.Kind)
        {
            case MessagePackKind.Undefined: Append([MessagePackCode.Nil]); break;
            case MessagePackKind.Text: Text(_cursor.Bytes); break;
            case MessagePackKind.Bytes: Bytes(_cursor.Bytes); break;
            case MessagePackKind.Date: Date(_cursor.Number); break;
            case MessagePackKind.Array: Array(depth); break;
            case MessagePackKind.Map: Map(depth); break;
            case MessagePackKind.Extension: Extension(); break;
            default: Append(_source[start.._cursor.Offset]); break;
        }
    }

    private void Array(int depth)
    {
        if (depth <= 0) throw MessagePackCursor.TooDeep();
        var count = _cursor.Count;
        Header(MessagePackCode.Array32, count);
        for (var i = 0; i < count; i++) Next(depth - 1);
    }

    private void Map(int depth)
    {
        if (depth <= 0) throw MessagePackCursor.TooDeep();
        var pairs = _cursor.Count;
        var header = _to.WrittenCount;
        var count = pairs;
        Header(MessagePackCode.Map32, count);
        for (var i = 0; i < pairs; i++)
        {
            var keyAt = _cursor.Offset;
            _cursor.Skip(depth - 1);
            var valueAt = _cursor.Offset;
            _cursor.Read();
            if (_cursor.Kind == MessagePackKind.Undefined)
            {
                count--;
                continue;
            }

            var value = _cursor;
            if (TryKey(keyAt, depth - 1))
            {
                _cursor = value;
                Value(valueAt, depth - 1);
            }
            else
            {
                _cursor = new MessagePackCursor(_source, valueAt);
                _cursor.Skip(depth - 1);
                count--;
            }
        }

        if (count < pairs) Patch(header, count);
    }

    // False for a key that is dropped; its text is compared, which other kinds of keys can have, too.
    private bool TryKey(int offset, int depth)
    {
        var cursor = new MessagePackCursor(_source, offset);
        using var key = PooledBuffer.Rent();
        MapKey.Write(ref cursor, key, depth);
        if (PrototypeKey.Is(key.WrittenSpan)) return false;
        Text(key.WrittenSpan);
        return true;
    }

    private void Text(ReadOnlySpan<byte> utf8)
    {
        Check(utf8.Length);
        JsonString.WriteText(utf8, _to);
    }

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        Check(bytes.Length);
        MessagePackPrimitives.TryWriteBinHeader(_to.GetSpan(5), (uint)bytes.Length, out var written);
        _to.Advance(written);
        _to.Write(bytes);
    }

    private void Date(double milliseconds)
    {
        if (double.IsNaN(milliseconds))
        {
            Append([MessagePackCode.Nil]);
        }
        else if (_forNotepack)
        {
            Span<byte> date = [MessagePackCode.FixExt8, NotepackDate, 0, 0, 0, 0, 0, 0, 0, 0];
            BinaryPrimitives.WriteInt64BigEndian(date[2..], (long)milliseconds);
            Append(date);
        }
        else
        {
            Timestamp((long)milliseconds);
        }
    }

    private void Timestamp(long milliseconds)
    {
        var seconds = Math.DivRem(milliseconds, 1000, out var rest);
        if (rest < 0) (seconds, rest) = (seconds - 1, rest + 1000);
        const byte type = unchecked((byte)-1);
        Span<byte> wide = [MessagePackCode.Ext8, 12, type, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        if (seconds >> 34 != 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(wide[3..], (uint)rest * 1_000_000);
            BinaryPrimitives.WriteInt64BigEndian(wide[7..], seconds);
            Append(wide);
        }
        else if (rest != 0 || seconds > uint.MaxValue)
        {
            Span<byte> date = [MessagePackCode.FixExt8, type, 0, 0, 0, 0, 0, 0, 0, 0];
            BinaryPrimitives.WriteUInt64BigEndian(date[2..], ((ulong)rest * 1_000_000 << 34) | (ulong)seconds);
            Append(date);
        }
        else
        {
            Span<byte> date = [MessagePackCode.FixExt4, type, 0, 0, 0, 0];
            BinaryPrimitives.WriteUInt32BigEndian(date[2..], (uint)seconds);
            Append(date);
        }
    }

    private void Extension()
    {
        Span<byte> type = stackalloc byte[2];
        MessagePackPrimitives.TryWrite(type, (int)_cursor.Integer, out var written);
        Append([MessagePackCode.MinFixArray | 2]);
        Append(type[..written]);
        Bytes(_cursor.Bytes);
    }

    // In the 32-bit form, so that a smaller count can be written later.
    private void Header(byte code, int count)
    {
        Span<byte> header = [code, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header[1..], count);
        Append(header);
    }

    private readonly void Patch(int header, int count)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, count);
        _to.Overwrite(header + 1, bytes);
    }

    private void Append(scoped ReadOnlySpan<byte> bytes)
    {
        Check(bytes.Length);
        _to.Write(bytes);
    }

    private readonly void Check(int more)
    {
        if (_to.WrittenCount + (long)more > _limit) throw TooLarge(_limit);
    }

    private static ProtocolException TooLarge(long limit) => new(ProtocolReason.Size, $"The packet is larger than {limit} bytes.");
}
