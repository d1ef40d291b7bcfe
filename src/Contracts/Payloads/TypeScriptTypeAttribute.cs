namespace TypedSocketRedis;

/// <summary>
/// Sets the type that a payload type, a property, a parameter or a result has in the TypeScript of contracts. On a custom MessagePack
/// formatter it is the type of the values that the formatter writes, which is <c>unknown</c> otherwise.
/// </summary>
/// <remarks>It does not change the values on the wire.</remarks>
/// <param name="type">
/// The TypeScript type, for example <c>`${number} ${string}`</c> or <c>[number, number]</c>, which is written unchanged except for
/// <c>{0}</c>, <c>{1}</c> and so on: the TypeScript of the type's arguments.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Interface
    | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.ReturnValue)]
public sealed class TypeScriptTypeAttribute(string type) : Attribute
{
    /// <summary>The TypeScript type.</summary>
    public string Type { get; } = type;

    /// <summary>
    /// Gets or sets the import statement that the type needs, for example <c>import type { Dayjs } from "dayjs";</c>. Default: none.
    /// </summary>
    public string? Import { get; set; }
}
