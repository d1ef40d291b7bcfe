using System.Collections.Immutable;

namespace TypedSocketRedis.Generator.Model;

/// <summary>One output: the formatter of a type, and those of sequences and dictionaries of that type.</summary>
/// <param name="HintName">The output's name.</param>
/// <param name="Formatters">The formatters, by name.</param>
internal sealed record FormatterFile(string HintName, EquatableArray<FormatterModel> Formatters)
{
    /// <summary>Groups formatters into outputs, each formatter once and in a stable order.</summary>
    /// <remarks>The number of outputs is kept small, because the compiler compares the name of each one with all others.</remarks>
    public static IEnumerable<FormatterFile> Of(ImmutableArray<FormatterModel> all)
    {
        var known = new Dictionary<string, FormatterModel>(StringComparer.Ordinal);
        foreach (var formatter in all)
            if (!known.ContainsKey(formatter.Name)) known.Add(formatter.Name, formatter);

        var groups = known.Values.GroupBy(f => Innermost(f, known), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToArray();
        var names = UniqueHints.Of([.. groups.Select(g => Naming.HintName(g.Key))]);
        return groups.Select(g => new FormatterFile(
            Naming.FileName(names[Naming.HintName(g.Key)], ".g.cs"), new(g.OrderBy(f => f.Name, StringComparer.Ordinal))));
    }

    // A collection of itself, or several that contain each other, have the first name of them.
    private static string Innermost(FormatterModel formatter, Dictionary<string, FormatterModel> known)
    {
        var path = new List<string>();
        while (!path.Contains(formatter.Name))
        {
            path.Add(formatter.Name);
            var element = formatter switch { SequenceModel s => s.Element, MapModel m => m.Element, _ => null };
            if (element is not { Kind: ValueKind.Formatter } || !known.TryGetValue(element.Codec, out var inner)) return formatter.Name;
            formatter = inner;
        }

        return path.Skip(path.IndexOf(formatter.Name)).OrderBy(name => name, StringComparer.Ordinal).First();
    }
}
