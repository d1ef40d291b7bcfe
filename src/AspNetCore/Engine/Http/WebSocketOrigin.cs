using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace TypedSocketRedis.Engine;

/// <summary>Checks the origin of a WebSocket request, because browsers do not.</summary>
/// <remarks>
/// The CORS policy of the endpoint decides. Without one every origin is allowed, unless the request is authenticated by a cookie: browsers
/// send cookies with the WebSocket of any page, which could act as the user (cross-site WebSocket hijacking).
/// </remarks>
internal static class WebSocketOrigin
{
    /// <summary>Decides about the origin of a request.</summary>
    /// <remarks>An empty origin counts as a foreign origin.</remarks>
    public static async ValueTask<OriginDecision> DecideAsync(HttpContext context)
    {
        if (context.Request.Headers.Origin.Count == 0) return OriginDecision.Allowed;
        return context.GetEndpoint()?.Metadata.GetMetadata<ICorsMetadata>() switch
        {
            ICorsPolicyMetadata own => OriginDecision.Of(IsAllowed(context, own.Policy)),
            IEnableCorsAttribute named =>
                OriginDecision.Of(IsAllowed(context, await FindAsync(context, named.PolicyName).ConfigureAwait(false))),
            _ when IsSame(context.Request) => OriginDecision.Allowed,
            _ => new OriginDecision(await CookieScheme.FindAsync(context).ConfigureAwait(false)),
        };
    }

    private static Task<CorsPolicy?> FindAsync(HttpContext context, string? name) =>
        context.RequestServices.GetRequiredService<ICorsPolicyProvider>().GetPolicyAsync(context, name);

    // A named policy that does not exist allows no origin, which is also the rule for requests that browsers check. The policy is
    // evaluated directly, because the CORS service would log an entry for each request with a foreign origin.
    private static bool IsAllowed(HttpContext context, CorsPolicy? policy)
    {
        if (policy is null || policy.AllowAnyOrigin) return policy is not null;
        var origin = context.Request.Headers.Origin.ToString();
        return origin.Length > 0 && policy.IsOriginAllowed(origin);
    }

    // Without the scheme: behind a proxy that ends TLS the request has another one than the page.
    private static bool IsSame(HttpRequest request)
    {
        if (request.Headers.Origin is not [{ Length: > 0 } text] || !Uri.TryCreate(text, UriKind.Absolute, out var origin)) return false;
        if (origin.Scheme != Uri.UriSchemeHttp && origin.Scheme != Uri.UriSchemeHttps) return false;
        if (!Uri.TryCreate($"{origin.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own)) return false;
        return own.IdnHost.Equals(origin.IdnHost, StringComparison.OrdinalIgnoreCase) && own.Port == origin.Port;
    }
}

/// <summary>The decision about the origin of a request.</summary>
/// <param name="IsAllowed">True if the request may open a WebSocket.</param>
/// <param name="CookieScheme">The scheme because of whose cookie it may not, or null.</param>
internal readonly record struct OriginDecision(bool IsAllowed, string? CookieScheme)
{
    /// <summary>Initializes a new instance of the <see cref="OriginDecision"/> struct for a foreign origin without a policy.</summary>
    /// <param name="cookieScheme">The scheme whose cookie the request has, or null for none.</param>
    public OriginDecision(string? cookieScheme)
        : this(cookieScheme is null, cookieScheme)
    {
    }

    public static OriginDecision Allowed => new(IsAllowed: true, CookieScheme: null);

    public static OriginDecision Of(bool isAllowed) => new(isAllowed, CookieScheme: null);
}
