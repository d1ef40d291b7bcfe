using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TypedSocketRedis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps a bare Engine.IO server, without Socket.IO on top of it, to a path.</summary>
public static class EngineIOEndpointRouteBuilderExtensions
{
    /// <summary>Serves Engine.IO clients under a path, with or without a slash and anything else behind it.</summary>
    /// <remarks>
    /// <para>Each call makes a server of its own; it needs no services but those every web application has.</para>
    /// <para>Request timeouts and output caching do not apply to the endpoint, and cookie authentication responds with status 401 or 403
    /// instead of a redirect.</para>
    /// </remarks>
    /// <param name="endpoints">The application's routes.</param>
    /// <param name="pattern">The path, as in the clients' option <c>path</c>; their default is <c>/engine.io/</c>.</param>
    /// <param name="handler">The handler of a connection, which is closed when the handler returns; see <see
    /// cref="EngineConnection"/>.</param>
    /// <param name="configure">The delegate that changes the settings.</param>
    /// <returns>The endpoint, for example to require authorization or a CORS policy.</returns>
    /// <exception cref="ArgumentNullException">The routes, the path or the handler is null.</exception>
    /// <exception cref="OptionsValidationException">A setting is invalid.</exception>
    /// <example><code>
    /// app.MapEngineIO("/engine.io/", async connection =>
    /// {
    ///     await foreach (var message in connection.ReadAllAsync()) connection.Send(message);
    /// });
    /// </code></example>
    public static IEndpointConventionBuilder MapEngineIO(
        this IEndpointRouteBuilder endpoints,
        string pattern,
        Func<EngineConnection, Task> handler,
        Action<EngineIOOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(handler);
        var options = new EngineIOOptions();
        configure?.Invoke(options);
        var checks = new OptionChecks(nameof(EngineIOOptions));
        checks.Engine(options);
        if (checks.Failures.Count > 0) throw new OptionsValidationException(pattern, typeof(EngineIOOptions), checks.Failures);

        var services = endpoints.ServiceProvider;
        var logger = GuardedLogger.Of(services.GetRequiredService<ILogger<EngineConnection>>());
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        var server = new EngineServer(
            options,
            connectTimeout: null,
            time,
            new EngineMetrics(services.GetRequiredService<IMeterFactory>(), time),
            logger,
            new LogGate(time));
        var endpoint = new EngineEndpoint(server.Context, session => new EngineConnection(session, handler, server.Context));
        server.Shutdown.StartWith(lifetime);
        lifetime.ApplicationStopped.Register(server.Dispose);
        var group = endpoints.MapGroup("").WithMetadata(server.Context);
        EndpointMapping.Map(group, pattern, endpoint.HandleAsync, "Engine.IO");
        return group.DisableCookieRedirect();
    }
}
