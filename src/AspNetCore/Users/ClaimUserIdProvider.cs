using System.Security.Claims;

namespace TypedSocketRedis;

/// <summary>The default ids of users: the name identifier claim of an authenticated identity.</summary>
internal sealed class ClaimUserIdProvider : ISocketUserIdProvider
{
    // The name of the same claim in tokens whose claims are not mapped.
    private const string Subject = "sub";

    public string? GetUserId(ClaimsPrincipal user) => Find(user, ClaimTypes.NameIdentifier) ?? Find(user, Subject);

    private static string? Find(ClaimsPrincipal user, string type) => user.Identities
        .Where(static identity => identity.IsAuthenticated)
        .SelectMany(identity => identity.FindAll(type))
        .FirstOrDefault(static claim => claim.Value.Length > 0)?.Value;
}
