using Microsoft.AspNetCore.Authorization;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Namespaces;

/// <summary>The attributes of handler classes and their methods.</summary>
internal static class HandlerMetadata
{
    /// <summary>Returns the authorization attributes that have an effect: none, if anonymous users are allowed.</summary>
    public static IReadOnlyList<IAuthorizeData> Authorization(IReadOnlyList<object> metadata) =>
        metadata.Any(one => one is IAllowAnonymous) ? [] : [.. metadata.OfType<IAuthorizeData>()];

    /// <summary>Returns the authorization of an event besides that of its namespace, which that of the class belongs to.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="name">The event.</param>
    public static IReadOnlyList<IAuthorizeData> Authorization(HandlerDescription handler, HandledContract contract, string name) =>
        handler.Metadata.Any(one => one is IAllowAnonymous) ? [] : Authorization(contract.MetadataOf(name));
}
