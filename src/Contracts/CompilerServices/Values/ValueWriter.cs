using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MessagePack;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Writes single values as JavaScript peers expect them; called by generated code.</summary>
/// <remarks>The bytes equal those of the JavaScript encoder for the same value; nothing is allocated.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ValueWriter
{
    private const double TwoTo63 = 9223372036854775808.0;
    private const double TwoTo64 = 18446744073709551616.0;

    /// <summary>The maximum depth of nested arrays and objects.</summary>
    internal const int MaxDepth = 64;

    // The NaN of the JavaScript encoder; .NET's NaN has the sign bit set.
    private static ReadOnlySpan<byte> NaN => [0xCB, 0x7F, 0xF8, 0, 0, 0, 0, 0, 0];

    /// <summary>Throws if a payload is nested too deeply, most likely because it contains itself.</summary>
    /// <param name="depth">The number of arrays and objects around the value.</param>
    /// <exception cref="MessagePackSerializationException">The depth is 64 or more.</exception>
    public static void CheckDepth(int depth)
    {
        if (depth >= MaxDepth) throw new MessagePackSerializationException(
            $"The payload is nested more than {MaxDepth} levels deep: does an object contain itself?");
    }

    /// <summary>Enters an array or object: writes null as nil, and throws if the depth is too large.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The array or object.</param>
    /// <param name="depth">The number of arrays and objects around it.</param>
    /// <returns><see langword="false"/> if the value is null and nil was written.</returns>
    /// <exception cref="MessagePackSerializationException">The depth is 64 or more.</exception>
    public static bool Enter(ref MessagePackWriter writer, [NotNullWhen(true)] object? value, int depth)
    {
        if (value is null)
        {
            writer.WriteNil();
            return false;
        }

        CheckDepth(depth);
        return true;
    }

    /// <summary>Throws if a collection had fewer elements than its count.</summary>
    /// <param name="left">The number of missing elements.</param>
    /// <exception cref="InvalidOperationException">The number is not 0.</exception>
    public static void CheckCount(int left)
    {
        if (left != 0) throw new InvalidOperationException("The collection was changed while it was sent.");
    }

    /// <summary>Returns the number of entries of a property that is absent if it is null.</summary>
    /// <typeparam name="T">The property's type.</typeparam>
    /// <param name="value">Its value.</param>
    /// <returns>1, or 0 for null.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int One<T>(T value) => value is null ? 0 : 1;

    /// <summary>Writes the name of a property or of an enum's member.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="name">The name in UTF-8, a literal of constant length.</param>
    /// <returns>The output.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref MessagePackWriter Name(ref MessagePackWriter writer, ReadOnlySpan<byte> name)
    {
        if (name.Length >= 32)
        {
            writer.WriteString(name);
            return ref writer;
        }

        var to = writer.GetSpan(1 + name.Length);
        to[0] = (byte)(MessagePackCode.MinFixStr | name.Length);
        name.CopyTo(to[1..]);
        writer.Advance(1 + name.Length);
        return ref writer;
    }

    /// <summary>Writes <c>true</c> or <c>false</c>.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, bool value) => writer.Write(value);

    /// <summary>Writes an integer in its shortest form, without sign when it is not negative.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value; JavaScript holds it exactly up to 2^53.</param>
    public static void Write(ref MessagePackWriter writer, long value)
    {
        if (value >= 0) writer.Write((ulong)value);
        else writer.Write(value);
    }

    /// <summary>Writes an integer in its shortest form.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value; JavaScript holds it exactly up to 2^53.</param>
    public static void Write(ref MessagePackWriter writer, ulong value) => writer.Write(value);

    /// <summary>Writes a number: an integer when it is whole, as JavaScript does, otherwise 64 bits of floating point.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value; -0 becomes 0, NaN and the infinities reach JSON as <c>null</c>.</param>
    public static void Write(ref MessagePackWriter writer, double value)
    {
        if (double.IsNaN(value)) writer.WriteRaw(NaN);
        else if (value != Math.Truncate(value) || value < -TwoTo63 || value >= TwoTo64) writer.Write(value);
        else if (value >= 0) writer.Write((ulong)value);
        else Write(ref writer, (long)value);
    }

    /// <summary>Writes a decimal as text, for example <c>"12.50"</c>, so that no digit is lost.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, decimal value)
    {
        // At most 31 bytes, so that the short string header is sufficient.
        var to = writer.GetSpan(1 + 31);
        value.TryFormat(to[1..], out var length, default, CultureInfo.InvariantCulture);
        to[0] = (byte)(MessagePackCode.MinFixStr | length);
        writer.Advance(1 + length);
    }

    /// <summary>Writes a character as text of one character.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value; half of a surrogate pair becomes U+FFFD.</param>
    public static void Write(ref MessagePackWriter writer, char value)
    {
        var rune = Rune.TryCreate(value, out var whole) ? whole : Rune.ReplacementChar;
        var to = writer.GetSpan(1 + 3);
        var length = rune.EncodeToUtf8(to[1..]);
        to[0] = (byte)(MessagePackCode.MinFixStr | length);
        writer.Advance(1 + length);
    }

    /// <summary>Writes text, or nil.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value; half of a surrogate pair becomes U+FFFD.</param>
    public static void Write(ref MessagePackWriter writer, string? value) => writer.Write(value);

    /// <summary>Writes an identifier as text of 36 lower-case characters.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, Guid value)
    {
        const int length = 36;
        var to = writer.GetSpan(2 + length);
        to[0] = MessagePackCode.Str8;
        to[1] = length;
        value.TryFormat(to[2..], out _);
        writer.Advance(2 + length);
    }

    /// <summary>Writes a duration as a number of milliseconds, the unit of JavaScript's timers.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value; exact to 100 ns up to about 3 years.</param>
    public static void Write(ref MessagePackWriter writer, TimeSpan value) => Write(ref writer, value.TotalMilliseconds);

    /// <summary>Returns a date without a kind as UTC, for contracts that declare such dates to be UTC.</summary>
    /// <param name="value">The date.</param>
    /// <returns>The same date if it has a kind.</returns>
    public static DateTime AsUtc(DateTime value) =>
        value.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(value, DateTimeKind.Utc) : value;

    /// <summary>Writes an instant: MessagePack's timestamp, cut to milliseconds.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value; local time is converted to UTC.</param>
    /// <param name="place">The description of the value, for the exception.</param>
    /// <exception cref="ArgumentException">The value's kind is <see cref="DateTimeKind.Unspecified"/>.</exception>
    public static void Write(ref MessagePackWriter writer, DateTime value, string place)
    {
        if (value.Kind == DateTimeKind.Unspecified) throw new ArgumentException(
            $"{place} is neither UTC nor local time (DateTimeKind.Unspecified): use DateTime.UtcNow, a DateTimeOffset, " +
            "or DateTime.SpecifyKind to say which it is, or set UnspecifiedDatesAreUtc of the contract.");
        Instant(ref writer, value.ToUniversalTime());
    }

    /// <summary>Writes an instant: MessagePack's timestamp, cut to milliseconds; the offset is not kept.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, DateTimeOffset value) => Instant(ref writer, value.UtcDateTime);

    /// <summary>Writes binary, or nil.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The bytes; copied.</param>
    public static void Write(ref MessagePackWriter writer, byte[]? value) => writer.Write(value);

    /// <summary>Writes binary.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The bytes; copied.</param>
    public static void Write(ref MessagePackWriter writer, ReadOnlyMemory<byte> value) => writer.Write(value.Span);

    private static void Instant(ref MessagePackWriter writer, DateTime utc) =>
        writer.Write(new DateTime(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc));
}
