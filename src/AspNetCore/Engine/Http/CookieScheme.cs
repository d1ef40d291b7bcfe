using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TypedSocketRedis.Engine;

/// <summary>Finds the cookie authentication of a request.</summary>
internal static class CookieScheme
{
    /// <summary>
    /// Returns the name of a cookie authentication scheme of the application whose cookie the request has, or that authenticated its user;
    /// or null for none.
    /// </summary>
    public static async ValueTask<string?> FindAsync(HttpContext context)
    {
        if (context.RequestServices?.GetService<IAuthenticationSchemeProvider>() is not { } schemes) return null;
        foreach (var scheme in await schemes.GetAllSchemesAsync().ConfigureAwait(false))
        {
            if (typeof(CookieAuthenticationHandler).IsAssignableFrom(scheme.HandlerType)
                && (HasCookie(context, scheme.Name) || Authenticated(context, scheme.Name))) return scheme.Name;
        }

        return null;
    }

    private static bool HasCookie(HttpContext context, string scheme) =>
        context.RequestServices.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(scheme).Cookie.Name is { } name
        && context.Request.Cookies.ContainsKey(name);

    private static bool Authenticated(HttpContext context, string scheme) =>
        context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Ticket?.AuthenticationScheme
            .Split(';').Contains(scheme, StringComparer.Ordinal) == true
        || FirstRequest.User(context)?.Identities.Any(one => one.IsAuthenticated && one.AuthenticationType == scheme) == true;
}
