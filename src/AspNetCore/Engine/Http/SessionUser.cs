using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis.Engine;

/// <summary>Compares the user of a request with the user of the session it continues.</summary>
internal static class SessionUser
{
    private const string Subject = "sub";

    /// <summary>
    /// Returns a value indicating whether a request may continue a session: either of the two has no user, or both have the same user.
    /// </summary>
    /// <remarks>
    /// A request without a user is allowed, because browsers send no application headers with a WebSocket. Endpoints that require
    /// authorization have already refused it.
    /// </remarks>
    /// <param name="session">The session's user.</param>
    /// <param name="context">The request.</param>
    public static bool MayContinue(ClaimsPrincipal? session, HttpContext context) => MayContinue(session, FirstRequest.User(context));

    /// <inheritdoc cref="MayContinue(ClaimsPrincipal, HttpContext)"/>
    /// <param name="session">The session's user.</param>
    /// <param name="request">The user of the request.</param>
    public static bool MayContinue(ClaimsPrincipal? session, ClaimsPrincipal? request)
    {
        if (session is null || request is null || ReferenceEquals(session, request)) return true;
        List<ClaimsIdentity> first = Authenticated(session);
        List<ClaimsIdentity> now = Authenticated(request);
        return first.Count == 0 || now.Count == 0 || IsSame(first, now);
    }

    /// <summary>Returns a value indicating whether two users are authenticated and the same, or neither of them is authenticated.</summary>
    /// <param name="first">The first user, or null for none.</param>
    /// <param name="second">The second user, or null for none.</param>
    public static bool AreSame(ClaimsPrincipal? first, ClaimsPrincipal? second)
    {
        if (ReferenceEquals(first, second)) return true;
        List<ClaimsIdentity> one = first is null ? [] : Authenticated(first);
        List<ClaimsIdentity> other = second is null ? [] : Authenticated(second);
        return one.Count == 0 ? other.Count == 0 : other.Count > 0 && IsSame(one, other);
    }

    private static List<ClaimsIdentity> Authenticated(ClaimsPrincipal user) =>
        [.. user.Identities.Where(static identity => identity.IsAuthenticated)];

    private static bool IsSame(List<ClaimsIdentity> first, List<ClaimsIdentity> now) => (Identifier(first), Identifier(now)) switch
    {
        // Without an identifier all claims have to be equal. Two users without claims are not the same user.
        (null, null) => AllClaims(first) is { Count: > 0 } claims && claims.SequenceEqual(AllClaims(now)),
        var (one, other) => one == other,
    };

    private static ClaimKey? Identifier(List<ClaimsIdentity> identities) =>
        identities.Select(Identifier).FirstOrDefault(static claim => claim is not null) is { } found ? ClaimKey.Of(found) : null;

    private static Claim? Identifier(ClaimsIdentity identity) =>
        NotEmpty(identity, ClaimTypes.NameIdentifier) ?? NotEmpty(identity, Subject) ?? NotEmpty(identity, identity.NameClaimType);

    private static Claim? NotEmpty(ClaimsIdentity identity, string type) =>
        identity.FindFirst(claim => claim.Value.Length > 0 && claim.Type.Equals(type, StringComparison.OrdinalIgnoreCase));

    private static List<ClaimKey> AllClaims(List<ClaimsIdentity> identities) => [.. identities
        .SelectMany(static identity => identity.Claims.Select(ClaimKey.Of))
        .OrderBy(static claim => claim.Type, StringComparer.Ordinal)
        .ThenBy(static claim => claim.Value, StringComparer.Ordinal)
        .ThenBy(static claim => claim.Issuer, StringComparer.Ordinal)];

    /// <summary>
    /// The parts that make claims equal, including the issuer: two issuers can give the same identifier to different users.
    /// </summary>
    private sealed record ClaimKey(string Type, string Value, string Issuer)
    {
        public static ClaimKey Of(Claim claim) => new(claim.Type, claim.Value, claim.Issuer);
    }
}
