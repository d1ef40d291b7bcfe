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
    /// <param name="target">The target.</param>
    /// <param name="rooms">The rooms.</param>
    /// <param name="max">In how many rooms a socket may be; one that would be in more joins none.</param>
    /// <returns>Whether all of them have joined.</returns>
    public bool Join(BroadcastOptions target, ImmutableArray<string> rooms, int max = int.MaxValue)
    {
        using var selected = Rooms.Select(target);
        var all = true;
        foreach (var socket in selected.Sockets)
        {
            if (socket.Membership.Count > max - rooms.Length) all = false;
            else Rooms.Join(socket.Membership, rooms);
        }

        return all;
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
