using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing.Contracts;

namespace TypedSocketRedis.Generator.Parsing.Types;

/// <summary>The attributes of System.Text.Json, MessagePack and data contracts on payload types.</summary>
internal static class PayloadAttributes
{
    public const string Converter = Json + "JsonConverterAttribute";
    public const string CustomFormatter = "MessagePack.MessagePackFormatterAttribute";
    public const string DerivedType = Json + "JsonDerivedTypeAttribute";
    public const string Polymorphic = Json + "JsonPolymorphicAttribute";
    public const string Union = "MessagePack.UnionAttribute";
    public const string Include = Json + "JsonIncludeAttribute";

    private const string Obsolete = "System.ObsoleteAttribute";
    private const string Experimental = "System.Diagnostics.CodeAnalysis.ExperimentalAttribute";
    private const string Json = "System.Text.Json.Serialization.";
    private const string Ignore = Json + "JsonIgnoreAttribute";
    private const string Required = Json + "JsonRequiredAttribute";
    private const string PropertyOrder = Json + "JsonPropertyOrderAttribute";
    private const string Suffix = "Attribute";
    private const string PropertyName = Json + "JsonPropertyNameAttribute";
    private const string EnumMemberName = Json + "JsonStringEnumMemberNameAttribute";
    private const string JsonConstructor = Json + "JsonConstructorAttribute";
    private const string IgnoreMember = "MessagePack.IgnoreMemberAttribute";
    private const string Key = "MessagePack.KeyAttribute";
    private const string SerializationConstructor = "MessagePack.SerializationConstructorAttribute";
    private const string DataMember = "System.Runtime.Serialization.DataMemberAttribute";
    private const string DataContract = "System.Runtime.Serialization.DataContractAttribute";
    private const string IgnoreDataMember = "System.Runtime.Serialization.IgnoreDataMemberAttribute";
    private const string EnumMember = "System.Runtime.Serialization.EnumMemberAttribute";

    // The attributes of System.Text.Json that the generator supports. Ignoring another one would be wrong.
    private static readonly HashSet<string> Supported = new(StringComparer.Ordinal)
    {
        Ignore, Required, PropertyName, EnumMemberName, JsonConstructor, Include, Converter, DerivedType, Polymorphic,
        PropertyOrder,
    };

    private enum IgnoreCondition
    {
        Never,
        Always,
        WhenWritingDefault,
        WhenWritingNull,
        WhenWriting,
        WhenReading,
    }

    /// <summary>Returns the names of unsupported attributes, without their suffix.</summary>
    public static IEnumerable<string> Unsupported(ISymbol symbol) => symbol.GetAttributes().Select(a => a.AttributeClass)
        .Where(a => a is not null && IsJson(a) && !Supported.Contains(a.ToDisplayString()))
        .Select(a => a!.Name.EndsWith(Suffix, StringComparison.Ordinal) ? a.Name.Substring(0, a.Name.Length - Suffix.Length) : a.Name);

    /// <summary>
    /// Returns a value indicating whether using a type, a property or a constructor is an error, because the symbol, its accessor or a
    /// containing type is <c>[Obsolete]</c> as an error.
    /// </summary>
    public static bool IsForbidden(ISymbol symbol)
    {
        if (symbol is IPropertySymbol property && (IsError(property.GetMethod) || IsError(property.SetMethod))) return true;
        for (var type = symbol as INamedTypeSymbol; type?.ContainingType is { } outer; type = outer)
            if (IsError(outer)) return true;
        return IsError(symbol);

        static bool IsError(ISymbol? s) =>
            s?.Attribute(Obsolete) is { ConstructorArguments: { Length: > 1 } arguments } && arguments[1].Value is true;
    }

    /// <summary>Returns the <c>[Obsolete]</c> of a symbol as code; empty if it has none.</summary>
    public static string ObsoleteCode(ISymbol symbol) => Code(symbol, Obsolete);

    /// <summary>Returns the <c>[Experimental]</c> of a symbol as code; empty if it has none.</summary>
    public static string ExperimentalCode(ISymbol symbol) => Code(symbol, Experimental);

    public static bool IsIgnored(ISymbol member) =>
        member.Has(IgnoreMember) || member.Has(IgnoreDataMember) || Condition(member) == IgnoreCondition.Always || IsLeftOut(member);

    /// <summary>Returns a value indicating whether a member of a <c>[DataContract]</c> is sent because of its attribute.</summary>
    public static bool IsDataMember(ISymbol member) => member.Has(DataMember) && member.ContainingType?.Has(DataContract) == true;

    /// <summary>Returns the position of a member among the members of its type; the default is 0.</summary>
    public static int Order(ISymbol member) =>
        member.Attribute(PropertyOrder) is { ConstructorArguments: { Length: 1 } order } ? order[0].Value as int? ?? 0 : 0;

    /// <summary>Returns a value indicating whether the member is written but ignored when an object is read.</summary>
    public static bool IsIgnoredWhenRead(ISymbol member) => Condition(member) == IgnoreCondition.WhenReading;

    public static bool IsRequired(ISymbol member) =>
        member.Has(Required) || (IsDataMember(member) && Named(member.Attribute(DataMember), "IsRequired") is true);

    /// <summary>Returns the condition under which a member is written, or null if no attribute sets one.</summary>
    public static Presence? Presence(ISymbol member) => Condition(member) switch
    {
        IgnoreCondition.Never => Model.Presence.Always,
        IgnoreCondition.WhenWritingDefault => Model.Presence.NotDefault,
        IgnoreCondition.WhenWritingNull => Model.Presence.NotNull,
        IgnoreCondition.WhenWriting => Model.Presence.Never,
        _ => IsDataMember(member) && Named(member.Attribute(DataMember), "EmitDefaultValue") is false ? Model.Presence.NotDefault : null,
    };

    public static string WireName(ISymbol member, PayloadOptions options) =>
        Text(member.Attribute(PropertyName)) ?? Text(member.Attribute(Key)) ?? Named(member.Attribute(DataMember), "Name") as string
        ?? Naming.Of(member.Name, options.Properties);

    /// <summary>Returns a value indicating whether an attribute sets the name of a member.</summary>
    public static bool HasName(ISymbol member) =>
        (Text(member.Attribute(PropertyName)) ?? Text(member.Attribute(Key)) ?? Named(member.Attribute(DataMember), "Name")) is not null;

    /// <summary>Returns the text of an enum member.</summary>
    public static string EnumName(IFieldSymbol member, NameForm form) =>
        Text(member.Attribute(EnumMemberName)) ?? Named(member.Attribute(EnumMember), "Value") as string ?? Naming.Of(member.Name, form);

    public static bool IsChosen(IMethodSymbol constructor) =>
        constructor.Has(JsonConstructor) || constructor.Has(SerializationConstructor);

    /// <summary>Returns the only argument of an attribute if it is text; otherwise null.</summary>
    public static string? Text(AttributeData? attribute) =>
        attribute is { ConstructorArguments: { Length: 1 } arguments } ? arguments[0].Value as string : null;

    /// <summary>Returns the value of an attribute's property, or null if it is not set.</summary>
    public static object? Named(AttributeData? attribute, string name) =>
        attribute?.NamedArguments.FirstOrDefault(a => a.Key == name).Value.Value;

    private static string Code(ISymbol symbol, string attribute)
    {
        if (symbol.Attribute(attribute) is not { } found) return "";
        var arguments = found.ConstructorArguments.Select(CodeText.Constant)
            .Concat(found.NamedArguments.Select(a => $"{a.Key} = {CodeText.Constant(a.Value)}"));
        return $"[global::{attribute}({string.Join(", ", arguments)})]";
    }

    // A data contract sends the members that it lists; an attribute of another serializer lists a member as well.
    private static bool IsLeftOut(ISymbol member) => member.ContainingType?.Has(DataContract) == true
        && !member.Has(DataMember) && !member.Has(PropertyName) && !member.Has(Include) && !member.Has(Key);

    private static bool IsJson(INamedTypeSymbol attribute)
    {
        for (var t = attribute; t is not null; t = t.BaseType)
            if (t.Name == "JsonAttribute" && t.ToDisplayString() == Json + "JsonAttribute") return true;
        return false;
    }

    private static IgnoreCondition? Condition(ISymbol member) =>
        member.Attribute(Ignore) is { } ignore ? (IgnoreCondition)(Named(ignore, "Condition") as int? ?? (int)IgnoreCondition.Always)
            : null;
}
