using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace TypedSocketRedis;

/// <summary>Maps an engine's endpoint and opts it out of ASP.NET Core middleware for ordinary pages.</summary>
internal static class EndpointMapping
{
    private const string Rest = "engineRest";

    /// <summary>Maps a path and its sub-paths to a handler.</summary>
    /// <param name="group">The routes.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="handler">The handler of the requests.</param>
    /// <param name="name">The display name of the endpoint.</param>
    public static void Map(RouteGroupBuilder group, string pattern, RequestDelegate handler, string name)
    {
        Opt(group.Map(pattern, handler), name);

        // A catch-all at the root would take every path of the application.
        var path = pattern.TrimEnd('/');
        if (path.Length == 0 || RoutePatternFactory.Parse(pattern).Parameters.Any(static parameter => parameter.IsCatchAll)) return;

        // A route of its own: the value of its parameter would stay with the requests of all clients as long as a WebSocket does.
        var policies = new RouteValueDictionary { [Rest] = new NotClientFile() };
        Opt(group.Map(RoutePatternFactory.Parse($"{path}/{{**{Rest}}}", defaults: null, policies), handler), name);
    }

    private static void Opt(IEndpointConventionBuilder endpoint, string name) => endpoint
        .WithDisplayName(name)
        .WithMetadata(new DisableRequestTimeoutAttribute(), new OutputCacheAttribute { NoStore = true });

    // Paths of these names are for static files where the server itself does not serve the client.
    private sealed class NotClientFile : IRouteConstraint
    {
        public bool Match(
            HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            values[routeKey] is not string rest || !ClientFiles.IsName(rest);
    }
}
