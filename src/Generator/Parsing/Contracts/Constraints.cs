using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Parsing.Contracts;

/// <summary>Detects type arguments that the compiler already reports, so that generated code does not repeat the error.</summary>
internal static class Constraints
{
    /// <summary>
    /// Returns a value indicating whether a type is, or contains, a generic type with an argument that violates its constraints.
    /// </summary>
    public static bool AreBroken(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => AreBroken(array.ElementType),
        INamedTypeSymbol { IsGenericType: true } named =>
            named.TypeArguments.Zip(named.TypeParameters, (a, p) => !Meets(a, p) || AreBroken(a)).Any(broken => broken)
            || (named.ContainingType is { } outer && AreBroken(outer)),
        _ => false,
    };

    private static bool Meets(ITypeSymbol argument, ITypeParameterSymbol parameter) =>
        (!argument.IsRefLikeType || parameter.AllowsRefLikeType)
        && (!parameter.HasValueTypeConstraint
            || argument is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T })
        && (!parameter.HasReferenceTypeConstraint || argument.IsReferenceType)
        && (!parameter.HasUnmanagedTypeConstraint || argument.IsUnmanagedType)
        && (!parameter.HasConstructorConstraint || argument.IsValueType || HasConstructor(argument))
        && parameter.ConstraintTypes.All(c => c is ITypeParameterSymbol || Is(argument, c.OriginalDefinition));

    private static bool HasConstructor(ITypeSymbol type) => type is INamedTypeSymbol { IsAbstract: false } named
        && named.InstanceConstructors.Any(c => c is { Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public });

    // Compares definitions only: the arguments of the constraint itself may depend on the type's other arguments.
    private static bool Is(ITypeSymbol type, ITypeSymbol definition)
    {
        for (var t = type; t is not null; t = t.BaseType)
            if (SymbolEqualityComparer.Default.Equals(t.OriginalDefinition, definition)) return true;
        return type.AllInterfaces.Any(i => SymbolEqualityComparer.Default.Equals(i.OriginalDefinition, definition));
    }
}
