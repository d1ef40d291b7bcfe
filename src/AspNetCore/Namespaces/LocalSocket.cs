using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>A socket's way to its client: what adapters see of it, and where events for it alone end.</summary>
internal sealed class LocalSocket : ILocalSocket, IClientSink
{
    private readonly ServerSocket _socket;
    private readonly ClientConnection _connection;
    private readonly AckTable _acks = new();
    private List<(Frame Frame, BroadcastFlags Flags)>? _held;
    private long _heldBytes;

    public LocalSocket(ServerSocket socket, ClientConnection connection)
    {
        (_socket, _connection) = (socket, connection);
        Membership = new RoomMember(this);
    }

    public SocketId Id => _socket.Id;

    public RoomMember Membership { get; }

    public Handshake Handshake => _socket.Handshake;

    public EventArgument Data => _socket.Data;

    public int MaxRooms => _socket.Namespace.Server.Options.MaxRoomsPerSocket;

    public bool IsConnected => _socket.IsConnected;

    /// <summary>What the socket can be recovered by; null when nothing is kept.</summary>
    public SocketRecovery? Recovery => _socket.Recovery;

    public void Send(Frame frame, BroadcastFlags flags)
    {
        if (_socket.IsConnected) _connection.Session.Send(frame, flags);
        else SendLater(frame, flags);
    }

    public void Send(Frame frame, ref SentEvent sent, BroadcastFlags flags)
    {
        Show(ref sent);
        Send(frame, flags);
    }

    /// <summary>Queues a numbered event.</summary>
    public void Send(Frame frame, BroadcastFlags flags, long position)
    {
        _socket.Recovery?.Sent(position);
        Send(frame, flags);
    }

    /// <summary>Shows an event to those who look on.</summary>
    public void Show(ref SentEvent sent) => _socket.Listeners?.Sending(ref sent);

    public bool TryAsk(Frame frame, ref SentEvent sent, BroadcastFlags flags, ulong id, AckCollector acks)
    {
        // Whoever waits for the answer may be who decides about the client.
        if (!_socket.IsConnected || !_acks.TryAdd(id, acks)) return false;
        Send(frame, ref sent, flags);
        return true;
    }

    public void Forget(ulong id) => _acks.Take(id);

    public void Disconnect(bool close)
    {
        if (close) _connection.Disconnect();
        else _socket.Life.Disconnect();
    }

    public void Send(EventData data, BroadcastFlags flags)
    {
        if (_socket.Recovery is { } recovery && (flags & BroadcastFlags.Volatile) == 0 && _socket.Life.Stage != SocketStage.Joining)
        {
            recovery.Send(this, data, flags);
            return;
        }

        var frame = _connection.Packets.Event(_socket.Namespace.Path, data);
        var sent = new SentEvent(data);
        Send(frame, ref sent, flags);
    }

    public void Ask(EventData data, BroadcastFlags flags, TimeSpan? timeout, AckCollector acks)
    {
        var id = AckId.Next();
        var frame = _connection.Packets.Event(_socket.Namespace.Path, data, id);
        var sent = new SentEvent(data);
        acks.Count(1);
        if (!TryAsk(frame, ref sent, flags, id, acks)) acks.Lose();
        acks.Start(_socket.Namespace.Server.Time, timeout);
        acks.OnEnded(() => _acks.Take(id));
    }

    /// <summary>Tells the client that it is connected, then what was sent to it before that.</summary>
    /// <param name="connect">The answer to its CONNECT.</param>
    /// <param name="missed">What it missed while it was away; as the JavaScript server does, it is sent first, and the client keeps it
    /// until it knows that it is connected.</param>
    /// <returns>False when the socket has ended; then nothing is sent.</returns>
    public bool TryConnect(Frame connect, IReadOnlyList<Frame>? missed = null)
    {
        lock (this)
        {
            if (!_socket.Life.TryAdvance(SocketStage.Admitted)) return false;
            foreach (var frame in missed ?? []) _connection.Session.Send(frame, BroadcastFlags.None);
            _connection.Session.Send(connect, BroadcastFlags.None);
            foreach (var (frame, flags) in _held ?? []) _connection.Session.Send(frame, flags);
            _connection.Budget.Keep(-_heldBytes);
            (_held, _heldBytes) = (null, 0);
            _socket.Life.TryAdvance(SocketStage.Connected);
            return true;
        }
    }

    /// <summary>The client acknowledged an event; one that nobody awaits, or not any more, is passed over.</summary>
    public void Acknowledged(ulong? id, ReadOnlyMemory<byte> arguments)
    {
        if (id is { } number) _acks.Take(number)?.AnswerAll(arguments);
    }

    /// <summary>Nothing is acknowledged any more.</summary>
    public void Close()
    {
        _acks.Close();
        lock (this)
        {
            _connection.Budget.Keep(-_heldBytes);
            (_held, _heldBytes) = (null, 0);
        }
    }

    // A client knows of its namespace when it has got the CONNECT, not before.
    private void SendLater(Frame frame, BroadcastFlags flags)
    {
        lock (this)
        {
            if (_socket.IsConnected) _connection.Session.Send(frame, flags);
            else if (_socket.Life.Stage == SocketStage.Joining) Hold(frame, flags);
        }
    }

    private void Hold(Frame frame, BroadcastFlags flags)
    {
        var cost = OutgoingQueue.CostOf(frame);
        if (!_connection.Budget.TryKeep(cost))
        {
            _connection.Session.Drop((flags & BroadcastFlags.Volatile) != 0);
            return;
        }

        (_held ??= []).Add((frame, flags));
        _heldBytes += cost;
    }
}
