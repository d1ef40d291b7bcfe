using System.Collections.Immutable;
using System.Globalization;

namespace TypedSocketRedis.Generator.Model;

/// <summary>Names of outputs: they must differ by more than case, although what they are named after need not.</summary>
/// <param name="Alike">All names of which there is another that differs by case only, in order; almost always none.</param>
internal sealed record UniqueHints(EquatableArray<string> Alike)
{
    public static UniqueHints Of(ImmutableArray<string> names) => new(new EquatableArray<string>(
        names.GroupBy(n => n, StringComparer.OrdinalIgnoreCase).Select(g => g.Distinct(StringComparer.Ordinal).ToArray()).Where(g => g.Length > 1)
            .SelectMany(g => g).OrderBy(n => n, StringComparer.Ordinal)));

    /// <summary>A name that no other output has; all but the first of those that are alike get a number.</summary>
    public string this[string name]
    {
        get
        {
            var before = Alike.TakeWhile(n => n != name).Count(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase));
            return before == 0 || !Alike.Contains(name) ? name : name + "-" + (before + 1).ToString(CultureInfo.InvariantCulture);
        }
    }
}
