using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace TypedSocketRedis.Engine;

/// <summary>Checks the origin of a websocket request by the CORS policy of its endpoint, because browsers do not.</summary>
internal static class WebSocketOrigin
{
    /// <summary>Whether the endpoint has no policy, the request no origin, or the policy allows it.</summary>
    public static async ValueTask<bool> IsAllowedAsync(HttpContext context)
    {
        if (StringValues.IsNullOrEmpty(context.Request.Headers.Origin) || context.GetEndpoint() is not { } endpoint) return true;
        return endpoint.Metadata.GetMetadata<ICorsMetadata>() switch
        {
            ICorsPolicyMetadata own => IsAllowed(context, own.Policy),
            IEnableCorsAttribute named => IsAllowed(context, await FindAsync(context, named.PolicyName).ConfigureAwait(false)),
            _ => true,
        };
    }

    private static Task<CorsPolicy?> FindAsync(HttpContext context, string? name) =>
        context.RequestServices.GetRequiredService<ICorsPolicyProvider>().GetPolicyAsync(context, name);

    // A policy that is named and does not exist allows nobody: so it is for requests that browsers check.
    private static bool IsAllowed(HttpContext context, CorsPolicy? policy) =>
        policy is not null && context.RequestServices.GetRequiredService<ICorsService>().EvaluatePolicy(context, policy).IsOriginAllowed;
}
