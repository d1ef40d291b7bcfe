using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>A chain that selects the receivers of an event. The contract's events are its generated extension methods.</summary>
/// <remarks>It is immutable: every method returns a new value, so a chain can be stored and shared between threads.</remarks>
/// <typeparam name="TEvents">The contract.</typeparam>
/// <example><code>clock.To("a", "b").Except("c").Volatile().Time(now);</code></example>
public readonly struct Broadcast<TEvents> : IBroadcastTarget<TEvents>
{
    private readonly IBroadcastSink? _sink;
    private readonly BroadcastOptions? _options;

    internal Broadcast(IBroadcastSink sink, BroadcastOptions options) => (_sink, _options) = (sink, options);

    private IBroadcastSink Sink => _sink ?? throw new InvalidOperationException(
        $"A default Broadcast<{typeof(TEvents).Name}> has no server; start from Of<{typeof(TEvents).Name}>().");

    private BroadcastOptions Options => _options ?? BroadcastOptions.Everyone;

    /// <summary>
    /// Narrows the receivers to the members of rooms. Further rooms are added, and a socket in several rooms receives the event once.
    /// </summary>
    /// <remarks>
    /// An empty list adds no room. A chain that has no room by then selects no client, and nothing is delivered or published.
    /// </remarks>
    /// <param name="rooms">The rooms, which are added to those already selected.</param>
    /// <returns>The narrowed chain.</returns>
    /// <exception cref="ArgumentNullException">A room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    public Broadcast<TEvents> To(params ReadOnlySpan<string> rooms) => With(Union(Options.Rooms, rooms));

    /// <summary>Narrows the receivers to the sockets of a user, on every node. Further rooms and users are added.</summary>
    /// <param name="userId">The id of the user, as the server's <c>ISocketUserIdProvider</c> returns it.</param>
    /// <returns>The narrowed chain.</returns>
    /// <exception cref="ArgumentException">The id is empty, too long, or not valid Unicode text.</exception>
    /// <exception cref="InvalidOperationException">There are no user rooms.</exception>
    public Broadcast<TEvents> ToUser(string userId) => ToUsers([userId]);

    /// <summary>Narrows the receivers to the sockets of users, on every node; an empty list adds none.</summary>
    /// <param name="userIds">The ids of the users.</param>
    /// <returns>The narrowed chain.</returns>
    /// <exception cref="ArgumentException">An id is empty, too long, or not valid Unicode text.</exception>
    /// <exception cref="InvalidOperationException">There are no user rooms.</exception>
    public Broadcast<TEvents> ToUsers(IEnumerable<string> userIds) =>
        With([.. Options.Rooms.Union(Sink.Users.Of(userIds), StringComparer.Ordinal)]);

    private Broadcast<TEvents> With(ImmutableArray<string> union)
    {
        var sink = (Sink as EmptySelectionSink)?.Inner ?? Sink;
        return new Broadcast<TEvents>(union.IsEmpty ? new EmptySelectionSink(sink) : sink, Options with { Rooms = union });
    }

    /// <inheritdoc cref="To(ReadOnlySpan{string})"/>
    /// <exception cref="ArgumentNullException">The array or a room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    public Broadcast<TEvents> To(string[] rooms)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        return To(rooms.AsSpan());
    }

    /// <summary>Excludes the members of rooms. A socket's own id is also a room.</summary>
    /// <param name="rooms">The rooms, which are added to those already excluded.</param>
    /// <returns>The narrowed chain.</returns>
    /// <exception cref="ArgumentNullException">A room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    public Broadcast<TEvents> Except(params ReadOnlySpan<string> rooms) =>
        With(Options with { Except = Union(Options.Except, rooms) });

    /// <inheritdoc cref="Except(ReadOnlySpan{string})"/>
    /// <exception cref="ArgumentNullException">The array or a room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    public Broadcast<TEvents> Except(string[] rooms)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        return Except(rooms.AsSpan());
    }

    /// <summary>Allows the event to be dropped for clients that are not ready to receive it.</summary>
    /// <returns>The changed chain.</returns>
    public Broadcast<TEvents> Volatile() => With(Options with { Flags = Options.Flags | BroadcastFlags.Volatile });

    /// <summary>Allows or forbids the transports to compress the event.</summary>
    /// <param name="compress">True to allow compression, false to forbid it.</param>
    /// <returns>The changed chain.</returns>
    public Broadcast<TEvents> Compress(bool compress = true)
    {
        const BroadcastFlags either = BroadcastFlags.Compress | BroadcastFlags.NoCompress;
        var flags = Options.Flags;
        if ((flags & (BroadcastFlags.Volatile | either)) == 0) flags |= BroadcastFlags.CompressFirst;
        return With(Options with { Flags = (flags & ~either) | (compress ? BroadcastFlags.Compress : BroadcastFlags.NoCompress) });
    }

    /// <summary>Restricts the event to this node; nothing is published.</summary>
    /// <returns>The changed chain.</returns>
    /// <exception cref="InvalidOperationException">The chain belongs to an emitter, which has no clients.</exception>
    public Broadcast<TEvents> Local() => Sink.HasLocalClients
        ? With(Options with { Flags = Options.Flags | BroadcastFlags.Local })
        : throw new InvalidOperationException("Local() requires a server; an emitter has no clients.");

    /// <summary>Sets the timeout for acknowledgements. Default: 10 seconds.</summary>
    /// <param name="timeout">The time to wait for acknowledgements after the event is sent. Must be positive and at most one day.</param>
    /// <returns>The changed chain.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is not positive, or longer than one day.</exception>
    public Broadcast<TEvents> WithTimeout(TimeSpan timeout) => With(Options with { Timeout = AckCollector.CheckTimeout(timeout) });

    /// <summary>
    /// Sets the receipt that records the number of connections to which Redis passes an awaited event, or the request to join, leave or
    /// disconnect.
    /// </summary>
    /// <remarks>Events that are not awaited, and events with acknowledgements, leave the receipt unchanged.</remarks>
    /// <param name="receipt">The receipt, which is set when the event has completed.</param>
    /// <returns>The changed chain.</returns>
    /// <exception cref="ArgumentNullException">The receipt is null.</exception>
    public Broadcast<TEvents> WithReceipt(EmitReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        return With(Options with { Receipt = receipt });
    }

    /// <summary>Fetches the sockets that the chain selects from every node, with their handshakes, rooms and data.</summary>
    /// <remarks>A <see cref="Local()"/> chain fetches the sockets of this node only.</remarks>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The sockets of the nodes that responded in time, and the number of nodes that did not. A missing response does not
    /// throw.</returns>
    /// <exception cref="NotSupportedException">The chain selects the clients of several namespaces.</exception>
    /// <exception cref="ObjectDisposedException">The chain belongs to an emitter that was disposed.</exception>
    public Task<FetchedSockets> FetchSocketsAsync(CancellationToken cancellationToken = default) =>
        Sink.FetchSocketsAsync(Options, cancellationToken);

    /// <summary>Adds the sockets that the chain selects to rooms, on every node.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <returns>A task that completes when the sockets of this node have joined and Redis, if configured, has accepted the request for
    /// the others.</returns>
    /// <exception cref="ArgumentNullException">A room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    public ValueTask SocketsJoinAsync(params ReadOnlySpan<string> rooms) =>
        Sink.SocketsJoinAsync(Options, Sink.Users.Checked(RoomNames.Of(rooms)), CancellationToken.None);

    /// <inheritdoc cref="SocketsJoinAsync(ReadOnlySpan{string})"/>
    /// <param name="rooms">The rooms.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The sockets join in any case.</param>
    public ValueTask SocketsJoinAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        Sink.SocketsJoinAsync(Options, Sink.Users.Checked(RoomNames.Of(rooms)), cancellationToken);

    /// <summary>Removes the sockets that the chain selects from rooms, on every node; rooms they are not in are ignored.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <returns>A task that completes when the sockets of this node have left and Redis, if configured, has accepted the request for the
    /// others.</returns>
    /// <exception cref="ArgumentNullException">A room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    public ValueTask SocketsLeaveAsync(params ReadOnlySpan<string> rooms) =>
        Sink.SocketsLeaveAsync(Options, Sink.Users.Checked(RoomNames.Of(rooms)), CancellationToken.None);

    /// <inheritdoc cref="SocketsLeaveAsync(ReadOnlySpan{string})"/>
    /// <param name="rooms">The rooms.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The sockets leave in any case.</param>
    public ValueTask SocketsLeaveAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        Sink.SocketsLeaveAsync(Options, Sink.Users.Checked(RoomNames.Of(rooms)), cancellationToken);

    /// <summary>Disconnects the sockets that the chain selects, on every node.</summary>
    /// <param name="close">True to also close their connections, with all their namespaces.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The sockets are disconnected in any case.</param>
    /// <returns>A task that completes when the sockets of this node are disconnected and Redis, if configured, has accepted the request
    /// for the others.</returns>
    public ValueTask DisconnectSocketsAsync(bool close = false, CancellationToken cancellationToken = default) =>
        Sink.DisconnectSocketsAsync(Options, close, cancellationToken);

    /// <inheritdoc/>
    void IEventTarget<TEvents>.Send(EventData data)
    {
        try
        {
            Sink.Broadcast(data, Options);
        }
        catch (ProtocolException exception)
        {
            throw exception.AsArgument();
        }
    }

    /// <inheritdoc/>
    ValueTask IEventTarget<TEvents>.SendAsync(EventData data, CancellationToken cancellationToken)
    {
        try
        {
            return Sink.BroadcastAsync(data, Options, cancellationToken);
        }
        catch (ProtocolException exception)
        {
            throw exception.AsArgument();
        }
    }

    /// <inheritdoc/>
    Task<T> IEventTarget<TEvents>.SendWithAckAsync<T>(EventData data, AckReader<T> read, CancellationToken cancellationToken) =>
        Collect(data, read, cancellationToken).SingleAsync();

    /// <inheritdoc/>
    Acks<T> IBroadcastTarget<TEvents>.SendWithAck<T>(EventData data, AckReader<T> read, CancellationToken cancellationToken) =>
        new(Collect(data, read, cancellationToken));

    private AckCollector<T> Collect<T>(EventData data, AckReader<T> read, CancellationToken cancellationToken)
    {
        var acks = new AckCollector<T>(read, cancellationToken);
        try
        {
            Sink.SendWithAck(data, Options, acks);
            return acks;
        }
        catch (ProtocolException exception)
        {
            throw exception.AsArgument();
        }
    }

    private Broadcast<TEvents> With(BroadcastOptions options) => new(Sink, options);

    private ImmutableArray<string> Union(ImmutableArray<string> known, ReadOnlySpan<string> rooms)
    {
        var union = known;
        var users = Sink.Users;
        foreach (var room in rooms)
        {
            ArgumentNullException.ThrowIfNull(room, nameof(rooms));
            users.Check(room);
            if (!union.Contains(room)) union = union.Add(room);
        }

        return union;
    }
}
