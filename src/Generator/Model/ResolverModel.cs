using System.Collections.Immutable;

namespace TypedSocketRedis.Generator.Model;

/// <summary>The data of an assembly's resolver. It contains only names, so that an edited payload type does not change it.</summary>
/// <param name="Namespace">The namespace of the resolver, as code.</param>
/// <param name="IsPublic">True if the assembly has a public contract or payload type.</param>
/// <param name="Entries">Its formatters, by name.</param>
internal sealed record ResolverModel(string Namespace, bool IsPublic, EquatableArray<ResolverEntry> Entries)
{
    public static ResolverModel From(string space, ImmutableArray<Parsed> parsed) => new(
        space,
        parsed.Any(p => p.IsPublic),
        new(parsed.SelectMany(p => p.Formatters).Where(f => f.IsResolved)
            .Select(f => new ResolverEntry(f.Name, f.PlainType, f.Type, f.IsReference)
            {
                IsElement = f is not (ICollectionModel or OptionalModel),
            })
            .GroupBy(e => e.Type, StringComparer.Ordinal).Select(g => g.OrderBy(e => e.Formatter, StringComparer.Ordinal).First())
            .OrderBy(e => e.Formatter, StringComparer.Ordinal)));
}

/// <summary>One formatter: its name, and its type without and with annotations.</summary>
internal sealed record ResolverEntry(string Formatter, string Type, string AnnotatedType, bool IsReference)
{
    /// <summary>Gets a value indicating whether arrays and lists of the type are resolved as well.</summary>
    public bool IsElement { get; init; }
}
