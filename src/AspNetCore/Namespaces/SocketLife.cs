using System.Collections.Immutable;

namespace TypedSocketRedis.Namespaces;

/// <summary>Whether a socket is there, why it is not any more, and what is done about that.</summary>
/// <param name="socket">Whose life it is.</param>
internal sealed class SocketLife(ServerSocket socket)
{
    private readonly Lock _gate = new();
    private ImmutableArray<Func<DisconnectReason, Task>> _disconnecting = [];
    private ImmutableArray<Func<DisconnectReason, Task>> _disconnected = [];
    private DisconnectReason? _reason;
    private CancellationTokenSource? _gone;

    /// <summary>Why the socket ended; null as long as it has not.</summary>
    public DisconnectReason? Reason => Volatile.Read(ref _reason);

    /// <summary>Cancelled when the socket has been disconnected.</summary>
    public CancellationToken Gone
    {
        get
        {
            lock (_gate)
            {
                if (_reason is not null && _gone is null) return new CancellationToken(canceled: true);
                return (_gone ??= new CancellationTokenSource()).Token;
            }
        }
    }

    public void OnDisconnecting(Func<DisconnectReason, Task> handler)
    {
        if (!TryAdd(ref _disconnecting, handler, out var reason)) socket.Inbox.Add(() => RunAsync([handler], "disconnecting", reason));
    }

    public void OnDisconnected(Func<DisconnectReason, Task> handler)
    {
        if (!TryAdd(ref _disconnected, handler, out var reason)) socket.Inbox.Add(() => RunAsync([handler], "disconnect", reason));
    }

    /// <summary>Ends it; false when it has ended before.</summary>
    public bool TryEnd(DisconnectReason reason)
    {
        lock (_gate)
        {
            if (_reason is not null) return false;
            Volatile.Write(ref _reason, reason);
            return true;
        }
    }

    // Not on this thread: what handlers do about it is their time.
    public void CancelGone() => _ = _gone?.CancelAsync();

    public Task RunDisconnectingAsync(DisconnectReason reason) => RunAsync(_disconnecting, "disconnecting", reason);

    public Task RunDisconnectedAsync(DisconnectReason reason) => RunAsync(_disconnected, "disconnect", reason);

    private bool TryAdd(
        ref ImmutableArray<Func<DisconnectReason, Task>> handlers, Func<DisconnectReason, Task> handler, out DisconnectReason reason)
    {
        ArgumentNullException.ThrowIfNull(handler);
        lock (_gate)
        {
            reason = _reason!;
            if (reason is null) handlers = handlers.Add(handler);
            return reason is null;
        }
    }

    private async Task RunAsync(ImmutableArray<Func<DisconnectReason, Task>> handlers, string name, DisconnectReason reason)
    {
        foreach (var handler in handlers) await socket.Namespace.RunAsync(name, () => handler(reason)).ConfigureAwait(false);
    }
}
