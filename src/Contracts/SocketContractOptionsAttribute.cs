namespace TypedSocketRedis;

/// <summary>
/// The settings of names and values on the wire, which a contract can have in its attribute, and an assembly in
/// <see cref="SocketContractDefaultsAttribute"/>.
/// </summary>
/// <remarks>
/// A setting of the contract takes precedence over the same one of its assembly. The name in an attribute of an event, a property or a
/// member of an enum takes precedence over both. The settings include the payload types that a contract uses, whichever assembly declares
/// them; the values of <see cref="SocketPayloadAttribute"/> have the settings of their assembly.
/// </remarks>
public abstract class SocketContractOptionsAttribute : Attribute
{
    private protected SocketContractOptionsAttribute()
    {
    }

    /// <summary>Gets or sets the naming of events, properties and texts of enums, each unless it has a setting of its own.</summary>
    public SocketNaming Naming { get; set; }

    /// <summary>Gets or sets the naming of events. Default: <see cref="Naming"/>.</summary>
    public SocketNaming EventNaming { get; set; }

    /// <summary>Gets or sets the naming of properties. Default: <see cref="Naming"/>.</summary>
    public SocketNaming PropertyNaming { get; set; }

    /// <summary>Gets or sets the naming of the texts of enums. Default: <see cref="Naming"/>.</summary>
    public SocketNaming EnumNaming { get; set; }

    /// <summary>
    /// Gets or sets the text before the name of each event that has no <see cref="SocketEventAttribute"/>, including its separator, for
    /// example <c>order:</c>. Default: none.
    /// </summary>
    public string? EventPrefix { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether enums are text without <c>JsonStringEnumConverter</c>; one with
    /// <c>JsonNumberEnumConverter</c> stays a number. Default: <see langword="false"/>.
    /// </summary>
    public bool EnumsAsText { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether a <see cref="decimal"/> is a number, as a <see cref="double"/> with about 15 digits.
    /// Default: <see langword="false"/>, where it is text and keeps every digit. Both forms are read in both cases.
    /// </summary>
    public bool DecimalsAsNumbers { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether a payload is refused if a reference in it is null although it is declared not null, or if
    /// it lacks the value of a constructor parameter without a default. Default: <see langword="true"/>.
    /// </summary>
    /// <remarks>Arguments themselves, and <c>required</c> properties, are never missing.</remarks>
    public bool RespectNullableAnnotations { get; set; } = true;

    /// <summary>
    /// Gets or sets a value indicating whether the name of a property that equals no property's name is compared again without case.
    /// Otherwise such a property is ignored. Default: <see langword="true"/>.
    /// </summary>
    public bool PropertyNameCaseInsensitive { get; set; } = true;

    /// <summary>
    /// Gets or sets a value indicating whether a <see cref="DateTime"/> of kind <see cref="DateTimeKind.Unspecified"/> is sent as UTC, as
    /// dates from databases usually are. Otherwise sending it throws <see cref="ArgumentException"/>. Default: <see langword="false"/>.
    /// </summary>
    public bool UnspecifiedDatesAreUtc { get; set; }
}
