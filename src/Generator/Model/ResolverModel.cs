using System.Collections.Immutable;

namespace TypedSocketRedis.Generator.Model;

/// <summary>What an assembly's resolver needs to know: names only, so that an edited payload type does not touch it.</summary>
/// <param name="Namespace">Where it goes, as code.</param>
/// <param name="IsPublic">Whether the assembly has a public contract or payload type.</param>
/// <param name="Entries">Its formatters, by name.</param>
internal sealed record ResolverModel(string Namespace, bool IsPublic, EquatableArray<ResolverEntry> Entries)
{
    public static ResolverModel From(string space, ImmutableArray<Parsed> parsed) => new(
        space,
        parsed.Any(p => p.IsPublic),
        new(parsed.SelectMany(p => p.Formatters).Where(f => f.IsResolved).Select(f => new ResolverEntry(f.Name, f.PlainType, f.Type, f.IsReference))
            .GroupBy(e => e.Type, StringComparer.Ordinal).Select(g => g.OrderBy(e => e.Formatter, StringComparer.Ordinal).First())
            .OrderBy(e => e.Formatter, StringComparer.Ordinal)));
}

/// <summary>One formatter: its name, its type without annotations and with them.</summary>
internal sealed record ResolverEntry(string Formatter, string Type, string AnnotatedType, bool IsReference);
