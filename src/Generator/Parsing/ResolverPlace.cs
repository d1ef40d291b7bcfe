using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Where an assembly's resolver goes: into the namespace of the assembly's own name.</summary>
/// <remarks>
/// A program called <c>Echo</c> may well have a class <c>Echo</c>, beside which no namespace of that name can be; then it is
/// <c>EchoGenerated</c>.
/// </remarks>
internal static class ResolverPlace
{
    /// <summary>The namespace as code.</summary>
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

    /// <summary>The resolver, fully qualified.</summary>
    public static string Type(IAssemblySymbol assembly) => $"global::{Namespace(assembly)}.{KnownNames.Resolver}";

    private static bool IsTaken(INamespaceSymbol space, string part, bool isLast) =>
        !space.GetTypeMembers(part).IsEmpty || (isLast && Inner(space, part) is { } inner && !inner.GetTypeMembers(KnownNames.Resolver).IsEmpty);

    private static INamespaceSymbol? Inner(INamespaceSymbol space, string name) =>
        space.GetMembers(name).OfType<INamespaceSymbol>().FirstOrDefault();
}
