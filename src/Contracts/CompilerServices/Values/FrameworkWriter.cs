using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using MessagePack;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Writes values of the framework's less common types; called by generated code.</summary>
/// <remarks>Nothing is allocated, except for a <see cref="BigInteger"/> of more than 128 bits.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FrameworkWriter
{
    // The longest text is an IPv6 address with a scope and a port.
    private const int MaxText = 80;

    private const string InstantKey = "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ";

    /// <summary>Writes a number in the form of a <see cref="double"/>.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    public static void WriteHalf(ref MessagePackWriter writer, Half value) => ValueWriter.Write(ref writer, (double)value);

    /// <summary>Writes an integer as text of decimal digits, so that no digit is lost.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    public static void WriteInt128(ref MessagePackWriter writer, Int128 value) => WriteText(ref writer, value, default);

    /// <inheritdoc cref="WriteInt128"/>
    public static void WriteUInt128(ref MessagePackWriter writer, UInt128 value) => WriteText(ref writer, value, default);

    /// <inheritdoc cref="WriteInt128"/>
    public static void WriteBigInteger(ref MessagePackWriter writer, BigInteger value)
    {
        if (value.GetBitLength() < 128) WriteText(ref writer, (Int128)value, default);
        else writer.Write(value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Writes an address as its original text, or nil.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    public static void WriteUri(ref MessagePackWriter writer, Uri? value) => writer.Write(value?.OriginalString);

    /// <summary>Writes a version as text, <c>"1.2.3"</c>, or nil.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    public static void WriteVersion(ref MessagePackWriter writer, Version? value)
    {
        if (value is null) writer.WriteNil();
        else WriteText(ref writer, value, default);
    }

    /// <summary>Writes a day as text, <c>"2024-02-29"</c>.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    public static void WriteDateOnly(ref MessagePackWriter writer, DateOnly value) => WriteText(ref writer, value, "O");

    /// <summary>Writes a time of day as text, <c>"12:34:56"</c>, with seven digits of fraction if there is one.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    public static void WriteTimeOnly(ref MessagePackWriter writer, TimeOnly value) => WriteText(ref writer, value.ToTimeSpan(), "c");

    /// <summary>Writes a character beyond 16 bits as text.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    public static void WriteRune(ref MessagePackWriter writer, Rune value) => WriteText(ref writer, value, default);

    /// <summary>Writes an IP address as text, or nil.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    public static void WriteIPAddress(ref MessagePackWriter writer, IPAddress? value)
    {
        if (value is null) writer.WriteNil();
        else WriteText(ref writer, value, default);
    }

    /// <summary>Writes an IP address with a port as text, or nil.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    public static void WriteIPEndPoint(ref MessagePackWriter writer, IPEndPoint? value) => writer.Write(value?.ToString());

    /// <summary>Writes the key of a dictionary as text.</summary>
    /// <typeparam name="T">The key's type.</typeparam>
    /// <param name="writer">The output.</param>
    /// <param name="value">The key.</param>
    public static void WriteKey<T>(ref MessagePackWriter writer, T value)
        where T : IUtf8SpanFormattable => WriteText(ref writer, value, typeof(T) == typeof(DateOnly) ? "O" : default);

    /// <inheritdoc cref="WriteKey{T}"/>
    public static void WriteKey(ref MessagePackWriter writer, bool value) => ValueWriter.Name(ref writer, value ? "true"u8 : "false"u8);

    /// <inheritdoc cref="WriteKey{T}"/>
    /// <remarks>The text is that of the number in JavaScript.</remarks>
    public static void WriteKey(ref MessagePackWriter writer, double value) => writer.Write(JsNumber.Text(value));

    /// <inheritdoc cref="WriteKey{T}"/>
    /// <remarks>The text is ISO 8601 in UTC, with as many digits of fraction as the date has, <c>"2024-02-29T12:34:56Z"</c>.</remarks>
    /// <exception cref="ArgumentException">The kind of the date is <see cref="DateTimeKind.Unspecified"/>.</exception>
    public static void WriteKey(ref MessagePackWriter writer, DateTime value)
    {
        if (value.Kind == DateTimeKind.Unspecified) throw new ArgumentException(
            "A key of a dictionary is neither UTC nor local time (DateTimeKind.Unspecified): use DateTime.SpecifyKind to say which it is.");
        WriteText(ref writer, value.ToUniversalTime(), InstantKey);
    }

    /// <inheritdoc cref="WriteKey(ref MessagePackWriter, DateTime)"/>
    public static void WriteKey(ref MessagePackWriter writer, DateTimeOffset value) => WriteText(ref writer, value.UtcDateTime, InstantKey);

    /// <inheritdoc cref="WriteKey{T}"/>
    /// <remarks>The text is the number of milliseconds, <c>"1500"</c>, exact to 100 ns.</remarks>
    public static void WriteKey(ref MessagePackWriter writer, TimeSpan value) =>
        WriteText(ref writer, (decimal)value.Ticks / TimeSpan.TicksPerMillisecond, "0.####");

    /// <inheritdoc cref="WriteKey{T}"/>
    public static void WriteKey(ref MessagePackWriter writer, TimeOnly value) => WriteTimeOnly(ref writer, value);

    /// <inheritdoc cref="WriteKey{T}"/>
    public static void WriteKey(ref MessagePackWriter writer, Uri value) => WriteUri(ref writer, value);

    /// <inheritdoc cref="WriteKey{T}"/>
    public static void WriteKey(ref MessagePackWriter writer, Version value) => WriteVersion(ref writer, value);

    private static void WriteText<T>(ref MessagePackWriter writer, T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        const int header = 2;
        var to = writer.GetSpan(header + MaxText);
        if (!value.TryFormat(to.Slice(header, MaxText), out var length, format, CultureInfo.InvariantCulture))
            throw new InvalidOperationException($"The text of {typeof(T).Name} is longer than {MaxText} bytes.");
        if (length < 32)
        {
            to[0] = (byte)(MessagePackCode.MinFixStr | length);
            to.Slice(header, length).CopyTo(to[1..]);
            writer.Advance(1 + length);
            return;
        }

        to[0] = MessagePackCode.Str8;
        to[1] = (byte)length;
        writer.Advance(header + length);
    }
}
