namespace TypedSocketRedis.Protocol;

/// <summary>Dates as JavaScript writes them, over JavaScript's whole range of years -271821 to 275760.</summary>
internal static class IsoDate
{
    /// <summary>The maximum distance of a JavaScript date from 1970, in milliseconds, in both directions.</summary>
    public const long MaxMilliseconds = 8_640_000_000_000_000;

    public const int MaxLength = 27;

    private const long DayMilliseconds = 86_400_000;

    /// <summary>Writes <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>, the year with sign and six digits outside 0 to 9999.</summary>
    /// <param name="milliseconds">The milliseconds since 1970, at most <see cref="MaxMilliseconds"/> in both directions.</param>
    /// <param name="to">The output. Must have at least <see cref="MaxLength"/> bytes.</param>
    /// <returns>The number of bytes written: 24 or 27.</returns>
    public static int Write(long milliseconds, Span<byte> to)
    {
        var days = Math.DivRem(milliseconds, DayMilliseconds, out var time);
        if (time < 0) (days, time) = (days - 1, time + DayMilliseconds);
        var (year, month, day) = Civil(days);

        var at = WriteYear(year, to);
        to[at] = (byte)'-';
        Two(month, to[(at + 1)..]);
        to[at + 3] = (byte)'-';
        Two(day, to[(at + 4)..]);
        to[at + 6] = (byte)'T';
        at += 7 + WriteTime((int)time, to[(at + 7)..]);
        to[at] = (byte)'.';
        var fraction = (int)(time % 1000);
        to[at + 1] = (byte)('0' + (fraction / 100));
        Two(fraction % 100, to[(at + 2)..]);
        to[at + 4] = (byte)'Z';
        return at + 5;
    }

    /// <summary>Returns the text of JavaScript's <c>Date.prototype.toString</c> in UTC, which a date has as the name of a
    /// property.</summary>
    public static string LongText(double milliseconds)
    {
        if (double.IsNaN(milliseconds)) return "Invalid Date";
        var days = Math.DivRem((long)milliseconds, DayMilliseconds, out var time);
        if (time < 0) (days, time) = (days - 1, time + DayMilliseconds);
        var (year, month, day) = Civil(days);
        var weekday = (int)(((days % 7) + 11) % 7);
        Span<byte> clock = stackalloc byte[8];
        WriteTime((int)time, clock);
        var years = year < 0 ? $"-{-year:D4}" : $"{year:D4}";
        return $"{"SunMonTueWedThuFriSat".AsSpan(weekday * 3, 3)} {"JanFebMarAprMayJunJulAugSepOctNovDec".AsSpan((month - 1) * 3, 3)} "
            + $"{day:D2} {years} {System.Text.Encoding.ASCII.GetString(clock)} GMT+0000 (Coordinated Universal Time)";
    }

    private static int WriteYear(int year, Span<byte> to)
    {
        if (year is >= 0 and <= 9999)
        {
            Two(year / 100, to);
            Two(year % 100, to[2..]);
            return 4;
        }

        to[0] = (byte)(year < 0 ? '-' : '+');
        year = Math.Abs(year);
        Two(year / 10000, to[1..]);
        Two(year / 100 % 100, to[3..]);
        Two(year % 100, to[5..]);
        return 7;
    }

    private static int WriteTime(int milliseconds, Span<byte> to)
    {
        Two(milliseconds / 3_600_000, to);
        to[2] = (byte)':';
        Two(milliseconds / 60_000 % 60, to[3..]);
        to[5] = (byte)':';
        Two(milliseconds / 1000 % 60, to[6..]);
        return 8;
    }

    // Days are counted in eras of 400 years that begin in March, so that a leap day is the last of its year.
    private static (int Year, int Month, int Day) Civil(long days)
    {
        days += 719_468;
        var era = (days >= 0 ? days : days - 146_096) / 146_097;
        var dayOfEra = (int)(days - (era * 146_097));
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var shifted = ((5 * dayOfYear) + 2) / 153;
        var month = shifted < 10 ? shifted + 3 : shifted - 9;
        var year = (int)((era * 400) + yearOfEra + (month <= 2 ? 1 : 0));
        return (year, month, dayOfYear - (((153 * shifted) + 2) / 5) + 1);
    }

    private static void Two(int value, Span<byte> to)
    {
        to[1] = (byte)('0' + (value % 10));
        to[0] = (byte)('0' + (value / 10));
    }
}
