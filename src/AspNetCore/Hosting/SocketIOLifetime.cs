using Microsoft.Extensions.Hosting;

namespace TypedSocketRedis;

/// <summary>Delays the host's stop until the clients are disconnected, so that requests in the meantime get a response.</summary>
internal sealed class SocketIOLifetime(SocketIOServer server) : IHostedLifecycleService
{
    // After the shutdown timeout the host continues and cuts the remaining connections.
    public async Task StoppingAsync(CancellationToken cancellationToken) =>
        await server.Shutdown.RunAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!server.IsMapped) SocketIOLog.NotMapped(server.Logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
