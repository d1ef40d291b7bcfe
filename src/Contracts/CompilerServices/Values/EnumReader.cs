using System.ComponentModel;
using System.Globalization;
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

    /// <summary>Parses the name of a member in any case, a list of them for flags, or a number.</summary>
    internal static TEnum Parse<TEnum>(string? text)
        where TEnum : struct, Enum =>
        IsSingle(text, Flags<TEnum>.AreCombined) && Enum.TryParse<TEnum>(text, ignoreCase: true, out var value)
            ? value
            : throw Unknown(Enum.GetNames<TEnum>(), text);

    /// <summary>Writes an enum that is sent as a number.</summary>
    internal static void Write(ref MessagePackWriter writer, Enum value)
    {
        if (value.GetTypeCode() == TypeCode.UInt64) ValueWriter.Write(ref writer, Convert.ToUInt64(value, CultureInfo.InvariantCulture));
        else ValueWriter.Write(ref writer, Convert.ToInt64(value, CultureInfo.InvariantCulture));
    }

    /// <inheritdoc cref="Parse{TEnum}(string?)"/>
    internal static object Parse(Type type, string? text) =>
        IsSingle(text, type.IsDefined(typeof(FlagsAttribute), inherit: false)) && Enum.TryParse(type, text, ignoreCase: true, out var value)
            ? value
            : throw Unknown(Enum.GetNames(type), text);

    /// <summary>Parses the text of an enum's number.</summary>
    internal static bool TryParseNumber<TEnum>(string text, out TEnum value)
        where TEnum : struct, Enum
    {
        value = default;
        return text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] == '-') && Enum.TryParse(text, out value);
    }

    /// <summary>Parses the name of one member in any case.</summary>
    internal static bool TryParseName<TEnum>(string text, out TEnum value)
        where TEnum : struct, Enum
    {
        value = default;
        return IsSingle(text, isFlags: false) && !char.IsAsciiDigit(text[0]) && text[0] != '-'
            && Enum.TryParse(text, ignoreCase: true, out value);
    }

    internal static EventDataException Unknown(IEnumerable<string> texts, string? text) =>
        new($"one of {Known(texts)}, or its number", FoundValue.Text(text));

    // The framework also accepts a sign, spaces and a list of members of any enum.
    private static bool IsSingle(string? text, bool isFlags) =>
        text is { Length: > 0 } && text[0] != '+' && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1])
        && (isFlags || !text.Contains(','));

    // For messages: all texts of a usual enum, the first ones of a huge enum.
    private static string Known(IEnumerable<string> texts)
    {
        var known = new StringBuilder();
        foreach (var text in texts)
        {
            if (known.Length + text.Length > MaxKnown) return known.Append(", …").ToString();
            known.Append(known.Length > 0 ? ", " : "").Append(text);
        }

        return known.ToString();
    }

    private static class Flags<TEnum>
    {
        public static readonly bool AreCombined = typeof(TEnum).IsDefined(typeof(FlagsAttribute), inherit: false);
    }
}
