using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace TypedSocketRedis.Protocol;

/// <summary>Writes numbers as JavaScript does, where every number is a double with the shortest digits that identify it.</summary>
internal static class JsNumber
{
    public const int MaxLength = 32;

    /// <summary>The integer up to which all integers are exact in JavaScript, 2^53.</summary>
    public const long MaxExact = 1L << 53;

    /// <summary>Writes an integer; above 2^53 the digits are those of the nearest double, as in JavaScript.</summary>
    public static int Write(long value, Span<byte> to)
    {
        if (value is > MaxExact or < -MaxExact) return Write((double)value, to);
        Utf8Formatter.TryFormat(value, to, out var written);
        return written;
    }

    /// <summary>Writes a finite number.</summary>
    /// <param name="value">The value. Must not be NaN or infinite.</param>
    /// <param name="to">The output. Must have at least <see cref="MaxLength"/> bytes.</param>
    public static int Write(double value, Span<byte> to)
    {
        if (Math.Abs(value) <= MaxExact && Math.Truncate(value) == value)
        {
            Utf8Formatter.TryFormat((long)value, to, out var whole);
            return whole;
        }

        value.TryFormat(to, out var written, default, CultureInfo.InvariantCulture);
        var exponent = to[..written].IndexOf((byte)'E');
        return exponent < 0 ? written : Rewrite(to, to[..written], exponent);
    }

    /// <summary>Returns the text of any number, as a property's name.</summary>
    public static string Text(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "Infinity" : "-Infinity";
        Span<byte> to = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(to[..Write(value, to)]);
    }

    // .NET turns to exponents at 1E+15 and 1E-05, JavaScript at 1e21 and 1e-7.
    private static int Rewrite(Span<byte> to, ReadOnlySpan<byte> text, int exponentAt)
    {
        Span<byte> digits = stackalloc byte[MaxLength];
        var count = 0;
        foreach (var c in text[..exponentAt])
        {
            if (c is >= (byte)'0' and <= (byte)'9') digits[count++] = c;
        }

        var exponent = int.Parse(text[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var at = text[0] == (byte)'-' ? 1 : 0;
        return at + Place(to[at..], digits[..count], exponent + 1);
    }

    private static int Place(Span<byte> to, ReadOnlySpan<byte> digits, int point)
    {
        var zeros = "000000000000000000000"u8;
        if (point >= digits.Length && point <= 21)
        {
            digits.CopyTo(to);
            zeros[..(point - digits.Length)].CopyTo(to[digits.Length..]);
            return point;
        }

        if (point is > 0 and <= 21) return Dotted(to, digits, point);
        if (point is > -6 and <= 0)
        {
            "0."u8.CopyTo(to);
            zeros[..-point].CopyTo(to[2..]);
            digits.CopyTo(to[(2 - point)..]);
            return 2 - point + digits.Length;
        }

        var at = digits.Length == 1 ? 1 : digits.Length + 1;
        if (digits.Length == 1) to[0] = digits[0];
        else Dotted(to, digits, 1);
        to[at++] = (byte)'e';
        to[at++] = (byte)(point > 0 ? '+' : '-');
        Utf8Formatter.TryFormat(Math.Abs(point - 1), to[at..], out var written);
        return at + written;
    }

    private static int Dotted(Span<byte> to, ReadOnlySpan<byte> digits, int point)
    {
        digits[..point].CopyTo(to);
        to[point] = (byte)'.';
        digits[point..].CopyTo(to[(point + 1)..]);
        return digits.Length + 1;
    }
}
