using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Parsing.Types;

/// <summary>
/// Compares types as at run time: without names of tuple items and annotations, and with <c>dynamic</c> as <c>object</c>.
/// </summary>
internal static class TypeIdentity
{
    /// <summary>Returns a value indicating whether two types are the same at run time.</summary>
    public static bool IsSame(ITypeSymbol one, ITypeSymbol other) =>
        SymbolEqualityComparer.Default.Equals(one, other) || (one, other) switch
        {
            (IArrayTypeSymbol a, IArrayTypeSymbol b) =>
                a.Rank == b.Rank && a.IsSZArray == b.IsSZArray && IsSame(a.ElementType, b.ElementType),
            _ when IsObject(one) => IsObject(other),

            // The same type, although compilations for older frameworks distinguish nint from IntPtr.
            _ when one.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr => one.SpecialType == other.SpecialType,
            (INamedTypeSymbol a, INamedTypeSymbol b) => AreSame(a.TupleUnderlyingType ?? a, b.TupleUnderlyingType ?? b),
            _ => false,
        };

    private static bool AreSame(INamedTypeSymbol one, INamedTypeSymbol other)
    {
        if (!SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, other.OriginalDefinition)) return false;
        for (var i = 0; i < one.TypeArguments.Length; i++)
            if (!IsSame(one.TypeArguments[i], other.TypeArguments[i])) return false;
        return one.ContainingType is null || AreSame(one.ContainingType, other.ContainingType);
    }

    private static bool IsObject(ITypeSymbol type) => type.TypeKind == TypeKind.Dynamic || type.SpecialType == SpecialType.System_Object;
}
