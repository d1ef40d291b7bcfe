using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace TypedSocketRedis.Protocol;

/// <summary>Writes pieces of JSON as <c>JSON.stringify</c> does: no spaces, raw UTF-8, shortest numbers.</summary>
/// <param name="buffer">The output, complete only after <see cref="Flush"/>.</param>
/// <param name="limit">The maximum number of bytes to write.</param>
internal ref struct JsonText(PooledBuffer buffer, int limit)
{
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create([.. Enumerable.Range(0x20, 0x60).Select(c => (byte)c).Where(c => c is not ((byte)'"' or (byte)'\\'))]);

    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    private Span<byte> _span;
    private int _at;
    private int _flushed;

    public void Byte(byte value)
    {
        if ((uint)_at >= (uint)_span.Length) Grow(1);
        _span[_at++] = value;
    }

    public void Raw(scoped ReadOnlySpan<byte> json)
    {
        json.CopyTo(Reserve(json.Length));
        _at += json.Length;
    }

    public void Number(long value)
    {
        var to = Reserve(JsNumber.MaxLength);
        _at += JsNumber.Write(value, to);
    }

    /// <summary>Writes a number, or null if JSON has no form for it.</summary>
    public void Number(double value)
    {
        if (!double.IsFinite(value))
        {
            Raw("null"u8);
            return;
        }

        var to = Reserve(JsNumber.MaxLength);
        _at += JsNumber.Write(value, to);
    }

    /// <summary>Writes a date as text, or null if it is NaN.</summary>
    public void Date(double milliseconds)
    {
        if (double.IsNaN(milliseconds))
        {
            Raw("null"u8);
            return;
        }

        var to = Reserve(IsoDate.MaxLength + 2);
        to[0] = (byte)'"';
        var length = IsoDate.Write((long)milliseconds, to[1..]);
        to[length + 1] = (byte)'"';
        _at += length + 2;
    }

    /// <summary>Writes text in quotes; invalid UTF-8 becomes U+FFFD.</summary>
    public void String(scoped ReadOnlySpan<byte> utf8)
    {
        var to = Reserve(utf8.Length + 2);
        var plain = utf8.Length < 16 ? CopyPlain(utf8, to[1..]) : utf8.IndexOfAnyExcept(Plain) < 0;
        if (!plain)
        {
            Escape(utf8);
            return;
        }

        if (utf8.Length >= 16) utf8.CopyTo(to[1..]);
        to[0] = (byte)'"';
        to[utf8.Length + 1] = (byte)'"';
        _at += utf8.Length + 2;
    }

    /// <summary>Commits the written bytes to the buffer.</summary>
    public void Flush()
    {
        buffer.Advance(_at);
        _flushed += _at;
        _span = default;
        _at = 0;
        if (_flushed > limit) throw TooLarge(limit);
    }

    // Most texts are short, and setting up a search costs more than a few bytes.
    private static bool CopyPlain(ReadOnlySpan<byte> from, Span<byte> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            var c = from[i];
            if (c is < 0x20 or >= 0x80 or (byte)'"' or (byte)'\\') return false;
            to[i] = c;
        }

        return true;
    }

    private void Escape(scoped ReadOnlySpan<byte> utf8)
    {
        Byte((byte)'"');
        if (Utf8.IsValid(utf8)) EscapeValid(utf8);
        else Repair(utf8);
        Byte((byte)'"');
    }

    private void EscapeValid(scoped ReadOnlySpan<byte> utf8)
    {
        while (true)
        {
            var next = utf8.IndexOfAny(Escaped);
            if (next < 0) break;
            Raw(utf8[..next]);
            EscapeByte(utf8[next]);
            utf8 = utf8[(next + 1)..];
        }

        Raw(utf8);
    }

    private void EscapeByte(byte c)
    {
        var shortForm = c switch
        {
            (byte)'"' => (byte)'"',
            (byte)'\\' => (byte)'\\',
            (byte)'\b' => (byte)'b',
            (byte)'\t' => (byte)'t',
            (byte)'\n' => (byte)'n',
            (byte)'\f' => (byte)'f',
            (byte)'\r' => (byte)'r',
            _ => (byte)0,
        };
        if (shortForm != 0)
        {
            Raw([(byte)'\\', shortForm]);
            return;
        }

        var hex = "0123456789abcdef"u8;
        Raw([(byte)'\\', (byte)'u', (byte)'0', (byte)'0', hex[c >> 4], hex[c & 15]]);
    }

    private void Repair(scoped ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(utf8, out var rune, out var length);
            if (status == OperationStatus.Done && rune.IsAscii)
            {
                EscapeValid(utf8[..1]);
            }
            else
            {
                var to = Reserve(4);
                _at += rune.EncodeToUtf8(to);
            }

            utf8 = utf8[length..];
        }
    }

    // Changes the position when the buffer grows, so a statement that calls it must not use the position.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int length)
    {
        if (_span.Length - _at < length) Grow(length);
        return _span[_at..];
    }

    private void Grow(int length)
    {
        Flush();
        if (length > limit - _flushed + JsNumber.MaxLength) throw TooLarge(limit);
        _span = buffer.GetSpan(length);
    }

    private static ProtocolException TooLarge(int limit) => new(ProtocolReason.Size, $"The text is larger than {limit} bytes.");
}
