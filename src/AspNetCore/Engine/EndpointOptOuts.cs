using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.OutputCaching;

namespace TypedSocketRedis.Engine;

/// <summary>Keeps away from requests what ASP.NET Core's middleware does about ordinary pages.</summary>
internal static class EndpointOptOuts
{
    /// <summary>Opts a request out of what middleware that does not read the endpoint's metadata has planned for it.</summary>
    public static void Apply(HttpContext context)
    {
        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        if (context.Features.Get<IOutputCacheFeature>() is not { Context: { } cache }) return;
        cache.EnableOutputCaching = false;
        cache.AllowCacheLookup = false;
        cache.AllowCacheStorage = false;
    }
}
