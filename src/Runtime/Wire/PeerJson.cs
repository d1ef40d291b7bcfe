using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Writes pieces of JSON between nodes, as <c>JSON.stringify</c> writes them.</summary>
internal static class PeerJson
{
    private static readonly Limits Limits = Limits.Outgoing;

    /// <summary>Writes a text in quotes.</summary>
    public static void WriteText(this PooledBuffer to, string text)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        var utf8 = ArrayPool<byte>.Shared.Rent(length);
        var json = new JsonText(to, Limits.PacketBytes);
        json.String(utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8)));
        json.Flush();
        ArrayPool<byte>.Shared.Return(utf8);
    }

    /// <summary>Writes a list of texts.</summary>
    public static void WriteTexts(this PooledBuffer to, IEnumerable<string> texts)
    {
        var separator = "["u8;
        foreach (var text in texts)
        {
            to.Write(separator);
            to.WriteText(text);
            separator = ","u8;
        }

        if (separator[0] == (byte)'[') to.Write(separator);
        to.Write("]"u8);
    }

    /// <summary>Writes a list of rooms.</summary>
    public static void WriteTexts(this PooledBuffer to, ImmutableArray<string> texts) => to.WriteTexts((IEnumerable<string>)texts);

    /// <summary>Writes any value; bytes in it are spelled out.</summary>
    /// <exception cref="ProtocolException">The value is malformed, nested too deeply or too large.</exception>
    public static void WriteValue(this PooledBuffer to, ReadOnlyMemory<byte> messagePack) =>
        Transcoder.Write(messagePack, to, Limits, BinaryForm.Buffer);

    /// <summary>
    /// Writes a value of another producer, or null when it has no JSON: one invalid value must not cost the whole message.
    /// </summary>
    public static void WriteValueOrNull(this PooledBuffer to, ReadOnlyMemory<byte> messagePack)
    {
        var start = to.WrittenCount;
        try
        {
            to.WriteValue(messagePack);
        }
        catch (ProtocolException)
        {
            to.Truncate(start);
            to.Write("null"u8);
        }
    }
}
