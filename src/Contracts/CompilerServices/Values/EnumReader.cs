using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using MessagePack;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Reads and writes enums as other values than plain numbers; called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EnumReader
{
    private const int MaxKnown = 200;

    /// <summary>Reads an enum from its number or from the name of a member.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <typeparam name="TNumber">The enum's underlying type.</typeparam>
    /// <param name="reader">The input.</param>
    /// <returns>The value, which may have no name; 0 for nil.</returns>
    public static TEnum Read<TEnum, TNumber>(ref MessagePackReader reader)
        where TEnum : struct, Enum
        where TNumber : struct, IBinaryInteger<TNumber>, IMinMaxValue<TNumber>
    {
        if (reader.NextMessagePackType != MessagePackType.String)
            return Unsafe.BitCast<TNumber, TEnum>(IntegerReader.Read<TNumber>(ref reader));
        return Parse<TEnum>(reader.ReadString());
    }

    /// <summary>Parses a text that the contract does not list: a name in another case, a list of flags, or a number.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="name">The text in UTF-8.</param>
    /// <param name="known">The texts that the contract lists, as readable text.</param>
    /// <returns>The value.</returns>
    public static TEnum Parse<TEnum>(ReadOnlySpan<byte> name, string known)
        where TEnum : struct, Enum =>
            Encoding.UTF8.GetString(name) is var text && Enum.TryParse<TEnum>(text, ignoreCase: true, out var value)
        ? value
        : throw Unknown(known, text);

    /// <summary>Writes a combination of flags as <c>System.Text.Json</c> does, <c>"Read, Write"</c>, or as the number if it is
    /// none.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    /// <param name="number">The value as a number.</param>
    public static void WriteFlags<TEnum>(ref MessagePackWriter writer, TEnum value, long number)
        where TEnum : struct, Enum
    {
        Span<char> text = stackalloc char[256];
        if (Enum.TryFormat(value, text, out var length) && !char.IsAsciiDigit(text[0]) && text[0] != '-') writer.Write(text[..length]);
        else ValueWriter.Write(ref writer, number);
    }

    internal static TEnum Parse<TEnum>(string? text)
        where TEnum : struct, Enum => Enum.TryParse<TEnum>(text, ignoreCase: true, out var value)
        ? value
        : throw Unknown(Known(Enum.GetNames<TEnum>()), text);

    private static EventDataException Unknown(string known, string? text) => new($"one of {known}, or its number", FoundValue.Text(text));

    // For messages: all names of a usual enum, the first ones of a huge enum.
    private static string Known(string[] names)
    {
        var known = new StringBuilder();
        foreach (var name in names)
        {
            if (known.Length + name.Length > MaxKnown) return known.Append(", …").ToString();
            known.Append(known.Length > 0 ? ", " : "").Append(name);
        }

        return known.ToString();
    }
}
