using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>
/// The sockets and rooms of one namespace in this process: the complete adapter of a single node, and the local part of every other
/// adapter.
/// </summary>
/// <remarks>Frames that a caller sends one after the other are queued for each socket in that order.</remarks>
/// <param name="path">The namespace, with its leading slash.</param>
/// <param name="packets">The packet format of its clients.</param>
/// <param name="logger">The logger of failed sends.</param>
/// <param name="gate">The gate that limits those log entries.</param>
/// <param name="time">The clock of acknowledgement timeouts.</param>
internal sealed class LocalAdapter(string path, IPacketFormat packets, ILogger logger, LogGate gate, TimeProvider time) : INamespaceAdapter
{
    // The number of memberships that one request of another node can add: about 44 MB. A few rooms for each socket are always allowed.
    private const int MaxMemberships = 1_000_000;
    private const int FewRooms = 16;

    private static readonly Task<int> One = Task.FromResult(1);

    private readonly NoServers _servers = new(time);
    private volatile bool _pausesWhenEmpty;

    public string Path { get; } = path;

    public TimeProvider Time { get; } = time;

    public RoomIndex Rooms { get; } = new();

    public bool HasLocalClients => true;

    public UserRooms Users { get; private set; } = UserRooms.None;

    public IServerSink Servers => _servers;

    public ServerEventHandlers ServerEvents { get; } = new(path, logger, gate, time);

    public void PauseWhenEmpty() => _pausesWhenEmpty = true;

    /// <summary>Returns <c>true</c> if the namespace is empty and needs no check of its subscriptions.</summary>
    public bool IsPaused() => _pausesWhenEmpty && Rooms.SocketCount == 0 && ServerEvents.IsEmpty;

    public void Broadcast(EventData data, BroadcastOptions options)
    {
        using var span = EventTracing.Send(Path, data, options);
        Deliver(data, options);
    }

    public RoomEvents RoomEvents => Rooms.Events;

    public ValueTask BroadcastAsync(EventData data, BroadcastOptions options, CancellationToken cancellationToken)
    {
        Broadcast(data, options);
        return ValueTask.CompletedTask;
    }

    public void SendWithAck(EventData data, BroadcastOptions options, AckCollector acks)
    {
        using var span = EventTracing.Send(Path, data, options);
        RequestAcks(data, options, acks);
    }

    /// <summary>
    /// Queues an event that its receivers on this node are to acknowledge, reports them to the collector, and starts its timeout.
    /// </summary>
    /// <returns>The number of sockets that are to acknowledge.</returns>
    public int RequestAcks(EventData data, BroadcastOptions options, AckCollector acks)
    {
        var id = AckId.Next();
        ILocalSocket[] targets;
        using (var receivers = Rooms.Select(options)) targets = receivers.Sockets.ToArray();
        var frame = targets.Length == 0 ? null : packets.Event(Path, data, id);

        var sent = new SentEvent(data);
        acks.Count(targets.Length);
        foreach (var socket in targets)
        {
            if (!TrySendWithAck(socket, frame!, ref sent, options.Flags, id, acks)) acks.Lose();
        }

        acks.Start(Time, options.Timeout);
        acks.OnEnded(() =>
        {
            foreach (var socket in targets) socket.Forget(id);
        });
        return targets.Length;
    }

    /// <summary>Queues an event of another process for its receivers on this node.</summary>
    /// <param name="data">The event.</param>
    /// <param name="options">The target.</param>
    /// <param name="sender">The span of the sender, or an empty one.</param>
    /// <exception cref="ProtocolException">The event is malformed and was not sent.</exception>
    public void DeliverReceived(EventData data, BroadcastOptions options, ActivityContext sender)
    {
        using var span = EventTracing.Deliver(Path, data, options, sender);
        EventTracing.Received(span, Deliver(data, options));
    }

    /// <summary>Queues an event for its receivers on this node. The event is encoded once, and only if there is a receiver.</summary>
    /// <returns>The number of sockets for which it was queued.</returns>
    /// <exception cref="ProtocolException">The event is malformed and was not sent.</exception>
    public int Deliver(EventData data, BroadcastOptions options)
    {
        using var receivers = Rooms.Select(options);
        if (receivers.Count == 0) return 0;

        var frame = packets.Event(Path, data);
        var sent = new SentEvent(data);
        foreach (var socket in receivers.Sockets) Send(socket, frame, ref sent, options.Flags);
        return receivers.Count;
    }

    public ValueTask JoinAsync(ILocalSocket socket, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        Rooms.Join(socket.Membership, rooms);
        return ValueTask.CompletedTask;
    }

    public Task ReadyAsync() => Task.CompletedTask;

    public void SetUsers(UserRooms users) => Users = users;

    public Task<RoomPresence> CountAsync(PresenceRequest request, CancellationToken cancellationToken)
    {
        var tally = new PresenceTally();
        Count(BroadcastOptions.Everyone with { Rooms = [request.Room] }, request.UserPrefix, tally);
        return Task.FromResult(tally.ToPresence());
    }

    /// <summary>Counts this node's sockets that a target selects, and their users.</summary>
    /// <param name="target">The target.</param>
    /// <param name="userPrefix">The prefix of user rooms, or empty to count the sockets only.</param>
    /// <param name="tally">The counts, to which they are added.</param>
    public void Count(BroadcastOptions target, string userPrefix, PresenceTally tally)
    {
        using var selected = Rooms.Select(target);
        foreach (var socket in selected.Sockets) tally.Add(Rooms.UserOf(socket.Membership, userPrefix));
    }

    public ValueTask DisconnectEverywhereAsync(string room, bool close, CancellationToken cancellationToken)
    {
        Disconnect(BroadcastOptions.Everyone with { Rooms = [room] }, close);
        return ValueTask.CompletedTask;
    }

    public ValueTask LeaveAsync(ILocalSocket socket, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        Rooms.Leave(socket.Membership, rooms);
        return ValueTask.CompletedTask;
    }

    public Task<FetchedSockets> FetchSocketsAsync(BroadcastOptions target, CancellationToken cancellationToken) =>
        Task.FromResult(new FetchedSockets(this, Describe(target)));

    /// <summary>Returns a snapshot of this node's sockets that a target selects.</summary>
    /// <param name="target">The target.</param>
    public List<SocketDescription> Describe(BroadcastOptions target)
    {
        using var selected = Rooms.Select(target);
        var sockets = new List<SocketDescription>(selected.Count);
        foreach (var socket in selected.Sockets)
            sockets.Add(new SocketDescription(socket.Id, socket.Handshake, RoomsOf(socket), socket.Data));
        return sockets;
    }

    public ValueTask SocketsJoinAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        Join(target, rooms);
        return ValueTask.CompletedTask;
    }

    public ValueTask SocketsLeaveAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        Leave(target, rooms);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisconnectSocketsAsync(BroadcastOptions target, bool close, CancellationToken cancellationToken)
    {
        Disconnect(target, close);
        return ValueTask.CompletedTask;
    }

    /// <summary>Adds this node's sockets that a target selects to rooms.</summary>
    public void Join(BroadcastOptions target, ImmutableArray<string> rooms)
    {
        using var selected = Rooms.Select(target);
        foreach (var socket in selected.Sockets) Rooms.Join(socket.Membership, rooms);
    }

    /// <summary>Adds this node's sockets to rooms at the request of another node.</summary>
    /// <param name="target">The sockets.</param>
    /// <param name="rooms">The rooms. Rooms that a socket has already joined are not counted.</param>
    /// <returns>False if a limit excluded any of them: a socket that would be in too many rooms joins none, and a request for too many
    /// memberships, or with a name that is too long, has no effect.</returns>
    public bool TryJoin(BroadcastOptions target, ImmutableArray<string> rooms)
    {
        if (!RoomNames.AreJoinable(rooms)) return false;
        using var selected = Rooms.Select(target);
        var distinct = rooms.ToHashSet(StringComparer.Ordinal);
        var joining = new List<ILocalSocket>(selected.Count);
        var added = 0L;
        foreach (var socket in selected.Sockets)
        {
            if (TryCount(socket, distinct) is not { } more) continue;
            joining.Add(socket);
            added += more;
            if (distinct.Count > FewRooms && added > MaxMemberships) return false;
        }

        foreach (var socket in joining) Rooms.Join(socket.Membership, rooms);
        return joining.Count == selected.Count;
    }

    /// <summary>Adds one socket to rooms at the request of another node.</summary>
    /// <returns>False if it would be in too many rooms or a name is too long, in which case it joins none.</returns>
    public bool TryJoin(ILocalSocket socket, ImmutableArray<string> rooms)
    {
        if (!RoomNames.AreJoinable(rooms) || TryCount(socket, rooms.ToHashSet(StringComparer.Ordinal)) is null) return false;
        Rooms.Join(socket.Membership, rooms);
        return true;
    }

    /// <summary>Removes this node's sockets that a target selects from rooms.</summary>
    public void Leave(BroadcastOptions target, ImmutableArray<string> rooms)
    {
        using var selected = Rooms.Select(target);
        foreach (var socket in selected.Sockets) Rooms.Leave(socket.Membership, rooms);
    }

    /// <summary>Disconnects this node's sockets that a target selects.</summary>
    public void Disconnect(BroadcastOptions target, bool close)
    {
        using var selected = Rooms.Select(target);
        foreach (var socket in selected.Sockets) Disconnect(socket, close);
    }

    /// <summary>Returns the socket with an id, which is in the room of that name, or null if there is none.</summary>
    public ILocalSocket? Find(string id)
    {
        using var selected = Rooms.Select(BroadcastOptions.Everyone with { Rooms = [id] });
        foreach (var socket in selected.Sockets)
        {
            if (socket.Id.ToString() == id) return socket;
        }

        return null;
    }

    public Task<int> ServerCountAsync(CancellationToken cancellationToken) => One;

    public Task<FetchedRooms> AllRoomsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new FetchedRooms(Rooms.RoomNames()));

    public void Remove(ILocalSocket socket) => Rooms.Remove(socket.Membership);

    public ImmutableArray<string> RoomsOf(ILocalSocket socket) => Rooms.RoomsOf(socket.Membership);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Returns the number of rooms that a join adds, or null if the socket would be in too many.</summary>
    private int? TryCount(ILocalSocket socket, HashSet<string> rooms)
    {
        // Rooms are compared only for a large request, or a socket near its limit.
        var before = socket.Membership.Count;
        if (rooms.Count <= FewRooms && before <= socket.MaxRooms - rooms.Count) return rooms.Count;
        var after = Rooms.CountWith(socket.Membership, rooms);
        return after > socket.MaxRooms && after > before ? null : Math.Max(after - before, 0);
    }

    private bool TrySendWithAck(ILocalSocket socket, Frame frame, ref SentEvent sent, BroadcastFlags flags, ulong id, AckCollector acks)
    {
        try
        {
            return socket.TrySendWithAck(frame, ref sent, flags, id, acks);
        }
        catch (Exception exception)
        {
            if (gate.TryEnter("socket")) BroadcastingLog.SocketOperationFailed(logger, socket.Id, Path, exception);
            return false;
        }
    }

    private void Disconnect(ILocalSocket socket, bool close)
    {
        try
        {
            socket.Disconnect(close);
        }
        catch (Exception exception)
        {
            if (gate.TryEnter("socket")) BroadcastingLog.SocketOperationFailed(logger, socket.Id, Path, exception);
        }
    }

    private void Send(ILocalSocket socket, Frame frame, ref SentEvent sent, BroadcastFlags flags)
    {
        try
        {
            socket.Send(frame, ref sent, flags);
        }
        catch (Exception exception)
        {
            // A socket must not throw; an exception must not keep the other receivers from getting the event.
            if (gate.TryEnter("socket")) BroadcastingLog.SocketOperationFailed(logger, socket.Id, Path, exception);
        }
    }
}
