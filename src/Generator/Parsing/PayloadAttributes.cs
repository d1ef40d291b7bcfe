using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>The attributes of System.Text.Json and MessagePack that payload types may carry.</summary>
internal static class PayloadAttributes
{
    private const string Obsolete = "System.ObsoleteAttribute";
    private const string Ignore = "System.Text.Json.Serialization.JsonIgnoreAttribute";
    private const string IgnoreMember = "MessagePack.IgnoreMemberAttribute";
    private const string PropertyName = "System.Text.Json.Serialization.JsonPropertyNameAttribute";
    private const string Key = "MessagePack.KeyAttribute";
    private const string JsonConstructor = "System.Text.Json.Serialization.JsonConstructorAttribute";
    private const string SerializationConstructor = "MessagePack.SerializationConstructorAttribute";

    private const int IgnoreAlways = 1;

    // What would change the wire in a way that is not written here; silence would be wrong.
    private static readonly string[] Unsupported =
    [
        "JsonConverterAttribute", "JsonDerivedTypeAttribute", "JsonPolymorphicAttribute", "JsonExtensionDataAttribute",
        "JsonStringEnumMemberNameAttribute", "UnionAttribute", "MessagePackFormatterAttribute",
    ];

    public static bool IsUnsupported(string? name) => name is not null && Unsupported.Contains(name);

    public static string Short(string name) => name.Substring(0, name.Length - "Attribute".Length);

    /// <summary>Whether using the symbol is an error.</summary>
    public static bool IsForbidden(ISymbol symbol) =>
        symbol.Attribute(Obsolete) is { ConstructorArguments: { Length: > 1 } arguments } && arguments[1].Value is true;

    public static bool IsIgnored(ISymbol member)
    {
        if (member.Has(IgnoreMember)) return true;
        if (member.Attribute(Ignore) is not { } ignore) return false;
        var condition = ignore.NamedArguments.FirstOrDefault(a => a.Key == "Condition").Value.Value;
        return condition is null or IgnoreAlways;
    }

    public static string WireName(ISymbol member) =>
        Text(member.Attribute(PropertyName)) ?? Text(member.Attribute(Key)) ?? Naming.CamelCase(member.Name);

    public static bool IsChosen(IMethodSymbol constructor) =>
        constructor.Has(JsonConstructor) || constructor.Has(SerializationConstructor);

    /// <summary>The text an attribute was given, if that is all it was given.</summary>
    public static string? Text(AttributeData? attribute) =>
        attribute is { ConstructorArguments: { Length: 1 } arguments } ? arguments[0].Value as string : null;
}
