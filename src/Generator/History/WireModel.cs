namespace TypedSocketRedis.Generator.History;

/// <summary>The form of a contract on the wire, without the names that only C# knows.</summary>
/// <param name="Direction">The direction of its events.</param>
/// <param name="Path">The Socket.IO namespace.</param>
/// <param name="ErrorFirst">True if acknowledgements start with an error or null.</param>
/// <param name="Events">Its events, by name.</param>
/// <param name="Shapes">The payload types, by name.</param>
internal sealed record WireContract(
    string Direction, string Path, bool ErrorFirst, Dictionary<string, WireEvent> Events, Dictionary<string, WireShape> Shapes);

/// <summary>One event.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Arguments">Its arguments, in order.</param>
/// <param name="Ack">The value of its acknowledgement, or null for none.</param>
internal sealed record WireEvent(string Name, List<WireSlot> Arguments, WireSlot? Ack);

/// <summary>One argument, acknowledgement or property.</summary>
/// <param name="Name">The name of a property; empty for the others.</param>
/// <param name="Type">Its type.</param>
internal sealed record WireSlot(string Name, WireType Type)
{
    /// <summary>Gets a value indicating whether it is read without being sent.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Gets a value indicating whether it is left out of what is sent under some condition.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>Gets a value indicating whether it is only read.</summary>
    public bool IsUnsent { get; init; }

    /// <summary>Gets a value indicating whether it is only sent.</summary>
    public bool IsUnread { get; init; }

    /// <summary>Gets a value indicating whether it takes all further arguments.</summary>
    public bool IsRest { get; init; }
}

/// <summary>A use of a type.</summary>
/// <param name="Name">The name of a value, of a payload type, or <c>array</c>, <c>map</c>, <c>tuple</c> or <c>result</c>.</param>
/// <param name="Items">The types inside it.</param>
internal sealed record WireType(string Name, params WireType[] Items)
{
    public const string Array = "array";
    public const string Map = "map";
    public const string Tuple = "tuple";
    public const string Result = "result";

    /// <summary>Gets a value indicating whether it can be null.</summary>
    public bool IsNullable { get; init; }
}

/// <summary>A payload type with a name of its own.</summary>
/// <param name="Name">Its name.</param>
internal abstract record WireShape(string Name);

/// <summary>An object.</summary>
internal sealed record WireObject(string Name, List<WireSlot> Members) : WireShape(Name)
{
    /// <summary>Gets a value indicating whether the names of properties are also read in another case.</summary>
    public bool IgnoresCase { get; init; }
}

/// <summary>An enum with the texts, or for numbers the C# names, of its members.</summary>
internal sealed record WireEnum(string Name, string Form, Dictionary<string, string> Members) : WireShape(Name)
{
    public const string Text = "text";
    public const string Flags = "flags";

    /// <summary>Gets a value indicating whether its values are text.</summary>
    public bool IsText => Form is Text or Flags;
}

/// <summary>A union: its discriminator property, and its types by discriminator; that of a type without one is empty.</summary>
internal sealed record WireUnion(string Name, string Property, Dictionary<string, string> Variants) : WireShape(Name)
{
    /// <summary>Gets a value indicating whether an object with an unknown discriminator is read as the base type.</summary>
    public bool IsOpen { get; init; }
}

/// <summary>
/// A collection that contains itself, or a type with a custom formatter, which is represented by the code that creates it.
/// </summary>
internal sealed record WireAlias(string Name, WireType Type) : WireShape(Name);
