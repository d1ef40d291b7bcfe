namespace TypedSocketRedis;

/// <summary>Says, on a MessagePack formatter of your own, what it writes, for the TypeScript of contracts; without it that is <c>unknown</c>.</summary>
/// <param name="type">A TypeScript type, for example <c>`${number} ${string}`</c> or <c>[number, number]</c>; written as it is.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TypeScriptTypeAttribute(string type) : Attribute
{
    /// <summary>The TypeScript type.</summary>
    public string Type { get; } = type;
}
