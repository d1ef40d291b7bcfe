using System.Collections.Immutable;

namespace TypedSocketRedis.Generator.Model;

/// <summary>One formatter: a payload type with everything needed to write and read it.</summary>
/// <param name="Name">The formatter's class; the same type gives the same name in every contract.</param>
/// <param name="Type">The payload type, fully qualified.</param>
/// <param name="IsReference">Whether it is a reference type.</param>
internal abstract record FormatterModel(string Name, string Type, bool IsReference)
{
    public string HintName { get; init; } = Hint(Name);

    /// <summary>The type as the formatter handles it.</summary>
    public string VariableType => IsReference ? Type + "?" : Type;

    /// <summary>Each formatter once, in a stable order.</summary>
    public static IEnumerable<FormatterModel> Distinct(ImmutableArray<FormatterModel> all)
    {
        // Outputs must differ by more than case; types need not.
        var hints = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var group in all.GroupBy(f => f.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var formatter = group.First();
            for (var i = 2; !hints.Add(formatter.HintName); i++) formatter = formatter with { HintName = Hint(formatter.Name + "-" + i) };
            yield return formatter;
        }
    }

    private static string Hint(string name) => Naming.HintName(KnownNames.GeneratedNamespace + "." + name);
}

/// <summary>An object: its name for people, what is written in order, and which member fills each constructor parameter.</summary>
internal sealed record ObjectModel(
    string Name, string Type, bool IsReference, string Display,
    EquatableArray<MemberModel> Members, EquatableArray<ArgumentModel> ConstructorArguments) : FormatterModel(Name, Type, IsReference);

/// <summary>How a member comes back when an object is read.</summary>
internal enum MemberAssignment
{
    /// <summary>It does not: it is computed, or the constructor takes it.</summary>
    None,

    /// <summary>In the object initializer.</summary>
    Initializer,

    /// <summary>After construction, and only when it was there, so that the type's own default stays.</summary>
    Setter,
}

/// <summary>One property or field.</summary>
internal sealed record MemberModel(string Name, string WireName, ValueModel Value, MemberAssignment Assignment, bool IsRead);

/// <summary>One argument of a constructor.</summary>
/// <param name="Member">The member that holds it, by its index.</param>
/// <param name="Default">The parameter's default value as code; empty when it has none.</param>
internal sealed record ArgumentModel(int Member, string Default);

/// <summary>How a sequence is walked and made.</summary>
internal enum SequenceKind
{
    /// <summary>By <c>Length</c> and index; read as an array.</summary>
    Array,

    /// <summary>By <c>Count</c> and index; read as a list.</summary>
    List,

    /// <summary>By <c>Count</c> and enumeration; read as a list.</summary>
    Collection,

    /// <summary>By enumeration only; read as a list.</summary>
    Enumerable,

    /// <summary>By <c>Count</c> and enumeration; read as a set.</summary>
    Set,
}

/// <summary>A sequence of values.</summary>
internal sealed record SequenceModel(string Name, string Type, SequenceKind Kind, ValueModel Element)
    : FormatterModel(Name, Type, IsReference: true);

/// <summary>A dictionary with text keys.</summary>
internal sealed record MapModel(string Name, string Type, ValueModel Element) : FormatterModel(Name, Type, IsReference: true);
