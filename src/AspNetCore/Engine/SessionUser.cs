using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis.Engine;

/// <summary>Compares the user of a request with the user of the session it continues.</summary>
internal static class SessionUser
{
    private const string Subject = "sub";

    /// <summary>Returns whether a request may continue a session: its user is not known to be another one.</summary>
    /// <remarks>
    /// A request without a user is allowed: a browser sends no headers of the application's with a WebSocket. Endpoints that require
    /// authorization have refused it before.
    /// </remarks>
    /// <param name="session">The session's user.</param>
    /// <param name="context">The request.</param>
    public static bool MayContinue(ClaimsPrincipal? session, HttpContext context)
    {
        if (Signed(session) is not { } first || Signed(FirstRequest.User(context)) is not { } now) return true;
        return ReferenceEquals(first, now) || string.Equals(Key(first), Key(now), StringComparison.Ordinal);
    }

    private static ClaimsIdentity? Signed(ClaimsPrincipal? user)
    {
        if (user is null) return null;
        foreach (var identity in user.Identities)
        {
            if (identity.IsAuthenticated) return identity;
        }

        return null;
    }

    private static string? Key(ClaimsIdentity identity) =>
        identity.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? identity.FindFirst(Subject)?.Value ?? identity.Name;
}
