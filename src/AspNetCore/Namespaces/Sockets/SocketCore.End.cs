using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Namespaces;

/// <summary>The end of a socket and the handlers of it.</summary>
internal sealed partial class SocketCore
{
    private ImmutableArray<EndHandler> _disconnecting = [];
    private ImmutableArray<EndHandler> _disconnected = [];
    private DisconnectInfo? _end;
    private bool _isNotified;
    private CancellationTokenSource? _aborted;

    /// <summary>The handlers that run first after the end; complete once the socket has ended.</summary>
    public ImmutableArray<EndHandler> Disconnecting => _disconnecting;

    /// <summary>The handlers that run last; complete once the socket has ended.</summary>
    public ImmutableArray<EndHandler> Disconnected => _disconnected;

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

    /// <summary>Adds a handler of the end; returns false, with the reason of the end, if the socket has ended.</summary>
    public bool TryAddDisconnecting(EndHandler handler, out DisconnectInfo info) =>
        TryAdd(ref _disconnecting, handler, out info);

    /// <inheritdoc cref="TryAddDisconnecting"/>
    public bool TryAddDisconnected(EndHandler handler, out DisconnectInfo info) =>
        TryAdd(ref _disconnected, handler, out info);

    /// <summary>Returns true on the first call for a connected socket, whose client is then sent the disconnect packet.</summary>
    public bool TryNotify()
    {
        lock (this)
        {
            if (!IsConnected || _isNotified) return false;
            return _isNotified = true;
        }
    }

    public void SendDisconnect() => Send(_server.Packets.Disconnect(Path), BroadcastFlags.None);

    /// <summary>Ends the socket and copies its rooms, which can only be read afterwards; only the first reason is reported.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="info">The reason.</param>
    /// <returns>False if it has already ended.</returns>
    public bool TryEnd(ServerSocket socket, DisconnectInfo info)
    {
        bool wasConnected;
        lock (this)
        {
            if (_stage == SocketStage.Ended) return false;
            wasConnected = IsConnected;
            (_stage, _end) = (SocketStage.Ended, info);
            if (wasConnected) _rooms = default;
        }

        if (wasConnected) CopyRooms(socket.Adapter);
        return true;
    }

    /// <summary>
    /// Ends all pending acknowledgements and deadlines and drops the held frames; returns the source of the token if there is one.
    /// </summary>
    public CancellationTokenSource? Close()
    {
        _acks.Close();
        lock (this)
        {
            ReleaseHeld();
            Session.Stop(_authenticated);
            return _aborted;
        }
    }

    private bool TryAdd(
        ref ImmutableArray<EndHandler> handlers, EndHandler handler, out DisconnectInfo info)
    {
        lock (this)
        {
            info = _end!;
            if (_stage == SocketStage.Ended) return false;

            // Those that were removed since are dropped here, so that adding and removing one repeatedly keeps none.
            handlers = handlers.RemoveAll(static known => known.IsRemoved).Add(handler);
            return true;
        }
    }
}

/// <summary>A handler of the end of a socket.</summary>
internal sealed class EndHandler
{
    private Func<DisconnectInfo, Task>? _handler;

    /// <summary>Initializes a new instance of the <see cref="EndHandler"/> class.</summary>
    /// <param name="handler">The handler.</param>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public EndHandler(Func<DisconnectInfo, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handler = handler;
    }

    public bool IsRemoved => Volatile.Read(ref _handler) is null;

    public void Remove() => Volatile.Write(ref _handler, null);

    public Task RunAsync(DisconnectInfo info) => Volatile.Read(ref _handler)?.Invoke(info) ?? Task.CompletedTask;
}
