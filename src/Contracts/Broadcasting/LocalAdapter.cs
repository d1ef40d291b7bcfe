using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The sockets and rooms of one namespace in this process: a whole adapter for one node, and the delivering half of every other.</summary>
/// <remarks>Frames a caller sends one after the other are handed to each socket in that order.</remarks>
/// <param name="path">The namespace, with its leading slash.</param>
/// <param name="packets">What its clients understand.</param>
/// <param name="logger">Where a broken socket is reported.</param>
/// <param name="gate">Bounds those reports.</param>
/// <param name="time">The clock of what awaits acknowledgements.</param>
internal sealed class LocalAdapter(string path, IPacketFormat packets, ILogger logger, LogGate gate, TimeProvider time) : ISocketAdapter
{
    // What one request of another node may add: some 44 MB. A few rooms for each socket are always allowed.
    private const int MaxMemberships = 1_000_000;
    private const int FewRooms = 16;

    private static readonly Task<int> One = Task.FromResult(1);

    public string Path { get; } = path;

    public TimeProvider Time { get; } = time;

    public RoomIndex Rooms { get; } = new();

    public bool HasLocalClients => true;

    public IServerSink Servers { get; } = new NoServers(time);

    public ServerEvents ServerEvents { get; } = new(path, logger, gate);

    public void Broadcast(EventData data, BroadcastOptions options) => Deliver(data, options);

    public ValueTask BroadcastAsync(EventData data, BroadcastOptions options, CancellationToken cancellationToken)
    {
        Deliver(data, options);
        return ValueTask.CompletedTask;
    }

    public void Ask(EventData data, BroadcastOptions options, AckCollector acks)
    {
        var id = AckId.Next();
        ILocalSocket[] asked;
        using (var receivers = Rooms.Select(options)) asked = receivers.Sockets.ToArray();
        var frame = asked.Length == 0 ? null : packets.Event(Path, data, id);

        var sent = new SentEvent(data);
        acks.Count(asked.Length);
        foreach (var socket in asked)
        {
            if (!TryAsk(socket, frame!, ref sent, options.Flags, id, acks)) acks.Lose();
        }

        acks.Start(Time, options.Timeout);
        acks.OnEnded(() =>
        {
            foreach (var socket in asked) socket.Forget(id);
        });
    }

    /// <summary>Hands an event to its receivers on this node; encodes it once, and only when there is a receiver.</summary>
    /// <returns>How many sockets it was handed to.</returns>
    /// <exception cref="ProtocolException">The event is malformed; nobody received it.</exception>
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

    public ValueTask LeaveAsync(ILocalSocket socket, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        Rooms.Leave(socket.Membership, rooms);
        return ValueTask.CompletedTask;
    }

    public Task<FetchedSockets> FetchSocketsAsync(BroadcastOptions target, CancellationToken cancellationToken) =>
        Task.FromResult(new FetchedSockets(Describe(target, this)));

    /// <summary>This node's sockets that a target selects, as they are now.</summary>
    /// <param name="target">The target.</param>
    /// <param name="sink">What is done to them goes there.</param>
    public List<RemoteSocket> Describe(BroadcastOptions target, IBroadcastSink sink)
    {
        using var selected = Rooms.Select(target);
        var sockets = new List<RemoteSocket>(selected.Count);
        foreach (var socket in selected.Sockets)
            sockets.Add(new RemoteSocket(sink, socket.Id, socket.Handshake, RoomsOf(socket), socket.Data));
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

    /// <summary>Puts this node's sockets that a target selects into rooms.</summary>
    public void Join(BroadcastOptions target, ImmutableArray<string> rooms)
    {
        using var selected = Rooms.Select(target);
        foreach (var socket in selected.Sockets) Rooms.Join(socket.Membership, rooms);
    }

    /// <summary>Puts this node's sockets into rooms because another node requests it.</summary>
    /// <param name="target">The sockets.</param>
    /// <param name="rooms">The rooms; those that a socket is in already count for no bound.</param>
    /// <returns>False when a bound kept any of them out: a socket that would be in too many rooms joins none, and a request for too many memberships does nothing.</returns>
    public bool TryJoin(BroadcastOptions target, ImmutableArray<string> rooms)
    {
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

    /// <summary>Puts one socket into rooms because another node requests it.</summary>
    /// <returns>False when it would be in too many rooms: it joins none.</returns>
    public bool TryJoin(ILocalSocket socket, ImmutableArray<string> rooms)
    {
        if (TryCount(socket, rooms.ToHashSet(StringComparer.Ordinal)) is null) return false;
        Rooms.Join(socket.Membership, rooms);
        return true;
    }

    /// <summary>Takes this node's sockets that a target selects out of rooms.</summary>
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

    /// <summary>The socket of an id, which is in the room of that name.</summary>
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

    /// <summary>Returns the number of rooms that a join adds; null when the socket would be in too many.</summary>
    private int? TryCount(ILocalSocket socket, HashSet<string> rooms)
    {
        // Only a large request, or a socket near its limit, has rooms compared.
        var before = socket.Membership.Count;
        if (rooms.Count <= FewRooms && before <= socket.MaxRooms - rooms.Count) return rooms.Count;
        var after = Rooms.CountWith(socket.Membership, rooms);
        return after > socket.MaxRooms && after > before ? null : Math.Max(after - before, 0);
    }

    private bool TryAsk(ILocalSocket socket, Frame frame, ref SentEvent sent, BroadcastFlags flags, ulong id, AckCollector acks)
    {
        try
        {
            return socket.TryAsk(frame, ref sent, flags, id, acks);
        }
        catch (Exception exception)
        {
            if (gate.TryEnter("socket")) BroadcastingLog.SendFailed(logger, Path, socket.Id, exception);
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
            if (gate.TryEnter("socket")) BroadcastingLog.SendFailed(logger, Path, socket.Id, exception);
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
            // A socket promises not to throw; one that breaks the promise must not cost the others their event.
            if (gate.TryEnter("socket")) BroadcastingLog.SendFailed(logger, Path, socket.Id, exception);
        }
    }
}
