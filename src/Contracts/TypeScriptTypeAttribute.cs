namespace TypedSocketRedis;

/// <summary>
/// Sets the TypeScript type of the values that a custom MessagePack formatter writes, for the TypeScript of contracts. Default:
/// <c>unknown</c>.
/// </summary>
/// <param name="type">The TypeScript type, for example <c>`${number} ${string}`</c> or <c>[number, number]</c>, which is written
/// unchanged.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TypeScriptTypeAttribute(string type) : Attribute
{
    /// <summary>The TypeScript type.</summary>
    public string Type { get; } = type;
}
