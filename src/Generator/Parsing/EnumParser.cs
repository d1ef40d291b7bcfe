using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Parses enums that are sent as text, and the converters that select text.</summary>
internal static class EnumParser
{
    /// <summary>Returns a value indicating whether a type or property is converted to text.</summary>
    /// <exception cref="ShapeException">It has another converter, or is not an enum.</exception>
    public static bool IsText(ISymbol symbol, ITypeSymbol type, ShapePath path)
    {
        if (symbol.Attribute(PayloadAttributes.Converter) is not { } attribute) return false;
        var converter = attribute.ConstructorArguments.Select(a => a.Value).OfType<INamedTypeSymbol>().FirstOrDefault();
        var name = converter?.OriginalDefinition.ToDisplayString();
        if (name is not ("System.Text.Json.Serialization.JsonStringEnumConverter"
            or "System.Text.Json.Serialization.JsonStringEnumConverter<TEnum>"))
            throw path.Refuse(
                $"{converter?.Name ?? "a converter"} cannot be called by generated code; only JsonStringEnumConverter is supported",
                Descriptors.Converter);
        if (converter!.Arity == 1 && !TypeIdentity.IsSame(converter.TypeArguments[0], type))
            throw path.Refuse($"the converter is for {converter.TypeArguments[0].Name}", Descriptors.Converter);
        if (type.TypeKind != TypeKind.Enum) throw path.Refuse("JsonStringEnumConverter converts enums only", Descriptors.Converter);
        return true;
    }

    public static EnumModel Parse(INamedTypeSymbol type, string name, ShapePath path)
    {
        var values = new HashSet<object?>();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        var members = new List<EnumMemberModel>();
        foreach (var member in type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue))
        {
            var text = PayloadAttributes.EnumName(member);
            if (!texts.Add(text)) throw path.Member(member).Refuse($"another member has the wire name '{text}'", Descriptors.Converter);
            // A member whose name is not valid in C# is written as a number with a cast.
            var code = PayloadAttributes.IsForbidden(member) || !member.CanBeReferencedByName
                ? $"({type.PlainCode()})({CodeText.Constant(member.ConstantValue)})"
                : $"{type.PlainCode()}.{Symbols.Escape(member.Name)}";
            members.Add(new(member.Name, code, text, !values.Add(member.ConstantValue)));
        }

        return new(name, type.PlainCode(), type.EnumUnderlyingType!.PlainCode(), type.Has("System.FlagsAttribute"), new(members));
    }
}
