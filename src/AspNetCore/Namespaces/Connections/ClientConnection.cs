using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>The client of one engine session: its sockets, one per namespace it joined.</summary>
/// <remarks>Objects that exist once per client lock themselves, here and in their parts: a separate lock would cost memory per idle
/// client.</remarks>
internal sealed class ClientConnection(SocketIOContext server, NamespaceTable namespaces, EngineSession session, Limits limits)
    : ISessionReceiver, IDisposable
{
    private readonly IPacketReader _reader = server.Packets.CreateReader(limits);
    private ConnectionSockets _sockets;
    private readonly EventRate? _rate = server.Options.MaxEventsPerSecond is { } limit ? new EventRate(limit, server.Time) : null;
    private int _admissions;
    private int _unfinished;
    private int _pendingBytes;
    private bool _closed;
    private ReaderState _reading;

    private enum ReaderState : byte
    {
        Idle,
        Reading,
        Ended,
    }

    public SocketIOContext Server => server;

    public NamespaceTable Namespaces => namespaces;

    public EngineSession Session => session;

    /// <summary>The packet format of the client.</summary>
    public IPacketFormat Packets => server.Packets;

    public ConnectionScope Services { get; } = new(server);

    /// <summary>The maximum number of concurrent events of one socket.</summary>
    public int MaxConcurrentEvents => server.Options.MaxConcurrentEventsPerSocket;

    /// <summary>The recovery data kept for this client alone, or null for none.</summary>
    public RecoveryShare? RecoveryShare { get; } = server.Options.ConnectionStateRecovery is null ? null : new RecoveryShare();

    /// <summary>The budget of events that wait for handlers, and of other data kept for the client.</summary>
    public EventBudget Budget { get; } = new(server.Options.MaxQueuedBytes, server.Metrics);

    public void Opened()
    {
        // The client sends the first packet, which names a namespace to join.
    }

    public ValueTask ReceiveTextAsync(ReadOnlyMemory<byte> utf8) => ReceiveAsync(utf8, isBinary: false);

    public ValueTask ReceiveBinaryAsync(ReadOnlyMemory<byte> bytes) => ReceiveAsync(bytes, isBinary: true);

    public void Closed(DisconnectReason reason)
    {
        foreach (var socket in TakeSockets(close: true)) socket.Life.End(reason);
        Budget.Close();
        Dispose();
        _ = Services.ReleaseAsync();
    }

    public void Dispose()
    {
        // The end can come from another thread than the one that reads, which then disposes the reader.
        if (Interlocked.Exchange(ref _reading, ReaderState.Ended) == ReaderState.Idle) _reader.Dispose();
    }

    /// <summary>Removes a socket that has ended; a new one can join its namespace.</summary>
    public void Remove(ServerSocket socket)
    {
        lock (this) _sockets.Remove(socket);
    }

    /// <summary>Removes a socket that the server disconnects before its client is notified.</summary>
    public void Leave(ServerSocket socket)
    {
        lock (this) _sockets.Leave(socket);
    }

    /// <summary>Disconnects every socket, and closes the connection after the last packet.</summary>
    public void Disconnect()
    {
        foreach (var socket in TakeSockets(close: false))
        {
            if (socket.IsConnected) socket.Life.Disconnect();
            else socket.Life.End(DisconnectReason.ForcedServerClose);
        }

        session.Close(DisconnectReason.ForcedServerClose);
    }

    /// <summary>Counts an admission as completed, even if the socket has ended in the meantime.</summary>
    public void AdmissionCompleted() => Interlocked.Decrement(ref _admissions);

    /// <summary>Releases a socket whose last handler has run.</summary>
    /// <param name="socket">The socket.</param>
    public void Finished(ServerSocket socket)
    {
        Interlocked.Decrement(ref _unfinished);
        Budget.Keep(-CostOf(socket));
    }

    /// <summary>Notifies the client that a namespace refused it, with the reason.</summary>
    /// <param name="path">The namespace, as the client named it.</param>
    /// <param name="refusal">The refusal.</param>
    public void Refuse(string path, Refusal refusal)
    {
        server.Metrics.SocketRefused(refusal.Cause);
        session.Send(ConnectError(path, refusal), BroadcastFlags.None);
    }

    private static long CostOf(ServerSocket socket) => socket.Handshake.Auth.Raw.Length;

    private ValueTask ReceiveAsync(ReadOnlyMemory<byte> message, bool isBinary)
    {
        if (Interlocked.CompareExchange(ref _reading, ReaderState.Reading, ReaderState.Idle) == ReaderState.Ended)
            return ValueTask.CompletedTask;
        Packet? packet;
        try
        {
            packet = isBinary ? _reader.Binary(message) : _reader.Text(message.Span);
            ChargePending();
        }
        finally
        {
            if (Interlocked.CompareExchange(ref _reading, ReaderState.Idle, ReaderState.Reading) == ReaderState.Ended) _reader.Dispose();
        }

        return packet is { } whole ? ReceiveAsync(whole) : ValueTask.CompletedTask;
    }

    private void ChargePending()
    {
        var pending = _reader.PendingBytes;
        if (pending == _pendingBytes) return;
        Budget.Keep(pending - _pendingBytes);
        if (_pendingBytes == 0) session.Clock.StartPacket();
        else if (pending == 0) session.Clock.StopPacket();
        _pendingBytes = pending;
    }

    private Frame ConnectError(string path, Refusal refusal)
    {
        try
        {
            return Packets.ConnectError(path, refusal.Message, refusal.Details is { } data ? data.Raw : default);
        }
        catch (ProtocolException exception)
        {
            if (server.LogGate.TryEnter("refusal details")) SocketIOLog.DetailsUnusable(server.Logger, path, exception);
            return Packets.ConnectError(path, refusal.Message);
        }
    }

    private ServerSocket[] TakeSockets(bool close)
    {
        lock (this)
        {
            _closed |= close;
            return _sockets.TakeAll();
        }
    }

    private ValueTask ReceiveAsync(Packet packet)
    {
        if (_rate is null || packet.Type is not (PacketType.Event or PacketType.Connect)) return HandleAsync(packet);
        var wait = _rate.Take();
        return wait > TimeSpan.Zero ? HandleLaterAsync(packet, wait) : HandleAsync(packet);
    }

    // The connection is not read during this wait.
    private async ValueTask HandleLaterAsync(Packet packet, TimeSpan wait)
    {
        server.Metrics.Throttled();
        await Task.Delay(wait, server.Time).ConfigureAwait(false);
        await HandleAsync(packet).ConfigureAwait(false);
    }

    private ValueTask HandleAsync(Packet packet)
    {
        ServerSocket? socket;
        bool hasLeft;
        lock (this)
        {
            // The session can end while a packet is handled; it has no sockets then, and the packet is no violation.
            if (_closed) return ValueTask.CompletedTask;
            hasLeft = !_sockets.TryGet(packet.Path, out socket) && _sockets.HasLeft(packet.Path);
        }

        switch (packet.Type)
        {
            case PacketType.Connect when socket is null:
                Connect(packet);
                return ValueTask.CompletedTask;

            case PacketType.Event when socket is not null:
                return socket.ReceiveAsync(packet.Body, packet.Id);
            case PacketType.Disconnect when socket is not null:
                Remove(socket);
                socket.Life.End(DisconnectReason.ClientNamespaceDisconnect);
                return ValueTask.CompletedTask;

            case PacketType.Ack when socket is not null:
                socket.Local.Acknowledged(packet.Id, packet.Body);
                return ValueTask.CompletedTask;
            case not PacketType.Connect when hasLeft:
                return ValueTask.CompletedTask;
            default:
                session.Incoming.Refuse(
                    DisconnectReason.ForcedServerClose, "state", "The packet does not fit the state of its namespace.");
                return ValueTask.CompletedTask;
        }
    }

    private void Connect(Packet packet)
    {
        var refusal = RefusalOf(packet);
        if (refusal is null)
        {
            var socket = new ServerSocket(this, packet.Path, packet.Body);
            lock (this)
            {
                if (_closed) return;
                refusal = Place(socket);
            }

            if (refusal is null) socket.Start();
        }

        if (refusal is not null) Refuse(packet.Path, refusal);
    }

    // Called under the lock.
    private Refusal? Place(ServerSocket socket)
    {
        // A client that leaves during its admission leaves that work running.
        var max = server.Options.MaxSocketsPerConnection;
        if (Math.Max(_sockets.Count, Volatile.Read(ref _admissions)) >= max) return Refusal.TooManySockets;

        // The same holds for running handlers: as many sockets again, so that a client that returns at once finds a place.
        if (Volatile.Read(ref _unfinished) >= 2L * max) return Refusal.TooManySockets;
        if (!Budget.TryKeep(CostOf(socket))) return Refusal.TooMuchAuth;
        _sockets.Add(socket);
        Services.Hold();
        Interlocked.Increment(ref _admissions);
        Interlocked.Increment(ref _unfinished);
        return null;
    }

    private Refusal? RefusalOf(Packet packet)
    {
        if (!namespaces.MayHave(packet.Path)) return Refusal.NoNamespace;
        return FitsHandshake(packet.Body) ? null : Refusal.TooLarge;
    }

    private bool FitsHandshake(ReadOnlyMemory<byte> auth)
    {
        // A value as JSON is at most 16 times as large, and the URL occurs twice: most handshakes need not be written to be measured.
        var max = server.Options.MaxHandshakeSize;
        return (auth.Length + (2L * session.Request.Size)) * 16 <= max || new Handshake(session.Request.ToHandshake(), auth).FitsJson(max);
    }
}
