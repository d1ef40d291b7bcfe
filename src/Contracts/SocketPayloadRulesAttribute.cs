namespace TypedSocketRedis;

/// <summary>Sets the rules with which payloads are written and read, for one contract or for all contracts of an assembly.</summary>
/// <remarks>
/// A setting of a contract takes precedence over that of its assembly. The rules belong to the assembly that declares the contract or the
/// type with <see cref="SocketPayloadAttribute"/>.
/// </remarks>
/// <example><code>
/// [assembly: SocketPayloadRules(UnspecifiedDatesAreUtc = true)]
/// </code></example>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Interface, Inherited = false)]
public sealed class SocketPayloadRulesAttribute : Attribute
{
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
