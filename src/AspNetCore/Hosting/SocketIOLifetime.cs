using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedSocketRedis.Engine;

namespace TypedSocketRedis;

/// <summary>
/// Checks the authentication when the host starts, and delays its stop until the clients are disconnected, so that requests in the
/// meantime get a response.
/// </summary>
/// <param name="services">The application's services.</param>
internal sealed class SocketIOLifetime(IServiceProvider services) : IHostedLifecycleService
{
    private readonly SocketIOServer[] _servers = RegisteredServer.All(services);

    // After the shutdown timeout the host continues and cuts the remaining connections.
    public async Task StoppingAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_servers.Select(server => server.Shutdown.RunAsync())).WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var server in _servers)
        {
            await IdentityChecks.CheckAsync(server, services).ConfigureAwait(false);
            if (server.Namespaces.Classes is { } classes) await classes.CheckFiltersAsync(services).ConfigureAwait(false);
        }
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var server in _servers.Where(server => !server.IsMapped))
        {
            if (server.Name.Length == 0) SocketIOLog.ServerNotMapped(server.Logger);
            else SocketIOLog.NamedServerNotMapped(server.Logger, server.Name);
        }

        foreach (var server in _servers.Where(server => server is { IsMapped: true, IsAlone: true }))
            SocketIOLog.ServerWithoutAdapter(server.Logger);
        CheckPaths();
        foreach (var server in _servers)
        {
            if (await IdentityChecks.IsAuthorizedBeforeTokenAsync(server, services).ConfigureAwait(false))
                SocketIOLog.EndpointAuthorizesBeforeToken(server.Logger);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Throws if two servers, or one twice, are mapped to one path, where every request would fail.</summary>
    private void CheckPaths()
    {
        if (services.GetService<EndpointDataSource>() is not { } source) return;
        var mapped = new Dictionary<string, SocketIOServer>(StringComparer.OrdinalIgnoreCase);
        foreach (var endpoint in source.Endpoints.OfType<RouteEndpoint>())
        {
            // The same path of different hosts is no conflict.
            if (Array.Find(_servers, one => one.Serves(endpoint.Metadata)) is not { } server) continue;
            if (endpoint.Metadata.GetMetadata<IHostMetadata>() is { Hosts.Count: > 0 }) continue;
            var path = endpoint.RoutePattern.RawText ?? "";
            if (mapped.TryAdd(path, server)) continue;
            throw new InvalidOperationException(mapped[path] == server
                ? $"The Socket.IO server {Describe(server)} is mapped to \"{path}\" twice; remove one of the calls of MapSocketIO."
                : $"The Socket.IO servers {Describe(mapped[path])} and {Describe(server)} are both mapped to \"{path}\"; map each to a "
                + "path of its own.");
        }
    }

    private static string Describe(SocketIOServer server) => server.Name.Length == 0 ? "(default)" : $"\"{server.Name}\"";
}
