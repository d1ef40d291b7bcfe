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
    public static string Code(this ITypeSymbol type) => type.ToDisplayString(Annotated);

    /// <summary>The type as code, without its own annotation but with those of its arguments.</summary>
    public static string CodeWithoutNull(this ITypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(Annotated);

    /// <summary>The type as code, without any annotation.</summary>
    public static string PlainCode(this ITypeSymbol type) => type.ToDisplayString(Plain);

    /// <summary>The type as the compiler compares it in signatures: without annotations, and the items of tuples have no names.</summary>
    public static string CodeWithoutNames(this ITypeSymbol type) => type.ToDisplayString(Nameless);

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

    /// <summary>A default value as code.</summary>
    public static string Literal(IParameterSymbol parameter)
    {
        var value = parameter.ExplicitDefaultValue;
        if (value is null) return "default";
        var type = parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : parameter.Type;
        var literal = value switch
        {
            double d when double.IsNaN(d) => "double.NaN",
            double d when double.IsInfinity(d) => d > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity",
            float f when float.IsNaN(f) => "float.NaN",
            float f when float.IsInfinity(f) => f > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity",
            DateTime d => $"new global::System.DateTime({d.Ticks}L)",
            decimal m => SymbolDisplay.FormatPrimitive(m, quoteStrings: true, useHexadecimalNumbers: false) + "m",
            _ => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)!,
        };
        return value is string or bool or decimal or DateTime ? literal : $"({type.PlainCode()})({literal})";
    }
}
