using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>What is on one engine session: the client's sockets, one for each namespace it joined.</summary>
/// <remarks>What exists once per client locks itself, here and in its parts: a lock of its own would weigh on every idle client.</remarks>
internal sealed class ClientConnection(SocketIOServer server, EngineSession session, Limits limits) : ISessionReceiver, IDisposable
{
    private readonly IPacketReader _reader = server.Packets.CreateReader(limits);
    private ConnectionSockets _sockets;
    private readonly EventRate? _rate = server.Options.MaxEventsPerSecond is { } limit ? new EventRate(limit, server.Time) : null;
    private int _asking;
    private int _unfinished;
    private int _pendingBytes;
    private bool _closed;

    public SocketIOServer Server => server;

    public EngineSession Session => session;

    /// <summary>What the client understands.</summary>
    public IPacketFormat Packets => server.Packets;

    public ConnectionServices Services { get; } = new(server);

    /// <summary>How many events of one of the client's sockets may be handled at the same time.</summary>
    public int MaxConcurrentEvents => server.Options.MaxConcurrentEventsPerSocket;

    /// <summary>What is kept for this client alone when it may come back; null when nothing is kept.</summary>
    public RecoveryShare? RecoveryShare { get; } = server.Options.ConnectionStateRecovery is null ? null : new RecoveryShare();

    /// <summary>Bounds the events that wait for handlers, and what else is kept for the client.</summary>
    public EventBudget Budget { get; } = new(server.Options.MaxQueuedBytes, server.Metrics);

    public void Opened()
    {
        // A client speaks first: it names the namespace it wants.
    }

    public ValueTask ReceiveTextAsync(ReadOnlyMemory<byte> utf8)
    {
        Packet? packet;
        lock (_reader)
        {
            packet = _reader.Text(utf8.Span);
            ChargePending();
        }

        return packet is { } whole ? ReceiveAsync(whole) : ValueTask.CompletedTask;
    }

    public ValueTask ReceiveBinaryAsync(ReadOnlyMemory<byte> bytes)
    {
        Packet? packet;
        lock (_reader)
        {
            packet = _reader.Binary(bytes);
            ChargePending();
        }

        return packet is { } whole ? ReceiveAsync(whole) : ValueTask.CompletedTask;
    }

    public void Closed(DisconnectReason reason)
    {
        foreach (var socket in TakeSockets(close: true)) socket.Life.End(reason);
        Budget.Close();
        Dispose();
        _ = Services.ReleaseAsync();
    }

    public void Dispose()
    {
        // The end may come from another thread than the one that reads.
        lock (_reader) _reader.Dispose();
    }

    /// <summary>Forgets a socket that has ended; a new one may join its namespace.</summary>
    public void Remove(ServerSocket socket)
    {
        lock (this) _sockets.Remove(socket);
    }

    /// <summary>Forgets a socket that the server disconnects, of which its client does not know yet.</summary>
    public void Leave(ServerSocket socket)
    {
        lock (this) _sockets.Leave(socket);
    }

    /// <summary>Disconnects every socket and closes the connection behind the last packet.</summary>
    public void Disconnect()
    {
        foreach (var socket in TakeSockets(close: false))
        {
            if (socket.IsConnected) socket.Life.Disconnect();
            else socket.Life.End(DisconnectReason.ForcedServerClose);
        }

        session.Close(DisconnectReason.ForcedServerClose);
    }

    /// <summary>The application has decided about one of the client's sockets, whether that is still of use or not.</summary>
    public void Asked() => Interlocked.Decrement(ref _asking);

    /// <summary>The last handler of one of the client's sockets has run.</summary>
    /// <param name="socket">The socket.</param>
    public void Finished(ServerSocket socket)
    {
        Interlocked.Decrement(ref _unfinished);
        Budget.Keep(-CostOf(socket));
    }

    /// <summary>Tells the client that it is not admitted to a namespace, and why.</summary>
    /// <param name="path">The namespace, as the client named it.</param>
    /// <param name="refusal">Why.</param>
    public void Refuse(string path, Refusal refusal)
    {
        server.Metrics.SocketRefused(refusal.Cause);
        session.Send(ConnectError(path, refusal), BroadcastFlags.None);
    }

    private static long CostOf(ServerSocket socket) => socket.Handshake.Auth.Raw.Length;

    // Called under the lock of the reader.
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
            if (server.Engine.LogGate.TryEnter("refusal details")) SocketIOLog.DetailsUnusable(server.Logger, path, exception);
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

    // As long as it waits the connection is not read on.
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
        lock (this) hasLeft = !_sockets.TryGet(packet.Path, out socket) && _sockets.HasLeft(packet.Path);
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
                server.Engine.Malformed("state", "The packet does not fit the state of its namespace.");
                session.Close(DisconnectReason.ForcedServerClose, CloseMode.Now);
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
        // A client that leaves while the application decides about it leaves that work behind.
        var max = server.Options.MaxSocketsPerConnection;
        if (Math.Max(_sockets.Count, Volatile.Read(ref _asking)) >= max) return Refusal.TooManySockets;

        // So it does with handlers that still run: as many sockets again, so that a client that comes back at once finds a place.
        if (Volatile.Read(ref _unfinished) >= 2L * max) return Refusal.TooManySockets;
        if (!Budget.TryKeep(CostOf(socket))) return Refusal.TooMuchAuth;
        _sockets.Add(socket);
        Services.Hold();
        Interlocked.Increment(ref _asking);
        Interlocked.Increment(ref _unfinished);
        return null;
    }

    private Refusal? RefusalOf(Packet packet)
    {
        if (!server.Namespaces.MayHave(packet.Path)) return Refusal.NoNamespace;
        return FitsHandshake(packet.Body) ? null : Refusal.TooLarge;
    }

    private bool FitsHandshake(ReadOnlyMemory<byte> auth)
    {
        // No value takes more than 16 times as much as JSON, and the URL occurs twice: most handshakes need not be written to be measured.
        var max = server.Options.MaxHandshakeSize;
        return (auth.Length + (2L * session.Request.Size)) * 16 <= max || new Handshake(session.Request.ToHandshake(), auth).FitsJson(max);
    }
}
