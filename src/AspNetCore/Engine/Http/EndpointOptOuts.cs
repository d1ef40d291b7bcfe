using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.OutputCaching;

namespace TypedSocketRedis.Engine;

/// <summary>Disables ASP.NET Core features that do not suit long-running requests: request timeouts and output caching.</summary>
internal static class EndpointOptOuts
{
    /// <summary>Disables the features that middleware has set on the request without reading the endpoint's metadata.</summary>
    public static void Apply(HttpContext context)
    {
        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        if (context.Features.Get<IOutputCacheFeature>() is not { Context: { } cache }) return;
        cache.EnableOutputCaching = false;
        cache.AllowCacheLookup = false;
        cache.AllowCacheStorage = false;
    }
}
