using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using MessagePack;

namespace TypedSocketRedis.Protocol;

/// <summary>Reads and writes enums beyond the plain number; generated code is its caller.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EnumReader
{
    /// <summary>Reads an enum from its number or from the name of a member.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <typeparam name="TNumber">The number behind it.</typeparam>
    /// <param name="reader">The input.</param>
    /// <returns>The value, which may be one that has no name; nil reads as 0.</returns>
    public static TEnum Read<TEnum, TNumber>(ref MessagePackReader reader)
        where TEnum : struct, Enum
        where TNumber : struct, IBinaryInteger<TNumber>, IMinMaxValue<TNumber>
    {
        if (reader.NextMessagePackType != MessagePackType.String)
            return Unsafe.BitCast<TNumber, TEnum>(IntegerReader.Read<TNumber>(ref reader));
        return Parse<TEnum>(reader.ReadString());
    }

    /// <summary>Finds a member by the text its contract does not know: other case, a list of flags, or a number.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="name">UTF-8.</param>
    /// <returns>The value.</returns>
    public static TEnum Parse<TEnum>(ReadOnlySpan<byte> name)
        where TEnum : struct, Enum => Parse<TEnum>(Encoding.UTF8.GetString(name));

    /// <summary>Writes a combination of flags as <c>System.Text.Json</c> does, <c>"Read, Write"</c>, or the number when it is none.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="writer">Where it goes.</param>
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
        : throw new EventDataException($"a member of {typeof(TEnum).Name}, by name or number", FoundValue.Text(text));
}
