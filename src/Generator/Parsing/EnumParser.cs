using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Parses enums that are sent as text, and the converters that select text.</summary>
internal static class EnumParser
{
    private const string Text = "System.Text.Json.Serialization.JsonStringEnumConverter";

    /// <summary>Returns a value indicating whether a converter is applied to a type or property.</summary>
    public static bool IsText(ISymbol symbol) => symbol.Has(PayloadAttributes.Converter);

    /// <summary>Reports the problem of the attribute with a converter. Returns true if there is none.</summary>
    public static bool Check(ISymbol symbol, ITypeSymbol type, TypeUse use)
    {
        if (symbol.Attribute(PayloadAttributes.Converter) is not { } attribute) return true;
        var converter = attribute.ConstructorArguments.Select(a => a.Value).OfType<INamedTypeSymbol>().FirstOrDefault();
        if (converter?.OriginalDefinition.ToDisplayString() is not (Text or Text + "<TEnum>"))
            use.Refuse(symbol, Descriptors.Converter, (converter ?? attribute.AttributeClass)!.Name);
        else if (type.TypeKind != TypeKind.Enum) use.Refuse(symbol, Descriptors.ConverterTarget);
        else if (converter.Arity == 1 && !TypeIdentity.IsSame(converter.TypeArguments[0], type))
            use.Refuse(symbol, Descriptors.ConverterType, converter.TypeArguments[0].Display());
        else return true;
        return false;
    }

    public static EnumModel Parse(INamedTypeSymbol type, string name, TypeUse use)
    {
        var values = new HashSet<object?>();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        var members = new List<EnumMemberModel>();
        foreach (var member in type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue))
        {
            var text = PayloadAttributes.EnumName(member);
            if (!texts.Add(text)) use.Refuse(member, Descriptors.SameText, text);
            // A member whose name is not valid in C# is written as a number with a cast.
            var code = PayloadAttributes.IsForbidden(member) || !member.CanBeReferencedByName
                ? $"({type.PlainCode()})({CodeText.Constant(member.ConstantValue)})"
                : $"{type.PlainCode()}.{Symbols.Escape(member.Name)}";
            members.Add(new(member.Name, code, text, !values.Add(member.ConstantValue)));
        }

        return new(name, type.PlainCode(), type.EnumUnderlyingType!.PlainCode(), type.Has("System.FlagsAttribute"), new(members));
    }
}
