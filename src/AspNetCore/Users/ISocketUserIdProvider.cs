using System.Security.Claims;

namespace TypedSocketRedis;

/// <summary>The source of the ids of users, by which an application sends to them and disconnects them on every node.</summary>
/// <remarks>
/// <para>By default the id is the claim <see cref="ClaimTypes.NameIdentifier"/>, or else <c>sub</c>, of an authenticated identity. Another
/// implementation is registered with <c>services.AddSingleton&lt;ISocketUserIdProvider, …&gt;()</c>; it is a singleton, and is called
/// concurrently.</para>
/// <para>Two users must never have the same id: each receives the events of the other. With several issuers of identities, the id
/// contains the issuer.</para>
/// </remarks>
public interface ISocketUserIdProvider
{
    /// <summary>Returns the id of a user, or null for an anonymous client.</summary>
    /// <remarks>It is called when a client joins a namespace, and when its user is replaced. An exception, or an id that is not valid,
    /// refuses the client, and is logged.</remarks>
    /// <param name="user">The user, which may have no authenticated identity.</param>
    /// <returns>The id, valid Unicode text with 1 to 1,024 characters, or null.</returns>
    string? GetUserId(ClaimsPrincipal user);
}
