using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing.Contracts;

namespace TypedSocketRedis.Generator.Parsing.Types;

/// <summary>Parses enums that are sent as text, and the converters that select text.</summary>
internal static class EnumParser
{
    private const string Text = "System.Text.Json.Serialization.JsonStringEnumConverter";
    private const string Number = "System.Text.Json.Serialization.JsonNumberEnumConverter<TEnum>";
    private const string Policies = "JsonNamingPolicy";

    /// <summary>Returns a value indicating whether the converter of a type or property selects text.</summary>
    public static bool IsText(ISymbol symbol) => Converter(symbol) is { } converter && !IsNumber(converter);

    /// <summary>Returns a value indicating whether the converter of a type or property selects the number.</summary>
    public static bool IsNumber(ISymbol symbol) => Converter(symbol) is { } converter && IsNumber(converter);

    /// <summary>Returns the naming that the converter of a type or property sets; <see cref="NameForm.Default"/> for none.</summary>
    public static NameForm Names(ISymbol symbol) => Converter(symbol) is { } converter ? Names(converter) ?? default : default;

    /// <summary>Reports the problem of the attribute with a converter. Returns true if there is none.</summary>
    public static bool Check(ISymbol symbol, ITypeSymbol type, TypeUse use)
    {
        if (symbol.Attribute(PayloadAttributes.Converter) is not { } attribute) return true;
        var converter = Converter(symbol);
        if (converter is null || !(IsNumber(converter) || Names(converter) is not null))
            use.Refuse(symbol, Descriptors.Converter, (converter ?? attribute.AttributeClass)!.Name);
        else if (type.TypeKind != TypeKind.Enum) use.Refuse(symbol, Descriptors.ConverterTarget);
        else if (Root(converter) is { Arity: 1 } root && !TypeIdentity.IsSame(root.TypeArguments[0], type))
            use.Refuse(symbol, Descriptors.ConverterType, root.TypeArguments[0].Display());
        else return true;
        return false;
    }

    private static INamedTypeSymbol? Converter(ISymbol symbol) => symbol.Attribute(PayloadAttributes.Converter)?.ConstructorArguments
        .Select(a => a.Value).OfType<INamedTypeSymbol>().FirstOrDefault();

    private static bool IsNumber(INamedTypeSymbol converter) => converter.OriginalDefinition.ToDisplayString() == Number;

    private static bool IsString(INamedTypeSymbol converter) =>
        converter.OriginalDefinition.ToDisplayString() is Text or Text + "<TEnum>";

    private static INamedTypeSymbol Root(INamedTypeSymbol converter) =>
        !IsString(converter) && converter.BaseType is { } inherited && Names(converter) is not null ? Root(inherited) : converter;

    // Null if the converter is another one, or if its naming is not written as a policy of the framework in its constructor.
    private static NameForm? Names(INamedTypeSymbol converter)
    {
        if (IsString(converter)) return NameForm.Default;
        if (converter.BaseType is not { } inherited || Names(inherited) is not { } names || converter.IsGenericType) return null;
        var constructor = converter.InstanceConstructors.FirstOrDefault(c => c.Parameters.IsEmpty);
        if (constructor is null || converter.DeclaringSyntaxReferences.IsEmpty) return null;
        var arguments = constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            ConstructorDeclarationSyntax { Initializer: { } call } => call.ArgumentList.Arguments,
            TypeDeclarationSyntax { BaseList: { } list } =>
                list.Types.OfType<PrimaryConstructorBaseTypeSyntax>().FirstOrDefault()?.ArgumentList.Arguments ?? default,
            _ => default,
        };
        if (arguments.Count == 0) return names;
        return arguments[0].Expression switch
        {
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } => NameForm.AsDeclared,
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: var policy, Expression: var owner }
                when owner.ToString().EndsWith(Policies, StringComparison.Ordinal) && Enum.TryParse<NameForm>(policy, out var form) => form,
            _ => null,
        };
    }

    /// <summary>Parses an enum that is sent as text.</summary>
    /// <param name="type">The enum.</param>
    /// <param name="name">The formatter's class.</param>
    /// <param name="names">The naming of its members.</param>
    /// <param name="use">The use of the enum.</param>
    public static EnumModel Parse(INamedTypeSymbol type, string name, NameForm names, TypeUse use)
    {
        var values = new HashSet<object?>();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        var members = new List<EnumMemberModel>();
        foreach (var member in type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue))
        {
            var text = PayloadAttributes.EnumName(member, names);
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
