using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace TypedSocketRedis.Engine;

/// <summary>Checks the origin of a WebSocket request against the CORS policy of its endpoint, because browsers do not.</summary>
internal static class WebSocketOrigin
{
    /// <summary>
    /// Returns a value indicating whether the endpoint has no policy, the request has no origin, or the policy allows the origin.
    /// </summary>
    /// <remarks>An empty origin counts as a foreign origin.</remarks>
    public static async ValueTask<bool> IsAllowedAsync(HttpContext context)
    {
        if (context.Request.Headers.Origin.Count == 0 || context.GetEndpoint() is not { } endpoint) return true;
        return endpoint.Metadata.GetMetadata<ICorsMetadata>() switch
        {
            ICorsPolicyMetadata own => IsAllowed(context, own.Policy),
            IEnableCorsAttribute named => IsAllowed(context, await FindAsync(context, named.PolicyName).ConfigureAwait(false)),
            _ => true,
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
}
