namespace TypedSocketRedis.Generator.Model;

/// <summary>One formatter: a payload type with the data for writing and reading it.</summary>
/// <param name="Name">The formatter's class, whose name is the same for a type in every contract.</param>
/// <param name="Type">The payload type, fully qualified.</param>
/// <param name="IsReference">True for a reference type.</param>
internal abstract record FormatterModel(string Name, string Type, bool IsReference)
{
    /// <summary>The type without annotations, as at run time.</summary>
    public string PlainType { get; init; } = Type;

    /// <summary>Gets a value indicating whether it is the only formatter of its type, and not one for a single use.</summary>
    public bool IsResolved { get; init; } = true;

    /// <summary>Gets a value indicating whether nil is refused, although the type is not a reference.</summary>
    public bool RefusesNil { get; init; }

    /// <summary>The type of the formatter's variables, which can be null for a reference type.</summary>
    public string VariableType => IsReference ? Type + "?" : Type;
}

/// <summary>
/// An object: its display name, its members in the order in which they are written, and the member of each constructor parameter.
/// </summary>
internal sealed record ObjectModel(
    string Name, string Type, bool IsReference, string Display,
    EquatableArray<MemberModel> Members, EquatableArray<ArgumentModel> ConstructorArguments) : FormatterModel(Name, Type, IsReference)
{
    /// <summary>Gets a value indicating whether the names of properties are also read in another case.</summary>
    public bool IgnoresCase { get; init; }

    /// <summary>Gets a value indicating whether the object validates itself after it was read.</summary>
    public bool IsValidatable { get; init; }

    /// <summary>Gets a value indicating whether a copy of the object with other values is a copy of its fields.</summary>
    public bool IsCloned { get; init; }

    /// <summary>The discriminator, if the object is one type of a union; otherwise null.</summary>
    public MarkModel? Mark { get; init; }
}

/// <summary>The discriminator property of an object in a union.</summary>
/// <param name="Property">Its name on the wire.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsText">True if the value is text, false if it is a number.</param>
internal sealed record MarkModel(string Property, string Value, bool IsText);

/// <summary>The ways in which a member is set when an object is read.</summary>
internal enum MemberAssignment
{
    /// <summary>It is not set: it is computed, or an argument of the constructor.</summary>
    None,

    /// <summary>It is set in the object initializer.</summary>
    Initializer,

    /// <summary>It is set after construction, and only if it was received, so that the type's own default is kept otherwise.</summary>
    Setter,
}

/// <summary>One property or field.</summary>
internal sealed record MemberModel(string Name, string WireName, ValueModel Value, MemberAssignment Assignment, bool IsRead)
{
    public Presence Presence { get; init; }

    /// <summary>Gets a value indicating whether reading fails without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Gets a value indicating whether an initializer may omit it, so that the type's own default is kept.</summary>
    public bool IsInitOptional { get; init; }

    /// <summary>Gets a value indicating whether it can have another value than null if it was not sent.</summary>
    public bool HasDefault { get; init; }

    /// <summary>The code that creates the validation attributes of a member that is read.</summary>
    public EquatableArray<string> Rules { get; init; } = new([]);
}

/// <summary>The conditions under which a member is written.</summary>
internal enum Presence
{
    /// <summary>It is written if it is not null.</summary>
    NotNull,

    /// <summary>It is always written, null as nil.</summary>
    Always,

    /// <summary>It is written if it is not its type's default.</summary>
    NotDefault,

    /// <summary>It is never written, only read.</summary>
    Never,
}

/// <summary>One argument of a constructor.</summary>
/// <param name="Member">The index of its member, or a negative number for an ignored one.</param>
/// <param name="Default">The parameter's default value as code; empty if it has none.</param>
/// <param name="IsForgiven">True if the parameter is not nullable, but the value read for it is.</param>
internal sealed record ArgumentModel(int Member, string Default, bool IsForgiven)
{
    /// <summary>Gets a value indicating whether the parameter is a reference that can be null, although the member may be not.</summary>
    public bool TakesNull { get; init; }
}

/// <summary>The kinds of sequences, by the way they are enumerated and created.</summary>
internal enum SequenceKind
{
    /// <summary>Enumerated by <c>Length</c> and index; read as an array.</summary>
    Array,

    /// <summary>Enumerated by <c>Count</c> and index; read as a list.</summary>
    List,

    /// <summary>Enumerated with <c>Count</c>; read as a list.</summary>
    Collection,

    /// <summary>Copied to an array; read as a list.</summary>
    Enumerable,

    /// <summary>Enumerated with <c>Count</c>; read as a set.</summary>
    Set,

    /// <summary>Enumerated by <c>Length</c> and index, its default as nil; read as an array that is wrapped.</summary>
    ImmutableArray,

    /// <summary>Enumerated with <c>Count</c>; read as a list and then converted.</summary>
    ImmutableList,

    /// <summary>Enumerated with <c>Count</c>; read as a list and then converted.</summary>
    ImmutableSet,

    /// <summary>Enumerated with <c>Count</c>; read as a set and then converted.</summary>
    FrozenSet,
}

/// <summary>A sequence of values.</summary>
internal sealed record SequenceModel(string Name, string Type, SequenceKind Kind, ValueModel Element)
    : FormatterModel(Name, Type, IsReference: Kind != SequenceKind.ImmutableArray), ICollectionModel
{
    /// <inheritdoc/>
    public string Creation { get; init; } = "";

    /// <inheritdoc/>
    public string Copy { get; init; } = "";

    /// <inheritdoc/>
    public bool IsWriteOnly { get; init; }
}

/// <summary>A collection that is not read as the type of its kind, but created from it.</summary>
internal interface ICollectionModel
{
    /// <summary>
    /// Gets the expression that creates the collection from the list or dictionary <c>items</c>; empty for the kind itself.
    /// </summary>
    string Creation { get; }

    /// <summary>
    /// Gets the expression that copies the collection <c>value</c> to an array before it is written; empty if it is enumerated itself.
    /// </summary>
    string Copy { get; }

    /// <summary>Gets a value indicating whether nothing is known that creates the collection, so that it can only be sent.</summary>
    bool IsWriteOnly { get; }
}

/// <summary>The types as which a dictionary is read.</summary>
internal enum MapKind
{
    Dictionary,
    Sorted,
    Immutable,
    Frozen,

    /// <summary>Created from a dictionary.</summary>
    Other,
}

/// <summary>The ways in which the key of a dictionary is converted to text.</summary>
internal enum KeyKind
{
    /// <summary>The key is text, or a character.</summary>
    Text,

    /// <summary>The key has its own text form.</summary>
    Formattable,

    /// <summary>The key is an enum, converted by its number.</summary>
    Enum,

    /// <summary>The key is an enum, converted by the texts of its formatter.</summary>
    EnumText,

    /// <summary>The key is an enum, converted by the author's formatter.</summary>
    Custom,

    /// <summary>The key has a text form of this library.</summary>
    Special,
}

/// <summary>The key of a dictionary.</summary>
/// <param name="Type">Its type, fully qualified.</param>
/// <param name="Kind">The way it is converted to text.</param>
/// <param name="Codec">The number's keyword or the formatter's name; otherwise empty.</param>
internal sealed record KeyModel(string Type, KeyKind Kind, string Codec);

/// <summary>A dictionary with keys that are text on the wire.</summary>
internal sealed record MapModel(string Name, string Type, MapKind Kind, KeyModel Key, ValueModel Element)
    : FormatterModel(Name, Type, IsReference: true), ICollectionModel
{
    /// <inheritdoc/>
    public string Creation { get; init; } = "";

    /// <inheritdoc/>
    public string Copy { get; init; } = "";

    /// <inheritdoc/>
    public bool IsWriteOnly { get; init; }
}
