using System.Collections.Immutable;
using System.Globalization;

namespace TypedSocketRedis.Generator.Model;

/// <summary>Unique names of outputs, which must differ by more than case even if the types do not.</summary>
/// <param name="Alike">All names that differ from another one only by case, in order; almost always empty.</param>
internal sealed record UniqueHints(EquatableArray<string> Alike)
{
    public static UniqueHints Of(ImmutableArray<string> names) => new(new EquatableArray<string>(
        names.GroupBy(n => n, StringComparer.OrdinalIgnoreCase).Select(g => g.Distinct(StringComparer.Ordinal).ToArray())
            .Where(g => g.Length > 1)
            .SelectMany(g => g).OrderBy(n => n, StringComparer.Ordinal)));

    /// <summary>Gets a name that no other output has. All but the first of the names that differ only by case get a number.</summary>
    public string this[string name]
    {
        get
        {
            var before = Alike.TakeWhile(n => n != name).Count(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase));
            return before == 0 || !Alike.Contains(name) ? name : name + "-" + (before + 1).ToString(CultureInfo.InvariantCulture);
        }
    }
}
