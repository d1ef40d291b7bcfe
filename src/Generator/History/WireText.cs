using System.Text;
using TypedSocketRedis.Generator.Emitting.TypeScript;

namespace TypedSocketRedis.Generator.History;

/// <summary>Writes and reads histories: one fact in each line, in an order that depends on names only.</summary>
internal static class WireText
{
    /// <summary>Returns the lines of a contract, without comments.</summary>
    public static IEnumerable<string> Lines(WireContract contract)
    {
        yield return $"contract {contract.Direction} {Quote(contract.Path)}{(contract.ErrorFirst ? " errorFirst" : "")}";
        foreach (var e in contract.Events.Values.OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            var name = "event " + Quote(e.Name);
            yield return name;
            for (var i = 0; i < e.Arguments.Count; i++) yield return $"{name} {i + 1} {Text(e.Arguments[i])}";
            if (e.Ack is { } ack) yield return $"{name} ack {Text(ack)}";
        }

        foreach (var line in contract.Shapes.Values.OrderBy(s => s.Name, StringComparer.Ordinal).SelectMany(Lines)) yield return line;
    }

    /// <summary>Returns a text in quotes.</summary>
    public static string Quote(string text) => TypeScriptNames.Text(text);

    private static IEnumerable<string> Lines(WireShape shape) => shape switch
    {
        WireObject type => type.Members.OrderBy(m => m.Name, StringComparer.Ordinal)
            .Select(m => $"type {type.Name} {Quote(m.Name)} {Text(m)}").Prepend("type " + type.Name),
        WireEnum type => type.Members.OrderBy(m => m.Key, StringComparer.Ordinal)
            .Select(m => $"enum {type.Name} {Quote(m.Key)} = {m.Value}").Prepend($"enum {type.Name} {type.Form}"),
        WireUnion type => type.Variants.OrderBy(v => v.Key, StringComparer.Ordinal)
            .Select(v => $"union {type.Name} {Quote(v.Key)} = {v.Value}")
            .Prepend($"union {type.Name} {Quote(type.Property)}{(type.IsOpen ? " open" : "")}"),
        _ => [$"alias {shape.Name} {Text(((WireAlias)shape).Type)}"],
    };

    private static string Text(WireSlot slot) => Text(slot.Type)
        + (slot.IsRest ? " rest" : "") + (slot.IsOptional ? " optional" : "") + (slot.IsAbsent ? " absent" : "")
        + (slot.IsUnsent ? " unsent" : "") + (slot.IsUnread ? " unread" : "");

    /// <summary>Returns a type as text.</summary>
    public static string Text(WireType type) => type.Name
        + (type.Items.Length > 0 ? $"<{string.Join(",", type.Items.Select(Text))}>" : "") + (type.IsNullable ? "?" : "");

    /// <summary>Reads a history.</summary>
    /// <param name="lines">The lines, without comments.</param>
    /// <param name="contract">The contract; null for none.</param>
    /// <returns>The index of the first line that is no fact, or a negative number.</returns>
    public static int Read(IReadOnlyList<string> lines, out WireContract? contract)
    {
        contract = null;
        var reader = new WireReader();
        for (var i = 0; i < lines.Count; i++)
            if (!reader.TryAdd(lines[i])) return i;
        contract = reader.Contract;
        return contract is null && lines.Count > 0 ? 0 : -1;
    }

    /// <summary>Splits a line into its words. Returns null if a quote is not closed.</summary>
    public static List<string>? Words(string line)
    {
        var words = new List<string>();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == ' ') continue;
            var start = i;
            var isQuoted = false;
            for (; i < line.Length && (isQuoted || line[i] != ' '); i++)
            {
                if (line[i] == '\\') i++;
                else if (line[i] == '"') isQuoted = !isQuoted;
            }

            if (isQuoted || i > line.Length) return null;
            words.Add(line.Substring(start, i - start));
        }

        return words;
    }

    /// <summary>Returns the text of a word in quotes, or null for any other word.</summary>
    public static string? Unquote(string word)
    {
        if (word.Length < 2 || word[0] != '"' || word[word.Length - 1] != '"') return null;
        var text = new StringBuilder(word.Length);
        for (var i = 1; i < word.Length - 1; i++)
        {
            if (word[i] != '\\') text.Append(word[i]);
            else if (word[++i] != 'u') text.Append(word[i]);
            else if (i + 4 < word.Length - 1 && ushort.TryParse(
                word.Substring(i + 1, 4), System.Globalization.NumberStyles.HexNumber, null, out var code))
            {
                text.Append((char)code);
                i += 4;
            }
            else return null;
        }

        return text.ToString();
    }
}
