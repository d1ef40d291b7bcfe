using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Questions to symbols that several parsers ask.</summary>
internal static class Symbols
{
    private static readonly SymbolDisplayFormat Plain = SymbolDisplayFormat.FullyQualifiedFormat;

    private static readonly SymbolDisplayFormat Nameless = Plain.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    private static readonly SymbolDisplayFormat Annotated = Plain.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The type as code, annotations included.</summary>
    public static string Code(this ITypeSymbol type) => Show(type, Annotated);

    /// <summary>The type as code, without its own annotation but with those of its arguments.</summary>
    public static string CodeWithoutNull(this ITypeSymbol type) =>
        Show(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), Annotated);

    /// <summary>The type as code, without any annotation.</summary>
    public static string PlainCode(this ITypeSymbol type) => Show(type, Plain);

    /// <summary>The type as the compiler compares it in signatures: without annotations, and the items of tuples have no names.</summary>
    public static string CodeWithoutNames(this ITypeSymbol type) => Show(type, Nameless);

    /// <summary>The type as messages show it.</summary>
    public static string Display(this ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>The type as messages show it, without its own annotation.</summary>
    public static string DisplayWithoutNull(this ITypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).Display();

    /// <summary>The name as code, escaped when it is a keyword.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>Whether code in the same assembly, outside any type, can name the symbol.</summary>
    public static bool IsReachable(ISymbol symbol, IAssemblySymbol from)
    {
        for (var s = symbol; s is not null and not INamespaceSymbol; s = s.ContainingSymbol)
        {
            if (s is INamedTypeSymbol { IsFileLocal: true }) return false;
            if (!IsAccessible(s, from)) return false;
        }

        return symbol is not ITypeSymbol type || IsNameable(type);
    }

    /// <summary>Whether C# can write the name of a type, its arguments and what is around it; other languages allow any text.</summary>
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

    /// <summary>Whether the declared accessibility of one symbol lets the assembly use it.</summary>
    public static bool IsAccessible(ISymbol symbol, IAssemblySymbol from) => symbol.DeclaredAccessibility switch
    {
        Accessibility.Public => true,
        Accessibility.Internal or Accessibility.ProtectedOrInternal =>
            SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, from) || symbol.ContainingAssembly.GivesAccessTo(from),
        _ => false,
    };

    /// <summary>Whether everybody who sees a public contract sees the type, its arguments included.</summary>
    public static bool IsPublicType(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsPublicType(array.ElementType),
        INamedTypeSymbol named => IsPublic(named) && named.TypeArguments.All(IsPublicType),
        _ => true,
    };

    /// <summary>Whether a symbol and everything around it is public.</summary>
    public static bool IsPublic(ISymbol symbol)
    {
        for (var s = symbol; s is not null and not INamespaceSymbol; s = s.ContainingSymbol)
            if (s.DeclaredAccessibility != Accessibility.Public) return false;
        return true;
    }

    public static AttributeData? Attribute(this ISymbol symbol, string fullName)
    {
        // The short name first: the full one is put together anew each time.
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && fullName.EndsWith(type.Name, StringComparison.Ordinal)
                && type.ToDisplayString() == fullName) return attribute;
        }

        return null;
    }

    public static bool Has(this ISymbol symbol, string fullName) => symbol.Attribute(fullName) is not null;

    /// <summary>Whether a type belongs to the framework, and not to the assembly that is compiled.</summary>
    public static bool IsFramework(ITypeSymbol type, IAssemblySymbol own)
    {
        if (SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, own)) return false;
        var space = type.ContainingNamespace;
        while (space is { ContainingNamespace.IsGlobalNamespace: false }) space = space.ContainingNamespace;
        return space is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };
    }

    /// <summary>A default value as code.</summary>
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

    // Not its text, which has no sign where the number is zero.
    private static string Literal(decimal number)
    {
        var isNegative = decimal.GetBits(number)[3] < 0;
        var magnitude = isNegative ? decimal.Negate(number) : number;
        return (isNegative ? "-" : "") + magnitude.ToString(CultureInfo.InvariantCulture) + "m";
    }

    // Words that are no keywords: an application may have a type of that name.
    private static string Show(ITypeSymbol type, SymbolDisplayFormat format)
    {
        var code = type.ToDisplayString(format);
        if (!code.Contains("nint") && !code.Contains("nuint") && !code.Contains("dynamic")) return code;
        return string.Concat(type.ToDisplayParts(format).Select(part => (part.Kind, part.ToString()) switch
        {
            (SymbolDisplayPartKind.Keyword, "nint") => "global::System.IntPtr",
            (SymbolDisplayPartKind.Keyword, "nuint") => "global::System.UIntPtr",
            (SymbolDisplayPartKind.Keyword, "dynamic") => "object",
            var (_, text) => text,
        }));
    }
}
