using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Type arguments the compiler refuses where they are written: generated code with them would be refused once more.</summary>
internal static class Constraints
{
    /// <summary>Whether a type is a generic one with an argument that does not meet its constraints, or contains such a type.</summary>
    public static bool AreBroken(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => AreBroken(array.ElementType),
        INamedTypeSymbol { IsGenericType: true } named => named.TypeArguments.Zip(named.TypeParameters, (a, p) => !Meets(a, p) || AreBroken(a)).Any(broken => broken)
            || (named.ContainingType is { } outer && AreBroken(outer)),
        _ => false,
    };

    private static bool Meets(ITypeSymbol argument, ITypeParameterSymbol parameter) =>
        (!argument.IsRefLikeType || parameter.AllowsRefLikeType)
        && (!parameter.HasValueTypeConstraint || argument is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T })
        && (!parameter.HasReferenceTypeConstraint || argument.IsReferenceType)
        && (!parameter.HasUnmanagedTypeConstraint || argument.IsUnmanagedType)
        && (!parameter.HasConstructorConstraint || argument.IsValueType || HasConstructor(argument))
        && parameter.ConstraintTypes.All(c => c is ITypeParameterSymbol || Is(argument, c.OriginalDefinition));

    private static bool HasConstructor(ITypeSymbol type) => type is INamedTypeSymbol { IsAbstract: false } named
        && named.InstanceConstructors.Any(c => c is { Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public });

    // By the definition only: what the constraint's own arguments are may depend on the type's other arguments.
    private static bool Is(ITypeSymbol type, ITypeSymbol definition)
    {
        for (var t = type; t is not null; t = t.BaseType)
            if (SymbolEqualityComparer.Default.Equals(t.OriginalDefinition, definition)) return true;
        return type.AllInterfaces.Any(i => SymbolEqualityComparer.Default.Equals(i.OriginalDefinition, definition));
    }
}
