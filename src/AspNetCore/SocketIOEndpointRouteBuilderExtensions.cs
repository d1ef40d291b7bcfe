using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedSocketRedis;
using TypedSocketRedis.Engine;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the Socket.IO server to a path.</summary>
public static class SocketIOEndpointRouteBuilderExtensions
{
    /// <summary>Serves Socket.IO clients under a path, with or without a slash and anything else behind it.</summary>
    /// <remarks>
    /// <para>With <see cref="SocketIOOptions.ServeClient"/> the files of the client are served below the path.</para>
    /// <para>A server can be mapped to several paths; it has the same clients, whichever path they use.</para>
    /// <para>Request timeouts and output caching do not apply to the endpoint, and cookie authentication responds with status 401 or 403
    /// instead of a redirect.</para>
    /// </remarks>
    /// <param name="endpoints">The application's routes.</param>
    /// <param name="pattern">The path, the clients' option <c>path</c>.</param>
    /// <param name="name">The name of the server, as in <c>AddSocketIO(name)</c>, or null for the default server.</param>
    /// <returns>The endpoint, for example to require authorization or a CORS policy.</returns>
    /// <exception cref="ArgumentNullException">The routes or the path is null.</exception>
    /// <exception cref="ArgumentException">The name is not one that a server can have.</exception>
    /// <exception cref="InvalidOperationException"><c>AddSocketIO</c> was not called, or not with the name.</exception>
    public static IEndpointConventionBuilder MapSocketIO(
        this IEndpointRouteBuilder endpoints, string pattern = "/socket.io/", string? name = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        if (name is not null) RegisteredServer.CheckName(name);
        var services = endpoints.ServiceProvider;
        if (name is null && pattern.Length > 0 && RegisteredServer.Find(services, pattern) is not null)
            throw new ArgumentException(
                $"\"{pattern}\" is the name of a Socket.IO server, which is the second argument: MapSocketIO(\"/{pattern}.io/\", "
                + $"\"{pattern}\").", nameof(pattern));
        var server = RegisteredServer.Find(services, name ?? "") ?? throw new InvalidOperationException(
            (name is null
                ? "MapSocketIO needs the server's services: call builder.Services.AddSocketIO() first. "
                : $"There is no Socket.IO server named \"{name}\": call builder.Services.AddSocketIO(\"{name}\") first. ")
            + RegisteredServer.Describe(services));
        server.IsMapped = true;

        // One group: what is required of the endpoint is required of the client's files, too.
        var group = endpoints.MapGroup("").WithMetadata(server.Engine);
        var endpoint = new EngineEndpoint(server.Engine, server.CreateReceiver);
        EndpointMapping.Map(group, pattern, endpoint.HandleAsync, "Socket.IO");
        if (server.Options.ServeClient is { } folder)
        {
            var root = endpoints.ServiceProvider.GetRequiredService<IHostEnvironment>().ContentRootPath;
            ClientFiles.Map(group, pattern, Path.GetFullPath(folder, root));
        }

        return group.DisableCookieRedirect();
    }
}
