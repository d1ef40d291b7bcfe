using System.Text.RegularExpressions;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>A row of docs/wire-map.md.</summary>
/// <param name="Section">The heading of the table.</param>
/// <param name="Kind">The kind of message, without backticks.</param>
/// <param name="Code">The members that write and read the message.</param>
/// <param name="Tests">The tests of the row.</param>
/// <param name="HasDirections">True if each direction names a member or says "none".</param>
internal sealed partial record WireMapRow(string Section, string Kind, string[] Code, string[] Tests, bool HasDirections)
{
    public const string File = "docs/wire-map.md";
    private const int Columns = 5;

    /// <summary>Returns the rows of all tables.</summary>
    public static IReadOnlyList<WireMapRow> ReadAll()
    {
        var section = "";
        List<WireMapRow> rows = [];
        foreach (var line in SourceTree.Text(File).Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal)) section = line[3..].Trim();
            if (line.StartsWith("| `", StringComparison.Ordinal)) rows.Add(Parse(section, line));
        }

        return rows;
    }

    private static WireMapRow Parse(string section, string line)
    {
        var cells = line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries);
        if (cells.Length != Columns) throw new FormatException($"{File}: {cells.Length} cells in {line}");
        var (written, read, test) = (cells[2], cells[3], cells[4]);
        return new WireMapRow(section, cells[0].Replace("`", "", StringComparison.Ordinal), [.. Names(written), .. Names(read)],
            [.. Names(test)], HasDirection(written) && HasDirection(read));
    }

    private static bool HasDirection(string cell) => cell.StartsWith("none", StringComparison.Ordinal) || FirstName().IsMatch(cell);

    private static IEnumerable<string> Names(string cell) => CodeSpan().Matches(cell).Select(match => match.Groups[1].Value)
        .Where(name => name.Contains('.', StringComparison.Ordinal));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"^`\w+\.\w+`")]
    private static partial Regex FirstName();
}
