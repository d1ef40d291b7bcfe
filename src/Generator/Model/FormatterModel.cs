namespace TypedSocketRedis.Generator.Model;

/// <summary>One formatter: a payload type with everything needed to write and read it.</summary>
/// <param name="Name">The formatter's class; the same type gives the same name in every contract.</param>
/// <param name="Type">The payload type, fully qualified.</param>
/// <param name="IsReference">Whether it is a reference type.</param>
internal abstract record FormatterModel(string Name, string Type, bool IsReference)
{
    /// <summary>The type without annotations, as the runtime knows it.</summary>
    public string PlainType { get; init; } = Type;

    /// <summary>Whether it is the one formatter of its type, not one for a single place.</summary>
    public bool IsResolved { get; init; } = true;

    /// <summary>The type as the formatter handles it.</summary>
    public string VariableType => IsReference ? Type + "?" : Type;
}

/// <summary>An object: its name for people, what is written in order, and which member fills each constructor parameter.</summary>
internal sealed record ObjectModel(
    string Name, string Type, bool IsReference, string Display,
    EquatableArray<MemberModel> Members, EquatableArray<ArgumentModel> ConstructorArguments) : FormatterModel(Name, Type, IsReference)
{
    /// <summary>As one type of a union: the property that says so; otherwise none.</summary>
    public MarkModel? Mark { get; init; }
}

/// <summary>The property that says which type of a union an object is.</summary>
/// <param name="Property">Its name on the wire.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsText">Whether the value is text; otherwise it is a number.</param>
internal sealed record MarkModel(string Property, string Value, bool IsText);

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
internal sealed record MemberModel(string Name, string WireName, ValueModel Value, MemberAssignment Assignment, bool IsRead)
{
    public Presence Presence { get; init; }

    /// <summary>Whether reading fails without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether an initializer may leave it out, so that the type's own default stays.</summary>
    public bool IsInitOptional { get; init; }
}

/// <summary>When a member is written.</summary>
internal enum Presence
{
    /// <summary>When it is not null.</summary>
    NotNull,

    /// <summary>Always, null as nil.</summary>
    Always,

    /// <summary>When it is not its type's default.</summary>
    NotDefault,

    /// <summary>It is read only.</summary>
    Never,
}

/// <summary>One argument of a constructor.</summary>
/// <param name="Member">The member that holds it, by its index; negative for one that is ignored.</param>
/// <param name="Default">The parameter's default value as code; empty when it has none.</param>
/// <param name="IsForgiven">Whether the parameter is never null, and what is read for it may be.</param>
internal sealed record ArgumentModel(int Member, string Default, bool IsForgiven);

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

    /// <summary>By <c>Length</c> and index, its default as nil; read as an array that is wrapped.</summary>
    ImmutableArray,

    /// <summary>By <c>Count</c> and enumeration; read by way of a list.</summary>
    ImmutableList,

    /// <summary>By <c>Count</c> and enumeration; read by way of a list.</summary>
    ImmutableSet,

    /// <summary>By <c>Count</c> and enumeration; read by way of a set.</summary>
    FrozenSet,
}

/// <summary>A sequence of values.</summary>
internal sealed record SequenceModel(string Name, string Type, SequenceKind Kind, ValueModel Element)
    : FormatterModel(Name, Type, IsReference: Kind != SequenceKind.ImmutableArray);

/// <summary>What a dictionary is read as.</summary>
internal enum MapKind
{
    Dictionary,
    Sorted,
    Immutable,
    Frozen,
}

/// <summary>How the key of a dictionary becomes text.</summary>
internal enum KeyKind
{
    /// <summary>It is text, or a character.</summary>
    Text,

    /// <summary>It has a text form of its own.</summary>
    Formattable,

    /// <summary>An enum, by its number.</summary>
    Enum,

    /// <summary>An enum, by its formatter.</summary>
    EnumText,
}

/// <summary>The key of a dictionary.</summary>
/// <param name="Type">Its type, fully qualified.</param>
/// <param name="Kind">How it becomes text.</param>
/// <param name="Codec">The number's keyword or the formatter's name; otherwise empty.</param>
internal sealed record KeyModel(string Type, KeyKind Kind, string Codec);

/// <summary>A dictionary with keys that are text on the wire.</summary>
internal sealed record MapModel(string Name, string Type, MapKind Kind, KeyModel Key, ValueModel Element)
    : FormatterModel(Name, Type, IsReference: true);
