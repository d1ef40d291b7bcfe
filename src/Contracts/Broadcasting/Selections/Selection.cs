using System.Collections.Immutable;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>A selection of sockets over a sink. It is its own options, so that a selection is one object.</summary>
/// <typeparam name="TEvents">The contract.</typeparam>
internal record Selection<TEvents> : BroadcastOptions, IBroadcast<TEvents>, IEventDataTarget
    where TEvents : class
{
    /// <param name="sink">The adapter, emitter or recorder.</param>
    public Selection(IBroadcastSink sink) => Sink = sink;

    protected IBroadcastSink Sink { get; init; }

    /// <summary>Returns the members of rooms of this selection's namespace, or a selection of no socket if there is no room.</summary>
    public Selection<TEvents> In(ImmutableArray<string> rooms) =>
        rooms.IsEmpty ? this with { Sink = new EmptySelectionSink(Sink) } : this with { Rooms = rooms };

    /// <summary>As <see cref="In"/>, for rooms that the caller named; those of users are reserved.</summary>
    /// <exception cref="ArgumentNullException">The list or a room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved.</exception>
    public Selection<TEvents> InRooms(IEnumerable<string> rooms) => In(Checked(rooms));

    /// <summary>As <see cref="InRooms"/>, for one room.</summary>
    /// <exception cref="ArgumentNullException">The room is null.</exception>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public Selection<TEvents> InRoom(string room)
    {
        ArgumentNullException.ThrowIfNull(room);
        Sink.Users.Check(room);
        return this with { Rooms = [room] };
    }

    public IBroadcast<TEvents> Except(string room)
    {
        ArgumentNullException.ThrowIfNull(room);
        Sink.Users.Check(room);
        return Excepted.Contains(room) ? this : this with { Excepted = Excepted.Add(room) };
    }

    public IBroadcast<TEvents> Except(IEnumerable<string> rooms) =>
        this with { Excepted = [.. Excepted.Union(Checked(rooms), StringComparer.Ordinal)] };

    public IBroadcast<TEvents> Except(SocketId socket) => Except(RoomNames.Of(socket));

    public IBroadcast<TEvents> Volatile() => this with { Flags = Flags | BroadcastFlags.Volatile };

    public IBroadcast<TEvents> Compress(bool compress)
    {
        const BroadcastFlags either = BroadcastFlags.Compress | BroadcastFlags.NoCompress;
        var flags = Flags;
        if ((flags & (BroadcastFlags.Volatile | either)) == 0) flags |= BroadcastFlags.CompressFirst;
        return this with { Flags = (flags & ~either) | (compress ? BroadcastFlags.Compress : BroadcastFlags.NoCompress) };
    }

    public IBroadcast<TEvents> Local() => Sink.HasLocalClients
        ? this with { Flags = Flags | BroadcastFlags.Local }
        : throw new InvalidOperationException("Local() requires a server; an emitter has no clients.");

    public IBroadcast<TEvents> WithTimeout(TimeSpan timeout) => this with { Timeout = AckCollector.CheckTimeout(timeout) };

    public IBroadcast<TEvents> WithReceipt(EmitReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        return this with { Receipt = receipt };
    }

    public Task<FetchedSockets> FetchSocketsAsync(CancellationToken cancellationToken) => Sink.FetchSocketsAsync(this, cancellationToken);

    public ValueTask JoinAsync(string room, CancellationToken cancellationToken) =>
        Sink.SocketsJoinAsync(this, Sink.Users.Checked(RoomNames.ToJoin([room])), cancellationToken);

    public ValueTask JoinAsync(IEnumerable<string> rooms, CancellationToken cancellationToken) =>
        Sink.SocketsJoinAsync(this, Sink.Users.Checked(RoomNames.ToJoin(rooms)), cancellationToken);

    public ValueTask LeaveAsync(string room, CancellationToken cancellationToken) =>
        Sink.SocketsLeaveAsync(this, Checked([room]), cancellationToken);

    public ValueTask LeaveAsync(IEnumerable<string> rooms, CancellationToken cancellationToken) =>
        Sink.SocketsLeaveAsync(this, Checked(rooms), cancellationToken);

    public ValueTask DisconnectAsync(bool close, CancellationToken cancellationToken) =>
        Sink.DisconnectSocketsAsync(this, close, cancellationToken);

    public void Send<TEvent>(TEvent e)
        where TEvent : struct, ISocketEvent<TEvents>
    {
        using var buffer = PooledBuffer.Rent();
        Send(Encode(buffer, in e));
    }

    public ValueTask SendAsync<TEvent>(TEvent e, CancellationToken cancellationToken)
        where TEvent : struct, ISocketEvent<TEvents>
    {
        using var buffer = PooledBuffer.Rent();
        return SendAsync(Encode(buffer, in e), cancellationToken);
    }

    public Acks<T> SendWithAck<TEvent, T>(TEvent e, CancellationToken cancellationToken)
        where TEvent : struct, ISocketEvent<TEvents, T>
    {
        using var buffer = PooledBuffer.Rent();
        return Collect(Encode(buffer, in e), EventAckReader<TEvents, TEvent, T>.Read, cancellationToken);
    }

    public void Send(EventData data)
    {
        try
        {
            Sink.Broadcast(data, this);
        }
        catch (ProtocolException exception)
        {
            throw exception.AsArgument();
        }
    }

    public ValueTask SendAsync(EventData data, CancellationToken cancellationToken)
    {
        try
        {
            return Sink.BroadcastAsync(data, this, cancellationToken);
        }
        catch (ProtocolException exception)
        {
            throw exception.AsArgument();
        }
    }

    private ImmutableArray<string> Checked(IEnumerable<string> rooms) => Sink.Users.Checked(RoomNames.Of(rooms));

    private EventData Encode<TEvent>(PooledBuffer buffer, in TEvent e)
        where TEvent : struct, ISocketEvent<TEvents>
    {
        if (Sink is IEventObserver observer) observer.Observe(e);
        return EventDataWriter.Encode<TEvents, TEvent>(buffer, in e);
    }

    private Acks<T> Collect<T>(EventData data, AckReader<T> read, CancellationToken cancellationToken)
    {
        var acks = new AckCollector<T>(read, cancellationToken);
        try
        {
            Sink.SendWithAck(data, this, acks);
            return new Acks<T>(acks);
        }
        catch (ProtocolException exception)
        {
            throw exception.AsArgument();
        }
    }
}

/// <summary>All sockets of a namespace except one.</summary>
/// <typeparam name="TEvents">The contract.</typeparam>
internal sealed record OtherSockets<TEvents> : Selection<TEvents>, IOthers<TEvents>
    where TEvents : class
{
    /// <param name="sink">The namespace's adapter.</param>
    /// <param name="id">The socket that is excluded.</param>
    public OtherSockets(IBroadcastSink sink, SocketId id)
        : base(sink) => Excepted = [id.ToString()];

    public IBroadcast<TEvents> To(string room) => InRoom(room);

    public IBroadcast<TEvents> To(IEnumerable<string> rooms) => InRooms(rooms);

    public IBroadcast<TEvents> ToUser(string userId) => In([Sink.Users.Of(userId)]);
}
