using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Parsing.Types;

/// <summary>The nullability of types in code without nullable annotations.</summary>
internal static class Nullability
{
    /// <summary>
    /// Returns the type with every reference of unknown nullness, also in its arguments and elements, as one that can be null.
    /// </summary>
    public static ITypeSymbol Known(ITypeSymbol type, Compilation compilation)
    {
        if (!IsUnknown(type)) return type;
        var known = type switch
        {
            IArrayTypeSymbol { Rank: 1 } array => Array(array, compilation),
            INamedTypeSymbol { IsTupleType: true, TupleElements: { IsEmpty: false } items } => compilation.CreateTupleTypeSymbol(
                [.. items.Select(i => Known(i.Type, compilation))], [.. items.Select(i => i.IsExplicitlyNamedTupleElement ? i.Name : null)],
                elementNullableAnnotations: [.. items.Select(i => Known(i.Type, compilation).NullableAnnotation)]),
            INamedTypeSymbol { TypeArguments: { IsEmpty: false } arguments } named => named.ConstructedFrom.Construct(
                [.. arguments.Select((a, i) => Argument(a, named.TypeParameters[i], compilation))],
                [.. arguments.Select((a, i) => Argument(a, named.TypeParameters[i], compilation).NullableAnnotation)]),
            _ => type,
        };
        return known.WithNullableAnnotation(IsOblivious(type) ? NullableAnnotation.Annotated : type.NullableAnnotation);
    }

    private static ITypeSymbol Array(IArrayTypeSymbol array, Compilation compilation)
    {
        var element = Known(array.ElementType, compilation);
        return compilation.CreateArrayTypeSymbol(element, 1, element.NullableAnnotation);
    }

    private static ITypeSymbol Argument(ITypeSymbol argument, ITypeParameterSymbol parameter, Compilation compilation) =>
        parameter.HasNotNullConstraint && IsOblivious(argument)
            ? Known(argument, compilation).WithNullableAnnotation(NullableAnnotation.NotAnnotated)
            : Known(argument, compilation);

    private static bool IsUnknown(ITypeSymbol type) => IsOblivious(type) || type switch
    {
        IArrayTypeSymbol array => IsUnknown(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(IsUnknown),
        _ => false,
    };

    private static bool IsOblivious(ITypeSymbol type) => type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.None };
}
