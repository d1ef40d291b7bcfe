using System.Text.RegularExpressions;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Namespaces;

/// <summary>A call of <c>AddHandler</c>.</summary>
/// <param name="Server">The name of the server, or empty for the one without a name.</param>
/// <param name="Handler">The handler.</param>
/// <param name="Namespaces">The pattern of the dynamic namespaces it is for, or null for the namespaces that its contracts name.</param>
/// <param name="Lifetime">The lifetime of its objects.</param>
internal sealed record HandlerRegistration(string Server, HandlerDescription Handler, Regex? Namespaces, HandlerLifetime Lifetime)
{
    /// <summary>The key by which patterns are the same, or null for none.</summary>
    public (string Pattern, RegexOptions Options)? PatternKey => Namespaces is { } regex ? (regex.ToString(), regex.Options) : null;

    /// <summary>Gets the contracts that the handler is to handle in a namespace.</summary>
    /// <param name="path">The namespace.</param>
    /// <param name="isDynamic">True if a client has named the namespace.</param>
    public IEnumerable<HandledContract> ContractsIn(string path, bool isDynamic)
    {
        if (Namespaces is null) return Handler.Contracts.Where(contract => contract.Path == path);
        return isDynamic && Namespaces.IsMatch(path) ? Handler.Contracts : [];
    }
}
