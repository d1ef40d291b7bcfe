using Microsoft.Extensions.Hosting;

namespace TypedSocketRedis;

/// <summary>
/// Checks the authentication when the host starts, and delays its stop until the clients are disconnected, so that requests in the
/// meantime get a response.
/// </summary>
internal sealed class SocketIOLifetime(SocketIOServer server, IServiceProvider services) : IHostedLifecycleService
{
    // After the shutdown timeout the host continues and cuts the remaining connections.
    public async Task StoppingAsync(CancellationToken cancellationToken) =>
        await server.Shutdown.RunAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => IdentityChecks.CheckAsync(server, services);

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!server.IsMapped) SocketIOLog.NotMapped(server.Logger);
        if (await IdentityChecks.IsAuthorizedBeforeTokenAsync(server, services).ConfigureAwait(false))
            SocketIOLog.AuthorizedBeforeToken(server.Logger);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
