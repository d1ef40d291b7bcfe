using Microsoft.Extensions.Hosting;

namespace TypedSocketRedis;

/// <summary>Has the host wait for the clients' disconnection before it stops listening, so that whoever comes meanwhile gets an answer.</summary>
internal sealed class SocketIOLifetime(SocketIOServer server) : IHostedLifecycleService
{
    // Without the time to wait the host goes on, and cuts what is left.
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
