using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TypedSocketRedis.Generator.Analysis.Contracts;

/// <summary>The file with the history of a contract: comments, and facts in any order.</summary>
internal sealed class HistoryFile
{
    private const string Extension = ".socketevents.txt";

    private readonly AdditionalText _file;
    private readonly List<TextLine> _lines = [];
    private readonly List<string> _comments = [];

    public HistoryFile(AdditionalText file, CancellationToken cancellationToken)
    {
        _file = file;
        foreach (var line in file.GetText(cancellationToken)?.Lines.ToArray() ?? [])
        {
            var text = line.ToString().Trim();
            if (text.StartsWith("#", StringComparison.Ordinal)) _comments.Add(text);
            else if (text.Length > 0) _lines.Add(line);
        }

        Facts = [.. _lines.Select(l => l.ToString().Trim())];
    }

    /// <summary>Gets the lines that are no comments.</summary>
    public IReadOnlyList<string> Facts { get; }

    public static bool IsHistory(AdditionalText file) => file.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the name of the contract.</summary>
    public static string Stem(AdditionalText file)
    {
        var name = Path.GetFileName(file.Path);
        return name.Substring(0, name.Length - Extension.Length);
    }

    /// <summary>Returns the location of the file.</summary>
    public static Location Place(AdditionalText file) => Location.Create(file.Path, default, default);

    /// <summary>Returns the location of a fact.</summary>
    public Location PlaceOf(int fact) => Location.Create(
        _file.Path, _lines[fact].Span, _file.GetText()!.Lines.GetLinePositionSpan(_lines[fact].Span));

    /// <summary>Returns a value indicating whether the file has exactly these facts.</summary>
    public bool Records(IEnumerable<string> facts) => new HashSet<string>(Facts, StringComparer.Ordinal).SetEquals(facts);

    /// <summary>Returns the text of the file with other facts.</summary>
    public string TextWith(IEnumerable<string> facts, string contract)
    {
        var comments = _comments.Count > 0 ? _comments : [$"# The form of {contract} on the wire; the fix of TSR121 records a new one."];
        return string.Concat(comments.Concat(facts).Select(line => line + "\n"));
    }
}
