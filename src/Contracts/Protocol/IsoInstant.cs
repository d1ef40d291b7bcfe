using System.Globalization;

namespace TypedSocketRedis.Protocol;

/// <summary>Instants in ISO 8601, read by one rule for contracts and for untyped arguments.</summary>
/// <remarks>A date with a time of day needs <c>Z</c> or an offset from UTC; a date alone is midnight in UTC, as in JavaScript.</remarks>
internal static class IsoInstant
{
    /// <summary>The description of the expected text, with the remedy for a time without a zone.</summary>
    public const string Expected = "a date in ISO 8601 with Z or an offset from UTC, which new Date(...).toISOString() has";

    /// <summary>The longest text that can be an instant, with seven digits of fraction and an offset.</summary>
    public const int MaxLength = 33;

    private const int DateLength = 10;

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    /// <summary>Reads an instant of the years 1 to 9999.</summary>
    /// <param name="text">The text, or null for none.</param>
    /// <param name="value">The instant, with the offset that the text has.</param>
    /// <returns><see langword="true"/> if the text is an instant.</returns>
    public static bool TryParse(string? text, out DateTimeOffset value)
    {
        if (DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value))
            return text.Length == DateLength || text[^1] == 'Z' || text.AsSpan(DateLength).ContainsAny('+', '-');
        return false;
    }
}
