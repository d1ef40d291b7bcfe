using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Namespaces;

/// <summary>One socket's handlers of events of its connection; most sockets have none.</summary>
internal sealed class TransportHandlers
{
    private readonly HandlerList<Func<string, Task>> _upgraded = new();
    private readonly HandlerList<Func<Task>> _drained = new();

    public Registration OnUpgraded(Func<string, Task> handler) => _upgraded.Add(handler);

    public Registration OnDrained(Func<Task> handler) => _drained.Add(handler);

    /// <summary>Queues the handlers of the upgrade, which a connection makes at most once.</summary>
    public void Upgraded(ServerSocket socket)
    {
        if (!_upgraded.Current.IsEmpty) socket.Enqueue(() => RunUpgradedAsync(socket));
    }

    /// <summary>Queues the handlers of the drained connection, unless they are queued already.</summary>
    public void Drained(ServerSocket socket)
    {
        if (!_drained.Current.IsEmpty && socket.TryQueueDrain())
            socket.Enqueue(() => RunDrainedAsync(socket));
    }

    private async Task RunUpgradedAsync(ServerSocket socket)
    {
        foreach (var handler in _upgraded.Current)
        {
            if (!socket.HasEnded)
                await socket.RunAsync(nameof(ServerSocket.OnUpgraded), handler, socket.Transport).ConfigureAwait(false);
        }
    }

    private async Task RunDrainedAsync(ServerSocket socket)
    {
        // Before the handlers run: what they send drains the connection again.
        socket.BeginDrain();
        foreach (var handler in _drained.Current)
        {
            if (!socket.HasEnded)
                await socket.RunAsync(nameof(ServerSocket.OnDrained), static run => run(), handler).ConfigureAwait(false);
        }
    }
}
