using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using MessagePack;

namespace TypedSocketRedis.Protocol;

/// <summary>Converts JSON strings to MessagePack text; unpaired surrogates and invalid UTF-8 become U+FFFD.</summary>
internal static class JsonString
{
    /// <summary>Writes the reader's current string or property name.</summary>
    public static void Write(ref Utf8JsonReader reader, PooledBuffer to)
    {
        var raw = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
        {
            WriteText(raw, to);
            return;
        }

        using var text = PooledBuffer.Rent();
        Unescape(raw, text);
        WriteValid(text.WrittenSpan, to);
    }

    /// <summary>Writes text that can contain invalid UTF-8.</summary>
    public static void WriteText(ReadOnlySpan<byte> utf8, PooledBuffer to)
    {
        if (Utf8.IsValid(utf8))
        {
            WriteValid(utf8, to);
            return;
        }

        using var text = PooledBuffer.Rent();
        Repair(utf8, text);
        WriteValid(text.WrittenSpan, to);
    }

    private static void WriteValid(ReadOnlySpan<byte> utf8, PooledBuffer to)
    {
        var span = to.GetSpan(5 + utf8.Length);
        MessagePackPrimitives.TryWriteStringHeader(span, (uint)utf8.Length, out var header);
        utf8.CopyTo(span[header..]);
        to.Advance(header + utf8.Length);
    }

    private static void Unescape(ReadOnlySpan<byte> raw, PooledBuffer to)
    {
        while (true)
        {
            var next = raw.IndexOf((byte)'\\');
            Repair(next < 0 ? raw : raw[..next], to);
            if (next < 0) return;
            raw = raw[next..];
            raw = raw[(raw[1] == (byte)'u' ? UnescapeUnicode(raw, to) : UnescapeShort(raw[1], to))..];
        }
    }

    private static int UnescapeShort(byte c, PooledBuffer to)
    {
        to.Write([c switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            _ => c,
        }]);
        return 2;
    }

    private static int UnescapeUnicode(ReadOnlySpan<byte> raw, PooledBuffer to)
    {
        var first = Hex(raw);
        var length = 6;
        if (!Rune.TryCreate(first, out var rune))
        {
            rune = Rune.ReplacementChar;
            if (raw.Length >= 12 && raw[6] == (byte)'\\' && raw[7] == (byte)'u' && Rune.TryCreate(first, Hex(raw[6..]), out var pair))
            {
                (rune, length) = (pair, 12);
            }
        }

        to.Advance(rune.EncodeToUtf8(to.GetSpan(4)));
        return length;
    }

    private static char Hex(ReadOnlySpan<byte> escape) =>
        Utf8Parser.TryParse(escape.Slice(2, 4), out ushort unit, out _, 'x') ? (char)unit : '\uFFFD';

    private static void Repair(ReadOnlySpan<byte> utf8, PooledBuffer to)
    {
        if (Utf8.IsValid(utf8))
        {
            to.Write(utf8);
            return;
        }

        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out var rune, out var length);
            to.Advance(rune.EncodeToUtf8(to.GetSpan(4)));
            utf8 = utf8[length..];
        }
    }
}
