using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Parsing.Contracts;
using TypedSocketRedis.Generator.Parsing.Types;

namespace TypedSocketRedis.Generator.Parsing.Handlers;

/// <summary>Helpers for the symbols of handlers.</summary>
internal static class HandlerSymbols
{
    private const string Handler = "SocketHandler";

    /// <summary>Returns a value indicating whether a class derives from <c>SocketHandler</c>.</summary>
    public static bool IsHandler(INamedTypeSymbol type)
    {
        for (var b = type.BaseType; b is not null; b = b.BaseType)
            if (IsBase(b)) return true;
        return false;
    }

    /// <summary>Returns a value indicating whether a class is <c>SocketHandler</c>, with or without a type argument.</summary>
    public static bool IsBase(INamedTypeSymbol type) => type is
    {
        Name: Handler, Arity: 0 or 1, ContainingType: null,
        ContainingNamespace: { Name: "TypedSocketRedis", ContainingNamespace.IsGlobalNamespace: true },
    };

    /// <summary>Returns the contract that a handler sends, the type argument of <c>SocketHandler</c>, or null for none.</summary>
    public static INamedTypeSymbol? SentContract(INamedTypeSymbol type)
    {
        for (var b = type.BaseType; b is not null; b = b.BaseType)
            if (b.Arity == 1 && IsBase(b)) return b.TypeArguments[0] as INamedTypeSymbol;
        return null;
    }

    /// <summary>
    /// Returns the contracts whose events a handler handles, except those that another one inherits in the same namespace.
    /// </summary>
    public static IReadOnlyList<INamedTypeSymbol> Contracts(INamedTypeSymbol type)
    {
        var all = type.AllInterfaces.Where(i => i.Has(KnownNames.SocketCommands) || i.Has(KnownNames.ServerEvents)).ToArray();
        return [.. all.Where(one => !all.Any(other =>
            other.AllInterfaces.Contains(one, SymbolEqualityComparer.Default) && Path(other) == Path(one)
            && other.Has(KnownNames.SocketCommands) == one.Has(KnownNames.SocketCommands)))];
    }

    /// <summary>Returns the namespace that a contract names.</summary>
    public static string Path(INamedTypeSymbol contract)
    {
        var path = PayloadAttributes.Text(ContractParser.Attribute(contract)) ?? "/";
        return path.StartsWith("/", StringComparison.Ordinal) ? path : "/" + path;
    }

    /// <summary>Returns a value indicating whether a class overrides a method of <c>SocketHandler</c>.</summary>
    public static bool Overrides(INamedTypeSymbol type, string method)
    {
        for (var t = type; t is not null && !IsBase(t); t = t.BaseType)
            if (t.GetMembers(method).OfType<IMethodSymbol>().Any(m => m.IsOverride)) return true;
        return false;
    }

    /// <summary>Returns a value indicating whether the generated code of an assembly registers its handlers.</summary>
    public static bool IsRegistered(IAssemblySymbol assembly) =>
        assembly.Has("TypedSocketRedis.CompilerServices.SocketHandlersAttribute");

    /// <summary>Returns a value indicating whether a type is open.</summary>
    public static bool HasTypeParameter(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => HasTypeParameter(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(HasTypeParameter)
            || (named.ContainingType is { } outer && HasTypeParameter(outer)),
        _ => false,
    };

    /// <summary>Returns a value indicating whether generated code can name a type and its arguments.</summary>
    public static bool IsUsable(ITypeSymbol type, IAssemblySymbol from) => type switch
    {
        IArrayTypeSymbol array => IsUsable(array.ElementType, from),
        INamedTypeSymbol named => Symbols.IsReachable(named, from) && named.TypeArguments.All(argument => IsUsable(argument, from))
            && (named.ContainingType is not { Arity: > 0 } outer || IsUsable(outer, from)),
        IDynamicTypeSymbol => true,
        _ => false,
    };

    /// <summary>Returns the method that runs for an event: the last override of the one that implements it, or null for none.</summary>
    public static IMethodSymbol? Implementation(INamedTypeSymbol type, IMethodSymbol e)
    {
        if (type.FindImplementationForInterfaceMember(e) is not IMethodSymbol found) return null;
        for (var t = type; t is not null && !SymbolEqualityComparer.Default.Equals(t, found.ContainingType); t = t.BaseType)
        {
            foreach (var method in t.GetMembers(found.Name).OfType<IMethodSymbol>())
            {
                for (var m = method.OverriddenMethod; m is not null; m = m.OverriddenMethod)
                    if (SymbolEqualityComparer.Default.Equals(m, found)) return method;
            }
        }

        return found;
    }

    /// <summary>Returns the interface for disposal that a method implements, or null for none.</summary>
    public static INamedTypeSymbol? DisposeInterface(INamedTypeSymbol type, IMethodSymbol method, Compilation compilation)
    {
        if (method.Name is not ("Dispose" or "DisposeAsync")) return null;
        foreach (var name in (string[])["System.IDisposable", "System.IAsyncDisposable"])
        {
            if (compilation.GetTypeByMetadataName(name) is not { } one || !type.AllInterfaces.Contains(one, SymbolEqualityComparer.Default))
                continue;
            if (one.GetMembers().Any(m => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(m), method)))
                return one;
        }

        return null;
    }
}
