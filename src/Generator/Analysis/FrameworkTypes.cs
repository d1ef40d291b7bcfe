using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Analysis;

/// <summary>Detects types of the framework, which never use a contract and are not searched as payloads.</summary>
internal static class FrameworkTypes
{
    public static bool Contains(ITypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { ContainingNamespace.IsGlobalNamespace: false }) space = space.ContainingNamespace;
        return space is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };
    }
}
