using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Namespaces;

/// <summary>The stages of a socket.</summary>
internal enum SocketStage
{
    /// <summary>The client is joining; middlewares may still be running.</summary>
    Joining,

    /// <summary>The client is admitted, and its CONNECT is being sent.</summary>
    Admitted,

    /// <summary>The client is connected.</summary>
    Connected,

    /// <summary>The client has disconnected, or was not admitted.</summary>
    Ended,
}

/// <summary>The stage of a socket, the reason of its end, and the handlers of its end.</summary>
/// <param name="socket">The socket.</param>
internal sealed class SocketLife(ServerSocket socket)
{
    private ImmutableArray<Func<DisconnectReason, Task>> _disconnecting = [];
    private ImmutableArray<Func<DisconnectReason, Task>> _disconnected = [];
    private volatile SocketStage _stage;
    private DisconnectReason? _reason;
    private bool _isNotified;
    private CancellationTokenSource? _aborted;

    public SocketStage Stage => _stage;

    /// <summary>Gets a value indicating whether the client was admitted; disconnection handlers run only for an admitted client.</summary>
    public bool WasAdmitted { get; private set; }

    /// <summary>The token that is canceled when the socket has ended.</summary>
    public CancellationToken Aborted
    {
        get
        {
            lock (this)
            {
                if (_stage == SocketStage.Ended && _aborted is null) return new CancellationToken(canceled: true);
                return (_aborted ??= new CancellationTokenSource()).Token;
            }
        }
    }

    public void OnDisconnecting(Func<DisconnectReason, Task> handler)
    {
        if (!TryAdd(ref _disconnecting, handler, out var reason))
            socket.Inbox.Add(() => RunAsync([handler], nameof(ServerSocket.OnDisconnecting), reason));
    }

    public void OnDisconnected(Func<DisconnectReason, Task> handler)
    {
        if (!TryAdd(ref _disconnected, handler, out var reason))
            socket.Inbox.Add(() => RunAsync([handler], nameof(ServerSocket.OnDisconnected), reason));
    }

    /// <summary>Runs an action under the lock; returns false without running it if the socket has ended.</summary>
    public bool TryDo(Action action)
    {
        lock (this)
        {
            if (_stage == SocketStage.Ended) return false;
            action();
            return true;
        }
    }

    /// <summary>Advances to the next stage; returns false if the socket has ended.</summary>
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

    /// <summary>Sends the disconnect packet to the client, and ends the socket.</summary>
    public void Disconnect()
    {
        // Only once: a second packet could reach the client's next socket in that namespace.
        if (_stage != SocketStage.Connected || Interlocked.Exchange(ref _isNotified, true)) return;

        // Before the packet: the client may rejoin as soon as it receives it.
        socket.Connection.Leave(socket);
        socket.Local.Send(socket.Connection.Packets.Disconnect(socket.Namespace.Path), BroadcastFlags.None);
        End(DisconnectReason.ServerNamespaceDisconnect);
    }

    /// <summary>Ends the socket and removes it from its connection, namespace and rooms; only the first reason is reported.</summary>
    /// <returns>False if it has already ended.</returns>
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

            // Before the acknowledgements end: code that awaits one must find the socket removed.
            socket.Entered?.Remove(socket);
            socket.Local.Close();

            if (_aborted is { } aborted) _ = AbortAsync(aborted);
        }
        finally
        {
            socket.Entered?.Release();
            socket.Inbox.Add(() => EndedAsync(reason), isLast: true);
        }

        return true;
    }

    /// <summary>Cancels the token, not on this thread, which must not run the callbacks of the application; never throws.</summary>
    private Task AbortAsync(CancellationTokenSource aborted) => socket.Connection.Server.Handlers.NotifyAsync(
        static aborted => aborted.CancelAsync(), aborted, new HandlerCall(socket, nameof(ServerSocket.ConnectionAborted)));

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
        var call = new HandlerCall(socket, member);
        foreach (var handler in handlers)
            await socket.Connection.Server.Handlers.NotifyAsync(handler, reason, call).ConfigureAwait(false);
    }
}
