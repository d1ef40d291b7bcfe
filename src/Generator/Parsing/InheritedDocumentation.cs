using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Parsing.Types;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Finds the declaration from which <c>&lt;inheritdoc&gt;</c> takes documentation.</summary>
internal static class InheritedDocumentation
{
    /// <summary>Returns the declaration, or null if there is none in sight.</summary>
    /// <param name="symbol">The declaration with the element.</param>
    /// <param name="reference">The <c>cref</c> of the element as written, or null for the base declaration.</param>
    public static ISymbol? Source(ISymbol symbol, string? reference)
    {
        if (reference is null) return Base(symbol);
        var name = reference.Split('(')[0];
        if (name.Length > 1 && name[1] == ':') name = name.Substring(2);
        var parts = name.Split('.').Select(p => p.Split('{', '`', '<')[0]).ToArray();
        var last = parts[parts.Length - 1];
        var type = parts.Length > 1 ? Type(symbol, parts[parts.Length - 2]) : symbol as INamedTypeSymbol ?? symbol.ContainingType;
        return type?.GetMembers(last).FirstOrDefault() ?? Type(symbol, last);
    }

    private static ISymbol? Base(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol { BaseType: { SpecialType: SpecialType.None } inherited } => inherited,
        INamedTypeSymbol type => type.Interfaces.FirstOrDefault(),
        IMethodSymbol { OverriddenMethod: { } overridden } => overridden,
        IPropertySymbol { OverriddenProperty: { } overridden } => overridden,
        _ => symbol.ContainingType?.AllInterfaces.SelectMany(i => i.GetMembers(symbol.Name)).FirstOrDefault(m => IsSame(m, symbol)),
    };

    private static bool IsSame(ISymbol one, ISymbol other) => (one, other) switch
    {
        (IMethodSymbol a, IMethodSymbol b) => a.Parameters.Length == b.Parameters.Length
            && a.Parameters.Zip(b.Parameters, (x, y) => TypeIdentity.IsSame(x.Type, y.Type)).All(same => same),
        _ => one.Kind == other.Kind,
    };

    private static INamedTypeSymbol? Type(ISymbol symbol, string name)
    {
        for (var outer = symbol.ContainingSymbol; outer is not null; outer = outer.ContainingSymbol)
        {
            if (outer is INamespaceOrTypeSymbol container && container.GetTypeMembers(name).FirstOrDefault() is { } found) return found;
        }

        return null;
    }
}
