using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Namespaces;

/// <summary>How far a socket has come.</summary>
internal enum SocketStage
{
    /// <summary>The client wants to join; middlewares may have to decide.</summary>
    Joining,

    /// <summary>The client is being told that it is connected.</summary>
    Admitted,

    /// <summary>The client is connected.</summary>
    Connected,

    /// <summary>The client is gone, or was never admitted.</summary>
    Ended,
}

/// <summary>How far a socket has come, why it ended, and what is done about that.</summary>
/// <param name="socket">Whose life it is.</param>
internal sealed class SocketLife(ServerSocket socket)
{
    private ImmutableArray<Func<DisconnectReason, Task>> _disconnecting = [];
    private ImmutableArray<Func<DisconnectReason, Task>> _disconnected = [];
    private volatile SocketStage _stage;
    private DisconnectReason? _reason;
    private bool _isTold;
    private CancellationTokenSource? _gone;

    public SocketStage Stage => _stage;

    /// <summary>Whether the client was connected at some time: only then its end is one that handlers are told of.</summary>
    public bool WasAdmitted { get; private set; }

    /// <summary>Cancelled when the socket has ended.</summary>
    public CancellationToken Gone
    {
        get
        {
            lock (this)
            {
                if (_stage == SocketStage.Ended && _gone is null) return new CancellationToken(canceled: true);
                return (_gone ??= new CancellationTokenSource()).Token;
            }
        }
    }

    public void OnDisconnecting(Func<DisconnectReason, Task> handler)
    {
        if (!TryAdd(ref _disconnecting, handler, out var reason)) socket.Inbox.Add(() => RunAsync([handler], nameof(ServerSocket.OnDisconnecting), reason));
    }

    public void OnDisconnected(Func<DisconnectReason, Task> handler)
    {
        if (!TryAdd(ref _disconnected, handler, out var reason)) socket.Inbox.Add(() => RunAsync([handler], nameof(ServerSocket.OnDisconnected), reason));
    }

    /// <summary>Does something as long as the socket has not ended; false when it has.</summary>
    public bool TryDo(Action action)
    {
        lock (this)
        {
            if (_stage == SocketStage.Ended) return false;
            action();
            return true;
        }
    }

    /// <summary>Goes on to the next stage; false when the socket has ended.</summary>
    public bool TryAdvance(SocketStage next)
    {
        lock (this)
        {
            if (_stage == SocketStage.Ended) return false;
            WasAdmitted = true;
            _stage = next;
            return true;
        }
    }

    /// <summary>Tells the client that it is disconnected from the namespace, and ends it.</summary>
    public void Disconnect()
    {
        // Once: a second packet could meet the client's next socket in that namespace.
        if (_stage != SocketStage.Connected || Interlocked.Exchange(ref _isTold, true)) return;

        // Before the packet: a client that is told may join again at once.
        socket.Connection.Leave(socket);
        socket.Local.Send(socket.Connection.Packets.Disconnect(socket.Namespace.Path), BroadcastFlags.None);
        End(DisconnectReason.ServerNamespaceDisconnect);
    }

    /// <summary>Takes the socket out of everything; the first reason counts.</summary>
    /// <returns>False when it has ended before.</returns>
    public bool End(DisconnectReason reason)
    {
        lock (this)
        {
            if (_stage == SocketStage.Ended) return false;
            (_stage, _reason) = (SocketStage.Ended, reason);
        }

        try
        {
            socket.Membership.End();
            socket.Recovery?.End(socket, reason);

            // Before the end of the acknowledgements: code that awaits one finds the socket removed.
            socket.Entered?.Remove(socket);
            socket.Local.Close();

            // Not on this thread: what handlers do about it is their time.
            _ = _gone?.CancelAsync();
        }
        finally
        {
            socket.Entered?.Release();
            socket.Inbox.Add(() => EndedAsync(reason), isLast: true);
        }

        return true;
    }

    private async Task EndedAsync(DisconnectReason reason)
    {
        if (WasAdmitted)
        {
            SocketIOLog.Disconnected(socket.Logger, socket.Id, socket.Path, reason);
            await RunAsync(_disconnecting, nameof(ServerSocket.OnDisconnecting), reason).ConfigureAwait(false);
            socket.Membership.Forget();
            await RunAsync(_disconnected, nameof(ServerSocket.OnDisconnected), reason).ConfigureAwait(false);
        }

        socket.Connection.Finished(socket);
        await socket.Connection.Services.ReleaseAsync().ConfigureAwait(false);
    }

    private bool TryAdd(
        ref ImmutableArray<Func<DisconnectReason, Task>> handlers, Func<DisconnectReason, Task> handler, out DisconnectReason reason)
    {
        ArgumentNullException.ThrowIfNull(handler);
        lock (this)
        {
            reason = _reason!;
            if (_stage == SocketStage.Ended) return false;
            handlers = handlers.Add(handler);
            return true;
        }
    }

    private async Task RunAsync(ImmutableArray<Func<DisconnectReason, Task>> handlers, string member, DisconnectReason reason)
    {
        foreach (var handler in handlers) await socket.Namespace.RunAsync(socket, member, () => handler(reason)).ConfigureAwait(false);
    }
}
