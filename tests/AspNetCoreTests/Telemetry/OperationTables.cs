using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace TypedSocketRedis.Tests.Telemetry;

/// <summary>The tables of metrics and log entries in docs/observability.md. Names, kinds, units and levels are those of the code; meanings
/// and remedies are written by hand, and found again by the name of the metric or the id of the entry.</summary>
internal static partial class OperationTables
{
    private const string Page = "docs/observability.md";

    /// <summary>The text for a log entry that needs no action.</summary>
    private const string NoAction = "–";

    private static readonly Assembly[] Assemblies =
        [typeof(SocketIOTelemetry).Assembly, typeof(RedisAdapterOptions).Assembly, typeof(SocketIOServer).Assembly];

    public static string Text => Repository.Text(Page);

    public static void Write(string text) => File.WriteAllText(Repository.Path(Page), text);

    /// <summary>Returns the log entries of all assemblies by their id.</summary>
    public static IReadOnlyList<(LoggerMessageAttribute Message, string Name)> LogEntries() =>
    [
        .. from assembly in Assemblies
           from type in assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           let message = method.GetCustomAttribute<LoggerMessageAttribute>()
           where message is not null
           orderby message.EventId
           select (message, method.Name),
    ];

    /// <summary>Returns the page with the metrics of the code.</summary>
    public static string WithMetrics(string text, IEnumerable<Instrument> instruments)
    {
        var written = MetricRow().Matches(text).ToDictionary(
            row => row.Groups["name"].Value, row => (Tags: row.Groups["tags"].Value, Meaning: row.Groups["meaning"].Value));
        var known = instruments.ToDictionary(instrument => instrument.Name);
        var names = written.Keys.Where(known.ContainsKey).Concat(known.Keys.Except(written.Keys).Order(StringComparer.Ordinal));
        return Replace(text, MetricTable(), names.Select(name =>
        {
            var (tags, meaning) = written.GetValueOrDefault(name, ("", Cell(known[name].Description ?? "")));
            return $"| `{name}`{tags} | {known[name].Kind()} | {known[name].Unit ?? ""} | {meaning} |";
        }));
    }

    /// <summary>Returns the page with the log entries of the code.</summary>
    public static string WithLogEntries(string text)
    {
        var written = LogRow().Matches(text).ToDictionary(
            row => row.Groups["id"].Value, row => (Meaning: row.Groups["meaning"].Value, Remedy: row.Groups["remedy"].Value));
        return Replace(text, LogTable(), LogEntries().Select(entry =>
        {
            var (message, name) = entry;
            var remedy = message.Level < LogLevel.Warning ? NoAction : "";
            var (meaning, action) = written.GetValueOrDefault($"{message.EventId}", (Cell(message.Message), remedy));
            return $"| {message.EventId} | {message.Level} | `{name}` | {meaning} | {action} |";
        }));
    }

    /// <summary>Returns the ids of the warnings and errors in the table that have no text about the action.</summary>
    public static IEnumerable<string> WithoutRemedy(string text) =>
        from Match row in LogRow().Matches(text)
        where row.Groups["level"].Value is "Warning" or "Error" or "Critical"
        where row.Groups["remedy"].Value is "" or NoAction
        select row.Groups["id"].Value;

    /// <summary>Returns the names of all tags in the table of metrics.</summary>
    public static IEnumerable<string> Tags(string text) =>
        MetricRow().Matches(text).SelectMany(row => Tag().Matches(row.Groups["tags"].Value)).Select(tag => tag.Groups[1].Value).Distinct();

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Replace(string text, Regex table, IEnumerable<string> rows) =>
        table.Replace(text, match => match.Groups["head"].Value + string.Concat(rows.Select(row => row + "\n")), 1);

    [GeneratedRegex(@"(?<head>^\| metric \|.*\n\|[-|: ]+\n)(?:\|.*\n)+", RegexOptions.Multiline)]
    private static partial Regex MetricTable();

    [GeneratedRegex(@"^\| `(?<name>typedsocketredis\.[a-z_.]+)`(?<tags>[^|]*?) \| [^|]+ \| [^|]*?\| ?(?<meaning>.*) \|$", RegexOptions.Multiline)]
    private static partial Regex MetricRow();

    [GeneratedRegex(@"(?<head>^\| id \|.*\n\|[-|: ]+\n)(?:\|.*\n)+", RegexOptions.Multiline)]
    private static partial Regex LogTable();

    [GeneratedRegex(@"^\| (?<id>\d+) \| (?<level>\w+) \| `\w+` \| (?<meaning>[^|]*) \| (?<remedy>[^|]*?) ?\|$", RegexOptions.Multiline)]
    private static partial Regex LogRow();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Tag();
}
