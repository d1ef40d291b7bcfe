using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Determines the namespace of an assembly's resolver, which is named like the assembly.</summary>
/// <remarks>
/// A program called <c>Echo</c> may have a class <c>Echo</c>, with which a namespace of the same name would conflict; the namespace is
/// <c>EchoGenerated</c> in this case.
/// </remarks>
internal static class ResolverPlace
{
    /// <summary>Returns the namespace as code.</summary>
    public static string Namespace(IAssemblySymbol assembly)
    {
        var parts = assembly.Name.Split('.').Select(Naming.Identifier).ToArray();
        INamespaceSymbol? space = assembly.GlobalNamespace;
        for (var i = 0; i < parts.Length && space is not null; i++)
        {
            var isLast = i == parts.Length - 1;
            while (IsTaken(space, parts[i], isLast)) parts[i] += KnownNames.Generated;
            space = Inner(space, parts[i]);
        }

        return string.Join(".", parts.Select(p => "@" + p));
    }

    /// <summary>Returns the resolver, fully qualified.</summary>
    public static string Type(IAssemblySymbol assembly) => $"global::{Namespace(assembly)}.{KnownNames.Resolver}";

    private static bool IsTaken(INamespaceSymbol space, string part, bool isLast) =>
        !space.GetTypeMembers(part).IsEmpty
            || (isLast && Inner(space, part) is { } inner && !inner.GetTypeMembers(KnownNames.Resolver).IsEmpty);

    private static INamespaceSymbol? Inner(INamespaceSymbol space, string name) =>
        space.GetMembers(name).OfType<INamespaceSymbol>().FirstOrDefault();
}
