using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Analysis;

/// <summary>What belongs to the framework: nothing in it knows a contract, and its types are no payloads to look into.</summary>
internal static class FrameworkTypes
{
    public static bool Contains(ITypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { ContainingNamespace.IsGlobalNamespace: false }) space = space.ContainingNamespace;
        return space is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };
    }
}
