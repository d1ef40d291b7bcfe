using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace TypedSocketRedis.Namespaces;

/// <summary>The authentication of a socket.</summary>
/// <param name="User">The user, who can be anonymous.</param>
/// <param name="Scheme">The authentication scheme, or null if it is unknown; several are separated by semicolons.</param>
/// <param name="Expires">The time at which the authentication expires, or null for none.</param>
/// <param name="IsToken">True for a token of the client, false for the endpoint's own authentication.</param>
internal sealed record SocketTicket(ClaimsPrincipal User, string? Scheme, DateTimeOffset? Expires, bool IsToken)
{
    private const string ExpirationClaim = "exp";

    /// <summary>Returns the ticket of a successful authentication.</summary>
    /// <param name="scheme">The scheme that was used, which can have forwarded to another one.</param>
    /// <param name="ticket">The result.</param>
    public static SocketTicket Of(string scheme, AuthenticationTicket ticket) => new(
        ticket.Principal,
        ticket.AuthenticationScheme == scheme ? scheme : $"{scheme};{ticket.AuthenticationScheme}",
        Expiration(ticket.Properties, ticket.Principal),
        IsToken: true);

    /// <summary>Returns the time at which an authentication expires, or null for none.</summary>
    /// <param name="properties">The properties of the ticket, or null for none.</param>
    /// <param name="user">The user.</param>
    public static DateTimeOffset? Expiration(AuthenticationProperties? properties, ClaimsPrincipal? user) =>
        properties?.ExpiresUtc ?? Expiration(user);

    /// <summary>Returns the time of the claim <c>exp</c>, in seconds since 1970, or null for none.</summary>
    public static DateTimeOffset? Expiration(ClaimsPrincipal? user)
    {
        if (user?.FindFirst(ExpirationClaim)?.Value is not { } text) return null;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return null;
        return seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }

    /// <summary>Returns a value indicating whether one of the schemes authenticated the user.</summary>
    public bool IsOf(IReadOnlyList<string> schemes) =>
        Scheme is not null && Scheme.Split(';').Any(scheme => schemes.Contains(scheme, StringComparer.Ordinal));
}
