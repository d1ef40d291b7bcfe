namespace Clock;

/// <summary>The time zones of the clock, each of which is the name of a room.</summary>
internal static class Zones
{
    public static readonly string[] All =
        ["UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Tokyo", "Australia/Sydney"];

    /// <summary>Returns the city of a zone as a short heading.</summary>
    public static string City(string zone) => zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ');

    /// <summary>Returns the local time in a zone, or UTC on a machine without time zone data.</summary>
    public static DateTime Local(string zone, DateTime utc) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? TimeZoneInfo.ConvertTimeFromUtc(utc, known) : utc;
}
