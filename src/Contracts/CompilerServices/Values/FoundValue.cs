using System.Globalization;
using MessagePack;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Describes the value that was found where another one was expected.</summary>
internal static class FoundValue
{
    private const int MaxText = 40;

    /// <summary>Describes the next value without reading it.</summary>
    public static string Describe(ref MessagePackReader reader)
    {
        try
        {
            if (reader.End) return "the end of the input";
            var peek = reader.CreatePeekReader();
            return Next(ref peek);
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException or OverflowException)
        {
            // The description is for people; the fact that the value cannot be read is its more important part.
            return "something malformed";
        }
    }

    /// <summary>Returns text in quotes, with control characters escaped, cut if it is long.</summary>
    public static string Text(string? text) => text switch
    {
        null => "null",
        _ => $"the text \"{LogText.Escape(text, MaxText)}\"",
    };

    private static string Next(ref MessagePackReader peek)
    {
        switch (peek.NextMessagePackType)
        {
            case MessagePackType.Nil: return "null";
            case MessagePackType.Boolean: return peek.ReadBoolean() ? "true" : "false";
            case MessagePackType.Integer when peek.NextCode == MessagePackCode.UInt64: return "the number " + peek.ReadUInt64()
                .ToString(CultureInfo.InvariantCulture);
            case MessagePackType.Integer: return "the number " + peek.ReadInt64().ToString(CultureInfo.InvariantCulture);
            case MessagePackType.Float: return "the number " + JsNumber.Text(peek.ReadDouble());
            case MessagePackType.String: return Text(peek.ReadString());
            case MessagePackType.Binary: return "binary";
            case MessagePackType.Array: return "an array";
            case MessagePackType.Map: return "an object";
            case MessagePackType.Extension when peek.ReadExtensionFormatHeader().TypeCode == -1: return "a date";
            case MessagePackType.Extension: return "an extension";
            default: return "something malformed";
        }
    }
}
