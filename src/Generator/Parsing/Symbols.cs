using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Helpers for symbols that several parsers use.</summary>
internal static class Symbols
{
    private static readonly SymbolDisplayFormat Plain = SymbolDisplayFormat.FullyQualifiedFormat;

    private static readonly SymbolDisplayFormat Nameless = Plain.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    private static readonly SymbolDisplayFormat Annotated = Plain.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Returns the type as code, including annotations.</summary>
    public static string Code(this ITypeSymbol type) => Show(type, Annotated);

    /// <summary>Returns the type as code, without its own annotation but with those of its arguments.</summary>
    public static string CodeWithoutNull(this ITypeSymbol type) =>
        Show(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), Annotated);

    /// <summary>Returns the type as code, without any annotations.</summary>
    public static string PlainCode(this ITypeSymbol type) => Show(type, Plain);

    /// <summary>
    /// Returns the type in the form in which the compiler compares signatures: without annotations and names of tuple items.
    /// </summary>
    public static string CodeWithoutNames(this ITypeSymbol type) => Show(type, Nameless);

    /// <summary>Returns the type for messages.</summary>
    public static string Display(this ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>Returns the type for messages, without its own annotation.</summary>
    public static string DisplayWithoutNull(this ITypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).Display();

    /// <summary>Returns the name as code, escaped if it is a keyword.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name
            : name;

    /// <summary>Returns a value indicating whether a type, or a type that contains it, has type parameters.</summary>
    public static bool IsGeneric(INamedTypeSymbol type)
    {
        for (var t = type; t is not null; t = t.ContainingType)
            if (t.Arity > 0) return true;
        return false;
    }

    /// <summary>Returns a value indicating whether code in the same assembly, outside any type, can access the symbol.</summary>
    public static bool IsReachable(ISymbol symbol, IAssemblySymbol from)
    {
        for (var s = symbol; s is not null and not INamespaceSymbol; s = s.ContainingSymbol)
        {
            if (s is INamedTypeSymbol { IsFileLocal: true }) return false;
            if (!IsAccessible(s, from)) return false;
        }

        return symbol is not ITypeSymbol type || IsNameable(type);
    }

    /// <summary>
    /// Returns a value indicating whether the names of a type, its arguments and its containing types are valid in C#; other languages
    /// allow any text.
    /// </summary>
    public static bool IsNameable(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array) return IsNameable(array.ElementType);
        if (type is not INamedTypeSymbol { TypeKind: not TypeKind.Error } named) return true;
        for (ISymbol? s = named; s is not (null or INamespaceSymbol { IsGlobalNamespace: true }); s = s.ContainingSymbol)
        {
            if (!s.CanBeReferencedByName) return false;
            if (s is INamedTypeSymbol part && !part.TypeArguments.All(IsNameable)) return false;
        }

        return true;
    }

    /// <summary>Returns a value indicating whether the name of a member, which a type declares or inherits, is valid in C#.</summary>
    public static bool IsNameable(INamedTypeSymbol type, string member)
    {
        for (var t = type; t is not null; t = t.BaseType)
            if (t.GetMembers(member) is { IsEmpty: false } found) return found[0].CanBeReferencedByName;
        return false;
    }

    /// <summary>Returns a value indicating whether the declared accessibility of a symbol allows the assembly to use it.</summary>
    public static bool IsAccessible(ISymbol symbol, IAssemblySymbol from) => symbol.DeclaredAccessibility switch
    {
        Accessibility.Public => true,
        Accessibility.Internal or Accessibility.ProtectedOrInternal =>
            SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, from) || symbol.ContainingAssembly.GivesAccessTo(from),
        _ => false,
    };

    /// <summary>
    /// Returns a value indicating whether the type, including its arguments, is accessible wherever a public contract is.
    /// </summary>
    public static bool IsPublicType(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsPublicType(array.ElementType),
        INamedTypeSymbol named => IsPublic(named) && named.TypeArguments.All(IsPublicType),
        _ => true,
    };

    /// <summary>Returns a value indicating whether a symbol and its containing types are public.</summary>
    public static bool IsPublic(ISymbol symbol)
    {
        for (var s = symbol; s is not null and not INamespaceSymbol; s = s.ContainingSymbol)
            if (s.DeclaredAccessibility != Accessibility.Public) return false;
        return true;
    }

    public static AttributeData? Attribute(this ISymbol symbol, string fullName)
    {
        foreach (var attribute in symbol.GetAttributes())
            if (attribute.Is(fullName)) return attribute;
        return null;
    }

    /// <summary>Returns a value indicating whether an attribute has a type.</summary>
    /// <remarks>The short name is compared first, because the full name is created by each call.</remarks>
    public static bool Is(this AttributeData attribute, string fullName) => attribute.AttributeClass is { } type
        && fullName.EndsWith(type.Name, StringComparison.Ordinal) && type.ToDisplayString() == fullName;

    public static bool Has(this ISymbol symbol, string fullName) => symbol.Attribute(fullName) is not null;

    /// <summary>Returns a value indicating whether a type belongs to the framework, and not to the compiled assembly.</summary>
    public static bool IsFramework(ITypeSymbol type, IAssemblySymbol own)
    {
        if (SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, own)) return false;
        var space = type.ContainingNamespace;
        var inner = space;
        while (space is { ContainingNamespace.IsGlobalNamespace: false }) (inner, space) = (space, space.ContainingNamespace);
        if (space is not { ContainingNamespace.IsGlobalNamespace: true }) return false;
        return space.Name is "System" || (space.Name is "Microsoft" && inner.Name is "AspNetCore" or "Extensions");
    }

    /// <summary>Returns a default value as code.</summary>
    public static string Literal(IParameterSymbol parameter)
    {
        var value = parameter.ExplicitDefaultValue;
        if (value is null) return "default";
        var type = parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : parameter.Type;
        return value switch
        {
            DateTime d => $"new global::System.DateTime({d.Ticks}L)",
            decimal m => Literal(m),
            string or bool => CodeText.Constant(value),
            _ => $"({type.PlainCode()})({CodeText.Constant(value)})",
        };
    }

    // Not from its text, which has no sign if the number is zero.
    private static string Literal(decimal number)
    {
        var isNegative = decimal.GetBits(number)[3] < 0;
        var magnitude = isNegative ? decimal.Negate(number) : number;
        return (isNegative ? "-" : "") + magnitude.ToString(CultureInfo.InvariantCulture) + "m";
    }

    // nint, nuint and dynamic are contextual: an application may have a type of that name. A return type named partial needs the @ that
    // the compiler itself does not display.
    private static string Show(ITypeSymbol type, SymbolDisplayFormat format)
    {
        var code = type.ToDisplayString(format);
        if (!code.Contains("nint") && !code.Contains("nuint") && !code.Contains("dynamic") && !code.Contains("partial"))
            return code;
        return string.Concat(type.ToDisplayParts(format).Select(part => (part.Kind, part.ToString()) switch
        {
            (SymbolDisplayPartKind.Keyword, "nint") => "global::System.IntPtr",
            (SymbolDisplayPartKind.Keyword, "nuint") => "global::System.UIntPtr",
            (SymbolDisplayPartKind.Keyword, "dynamic") => "object",
            (not SymbolDisplayPartKind.Keyword, "partial") => "@partial",
            var (_, text) => text,
        }));
    }
}
