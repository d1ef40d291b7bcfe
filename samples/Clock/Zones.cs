namespace Clock;

/// <summary>The time zones that tick; each is the name of a room.</summary>
internal static class Zones
{
    public static readonly string[] All =
        ["UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Tokyo", "Australia/Sydney"];

    /// <summary>The zone of that name; null when there is none.</summary>
    public static string? Find(string name) => Array.Find(All, zone => zone == name);

    /// <summary>A short heading: the city.</summary>
    public static string City(string zone) => zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ');

    /// <summary>What the clocks in a zone show; UTC on a machine without time zone data.</summary>
    public static DateTime Local(string zone, DateTime utc) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? TimeZoneInfo.ConvertTimeFromUtc(utc, known) : utc;
}
