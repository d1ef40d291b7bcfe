using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using MessagePack;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Reads values of the framework's less common types; called by generated code.</summary>
/// <remarks>As in <see cref="ValueReader"/>, nil reads as the default, and any other unexpected value throws
/// <see cref="EventDataException"/>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FrameworkReader
{
    // Parsing takes time that grows with the square of the number of digits.
    private const int MaxDigits = 4096;

    private static readonly string[] TimeFormats = ["HH:mm:ss.FFFFFFF", "HH:mm"];

    /// <summary>Reads a number.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The value, rounded to 16 bits of floating point.</returns>
    public static Half ReadHalf(ref MessagePackReader reader) => (Half)ValueReader.ReadDouble(ref reader);

    /// <summary>Reads an integer from text or from a number.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The value.</returns>
    public static Int128 ReadInt128(ref MessagePackReader reader) =>
        ReadInteger<Int128>(ref reader, "an integer of 128 bits, as text or as a number");

    /// <inheritdoc cref="ReadInt128"/>
    public static UInt128 ReadUInt128(ref MessagePackReader reader) =>
        ReadInteger<UInt128>(ref reader, "an unsigned integer of 128 bits, as text or as a number");

    /// <summary>Reads an integer from text of at most 4,096 digits or from a number.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The value.</returns>
    public static BigInteger ReadBigInteger(ref MessagePackReader reader) =>
        ReadInteger<BigInteger>(ref reader, "an integer, as text of at most 4096 digits or as a number");

    /// <summary>Reads an address, absolute or relative.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The address; null for nil.</returns>
    public static Uri? ReadUri(ref MessagePackReader reader) => ValueReader.ReadString(ref reader) switch
    {
        null => null,
        var text when Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var value) => value,
        var text => throw new EventDataException("an address", FoundValue.Text(text)),
    };

    /// <summary>Reads a version of two to four numbers.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The version; null for nil.</returns>
    public static Version? ReadVersion(ref MessagePackReader reader) => ValueReader.ReadString(ref reader) switch
    {
        null => null,
        var text when Version.TryParse(text, out var value) => value,
        var text => throw new EventDataException("a version such as 1.2.3", FoundValue.Text(text)),
    };

    /// <summary>Reads an IP address of version 4 or 6.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The address; null for nil.</returns>
    public static IPAddress? ReadIPAddress(ref MessagePackReader reader) => ValueReader.ReadString(ref reader) switch
    {
        null => null,
        var text when IPAddress.TryParse(text, out var value) => value,
        var text => throw new EventDataException("an IP address", FoundValue.Text(text)),
    };

    /// <summary>Reads an IP address with a port.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The address and the port; null for nil.</returns>
    public static IPEndPoint? ReadIPEndPoint(ref MessagePackReader reader) => ValueReader.ReadString(ref reader) switch
    {
        null => null,
        var text when IPEndPoint.TryParse(text, out var value) => value,
        var text => throw new EventDataException("an IP address with a port", FoundValue.Text(text)),
    };

    /// <summary>Reads a day from <c>2024-02-29</c>, or the day in UTC of an instant.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The day.</returns>
    public static DateOnly ReadDateOnly(ref MessagePackReader reader) => DateOnly.FromDateTime(ValueReader.ReadDateTime(ref reader));

    /// <summary>Reads a time of day from <c>12:34</c>, <c>12:34:56</c> or <c>12:34:56.789</c>.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The time.</returns>
    public static TimeOnly ReadTimeOnly(ref MessagePackReader reader) => ValueReader.ReadString(ref reader) switch
    {
        null => default,
        var text when TimeOnly.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) => value,
        var text => throw new EventDataException("a time of day such as 12:34:56", FoundValue.Text(text)),
    };

    /// <summary>Reads text of exactly one character, which can have two UTF-16 units.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The character.</returns>
    public static Rune ReadRune(ref MessagePackReader reader)
    {
        var text = ValueReader.ReadString(ref reader);
        if (text is null) return default;
        return Rune.DecodeFromUtf16(text, out var rune, out var length) == System.Buffers.OperationStatus.Done && length == text.Length
            ? rune
            : throw new EventDataException("text of one character", FoundValue.Text(text));
    }

    /// <summary>Reads the key of a dictionary.</summary>
    /// <typeparam name="T">The key's type.</typeparam>
    /// <param name="reader">The input.</param>
    /// <returns>The key.</returns>
    public static T ReadKey<T>(ref MessagePackReader reader)
        where T : ISpanParsable<T>
    {
        var text = ValueReader.ReadTextKey(ref reader);
        return T.TryParse(text, CultureInfo.InvariantCulture, out var key)
            ? key
            : throw new EventDataException($"a key that is a {typeof(T).Name}", FoundValue.Text(text));
    }

    /// <summary>Reads the key of a dictionary of enums: the number, or the name of a member.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="reader">The input.</param>
    /// <returns>The key.</returns>
    public static TEnum ReadEnumKey<TEnum>(ref MessagePackReader reader)
        where TEnum : struct, Enum => EnumReader.Parse<TEnum>(ValueReader.ReadTextKey(ref reader));

    /// <summary>Reads the key of a dictionary of dates from ISO 8601 text.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The key, in UTC.</returns>
    public static DateTime ReadDateTimeKey(ref MessagePackReader reader) => ReadDateTimeOffsetKey(ref reader).UtcDateTime;

    /// <summary>Reads the key of a dictionary of dates from ISO 8601 text.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The key.</returns>
    public static DateTimeOffset ReadDateTimeOffsetKey(ref MessagePackReader reader) => ValueReader.ReadTextKey(ref reader) switch
    {
        var text when IsoInstant.TryParse(text, out var value) => value,
        var text => throw new EventDataException(IsoInstant.Expected, FoundValue.Text(text)),
    };

    /// <summary>Reads the key of a dictionary of durations from the text of a number of milliseconds.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The key.</returns>
    public static TimeSpan ReadTimeSpanKey(ref MessagePackReader reader) => ValueReader.ReadTextKey(ref reader) switch
    {
        var text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && Math.Abs(value) < long.MaxValue / TimeSpan.TicksPerMillisecond => new((long)(value * TimeSpan.TicksPerMillisecond)),
        var text => throw new EventDataException("a key that is a number of milliseconds", FoundValue.Text(text)),
    };

    /// <summary>Reads the key of a dictionary of times of day.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The key.</returns>
    public static TimeOnly ReadTimeOnlyKey(ref MessagePackReader reader) => ReadTimeOnly(ref reader);

    /// <summary>Reads the key of a dictionary of addresses.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The key.</returns>
    public static Uri ReadUriKey(ref MessagePackReader reader) => ReadUri(ref reader) ?? throw DataPath.Null();

    /// <summary>Reads the key of a dictionary of versions.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The key.</returns>
    public static Version ReadVersionKey(ref MessagePackReader reader) => ReadVersion(ref reader) ?? throw DataPath.Null();

    private static T ReadInteger<T>(ref MessagePackReader reader, string expected)
        where T : struct, IBinaryInteger<T>
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Nil: reader.ReadNil(); return T.Zero;
            case MessagePackType.Integer when reader.NextCode == MessagePackCode.UInt64: return T.CreateChecked(reader.ReadUInt64());
            case MessagePackType.Integer when typeof(T) != typeof(UInt128) || reader.CreatePeekReader().ReadInt64() >= 0:
                return T.CreateChecked(reader.ReadInt64());
            case MessagePackType.String:
                var text = reader.ReadString();
                return text!.Length <= MaxDigits
                    && T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                    ? value
                    : throw new EventDataException(expected, FoundValue.Text(text));
            case MessagePackType.Float:
                var number = reader.ReadDouble();
                if (double.IsInteger(number) && T.CreateSaturating(number) is var whole && double.CreateSaturating(whole) == number)
                    return whole;
                throw new EventDataException(expected, "the number " + JsNumber.Text(number));
            default: throw ValueReader.Unexpected(ref reader, expected);
        }
    }
}
