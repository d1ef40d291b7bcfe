using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>A socket's connection to its client: the view of the adapters, and the sink of events for it alone.</summary>
internal sealed class LocalSocket : ILocalSocket, IClientSink
{
    private readonly ServerSocket _socket;
    private readonly AckTable _acks = new();
    private List<(Frame Frame, BroadcastFlags Flags)>? _held;
    private long _heldBytes;

    public LocalSocket(ServerSocket socket)
    {
        _socket = socket;
        Membership = new RoomMember(this);
    }

    public SocketId Id => _socket.Id;

    public RoomMember Membership { get; }

    public Handshake Handshake => _socket.Handshake;

    public EventArgument Data => _socket.Data;

    public int MaxRooms => _socket.Namespace.Server.Options.MaxRoomsPerSocket;

    public bool IsConnected => _socket.IsConnected;

    /// <summary>The recovery state of the socket, or null if nothing is kept.</summary>
    public SocketRecovery? Recovery => _socket.Recovery;

    public void Send(Frame frame, BroadcastFlags flags)
    {
        if (_socket.IsConnected) _socket.Session.Send(frame, flags);
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

    /// <summary>Passes an event to the handlers of outgoing events.</summary>
    public void Show(ref SentEvent sent) => _socket.Listeners?.Sending(ref sent);

    public bool TryAsk(Frame frame, ref SentEvent sent, BroadcastFlags flags, ulong id, AckCollector acks)
    {
        // The code that awaits the ack can be a middleware that decides about the client.
        if (!_socket.IsConnected || !_acks.TryAdd(id, acks)) return false;
        Send(frame, ref sent, flags);
        return true;
    }

    public void Forget(ulong id) => _acks.Take(id);

    public void Disconnect(bool close)
    {
        if (close) _socket.Close();
        else _socket.Life.Disconnect();
    }

    public void Send(EventData data, BroadcastFlags flags)
    {
        if (_socket.Recovery is { } recovery && (flags & BroadcastFlags.Volatile) == 0 && _socket.Life.Stage != SocketStage.Joining)
        {
            recovery.Send(this, data, flags);
            return;
        }

        var frame = _socket.Server.Packets.Event(_socket.Namespace.Path, data);
        var sent = new SentEvent(data);
        Send(frame, ref sent, flags);
    }

    public void Ask(EventData data, BroadcastFlags flags, TimeSpan? timeout, AckCollector acks)
    {
        var id = AckId.Next();
        var frame = _socket.Server.Packets.Event(_socket.Namespace.Path, data, id);
        var sent = new SentEvent(data);
        acks.Count(1);
        if (!TryAsk(frame, ref sent, flags, id, acks)) acks.Lose();
        acks.Start(_socket.Namespace.Server.Time, timeout);
        acks.OnEnded(() => _acks.Take(id));
    }

    /// <summary>Sends the CONNECT to the client, then the packets held back before it.</summary>
    /// <param name="connect">The response to its CONNECT.</param>
    /// <param name="missed">The events it missed while disconnected. As in the JavaScript server they are sent first; the client buffers
    /// them until it is connected.</param>
    /// <returns>False if the socket has ended, in which case nothing is sent.</returns>
    public bool TryConnect(Frame connect, IReadOnlyList<Frame>? missed = null)
    {
        lock (this)
        {
            if (!_socket.Life.TryAdvance(SocketStage.Admitted)) return false;
            foreach (var frame in missed ?? []) _socket.Session.Send(frame, BroadcastFlags.None);
            _socket.Session.Send(connect, BroadcastFlags.None);
            foreach (var (frame, flags) in _held ?? []) _socket.Session.Send(frame, flags);
            _socket.Budget.Keep(-_heldBytes);
            (_held, _heldBytes) = (null, 0);
            _socket.Life.TryAdvance(SocketStage.Connected);
            return true;
        }
    }

    /// <summary>Completes a pending acknowledgement of the client; an unknown id is ignored.</summary>
    public void Acknowledged(ulong? id, ReadOnlyMemory<byte> arguments)
    {
        if (id is { } number) _acks.Take(number)?.AnswerAll(arguments);
    }

    /// <summary>Ends all pending acknowledgements.</summary>
    public void Close()
    {
        _acks.Close();
        lock (this)
        {
            _socket.Budget.Keep(-_heldBytes);
            (_held, _heldBytes) = (null, 0);
        }
    }

    // A client must receive the CONNECT of a namespace before any other packet of it.
    private void SendLater(Frame frame, BroadcastFlags flags)
    {
        lock (this)
        {
            if (_socket.IsConnected) _socket.Session.Send(frame, flags);
            else if (_socket.Life.Stage == SocketStage.Joining) Hold(frame, flags);
        }
    }

    private void Hold(Frame frame, BroadcastFlags flags)
    {
        var cost = OutgoingQueue.CostOf(frame);
        if (!_socket.Budget.TryKeep(cost))
        {
            _socket.Session.Drop((flags & BroadcastFlags.Volatile) != 0);
            return;
        }

        (_held ??= []).Add((frame, flags));
        _heldBytes += cost;
    }
}
