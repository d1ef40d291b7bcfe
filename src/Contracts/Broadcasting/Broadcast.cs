using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>The one chain that says who receives an event; the contract's events are its generated extension methods.</summary>
/// <remarks>Immutable: every method returns a new value, so a chain can be kept and shared between threads.</remarks>
/// <typeparam name="TEvents">The contract.</typeparam>
/// <example><code>clock.To("a", "b").Except("c").Volatile().Time(now);</code></example>
public readonly struct Broadcast<TEvents> : IBroadcastTarget<TEvents>
{
    private readonly IBroadcastSink? _sink;
    private readonly BroadcastOptions? _options;

    internal Broadcast(IBroadcastSink sink, BroadcastOptions options) => (_sink, _options) = (sink, options);

    private IBroadcastSink Sink => _sink ?? throw new InvalidOperationException(
        $"A default Broadcast<{typeof(TEvents).Name}> has no server behind it: start from Of<{typeof(TEvents).Name}>().");

    private BroadcastOptions Options => _options ?? BroadcastOptions.Everyone;

    /// <summary>Narrows the receivers to the members of rooms; more rooms add up, and a socket in several receives once.</summary>
    /// <remarks>
    /// An empty list adds no room: a chain that has none by then selects no client, and nothing is delivered or published.
    /// </remarks>
    /// <param name="rooms">The rooms, added to those already chosen.</param>
    /// <returns>The narrowed chain.</returns>
    /// <exception cref="ArgumentNullException">A room is null.</exception>
    public Broadcast<TEvents> To(params ReadOnlySpan<string> rooms)
    {
        var union = Union(Options.Rooms, rooms);
        var sink = (Sink as EmptySelectionSink)?.Inner ?? Sink;
        return new Broadcast<TEvents>(union.IsEmpty ? new EmptySelectionSink(sink) : sink, Options with { Rooms = union });
    }

    /// <inheritdoc cref="To(ReadOnlySpan{string})"/>
    /// <exception cref="ArgumentNullException">The array or a room is null.</exception>
    public Broadcast<TEvents> To(string[] rooms)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        return To(rooms.AsSpan());
    }

    /// <summary>Leaves out the members of rooms; a socket's own id is a room too.</summary>
    /// <param name="rooms">The rooms, added to those already left out.</param>
    /// <returns>The narrowed chain.</returns>
    /// <exception cref="ArgumentNullException">A room is null.</exception>
    public Broadcast<TEvents> Except(params ReadOnlySpan<string> rooms) =>
        With(Options with { Except = Union(Options.Except, rooms) });

    /// <inheritdoc cref="Except(ReadOnlySpan{string})"/>
    /// <exception cref="ArgumentNullException">The array or a room is null.</exception>
    public Broadcast<TEvents> Except(string[] rooms)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        return Except(rooms.AsSpan());
    }

    /// <summary>Lets the event be dropped for clients that are not ready to receive it.</summary>
    /// <returns>The changed chain.</returns>
    public Broadcast<TEvents> Volatile() => With(Options with { Flags = Options.Flags | BroadcastFlags.Volatile });

    /// <summary>Says whether the transports may compress the event.</summary>
    /// <param name="compress">Whether they may.</param>
    /// <returns>The changed chain.</returns>
    public Broadcast<TEvents> Compress(bool compress = true)
    {
        const BroadcastFlags either = BroadcastFlags.Compress | BroadcastFlags.NoCompress;
        var flags = Options.Flags;
        if ((flags & (BroadcastFlags.Volatile | either)) == 0) flags |= BroadcastFlags.CompressFirst;
        return With(Options with { Flags = (flags & ~either) | (compress ? BroadcastFlags.Compress : BroadcastFlags.NoCompress) });
    }

    /// <summary>Keeps the event on this node; nothing is published.</summary>
    /// <returns>The changed chain.</returns>
    /// <exception cref="InvalidOperationException">The chain belongs to an emitter, which has no clients of its own.</exception>
    public Broadcast<TEvents> Local() => Sink.HasLocalClients
        ? With(Options with { Flags = Options.Flags | BroadcastFlags.Local })
        : throw new InvalidOperationException("Local() needs a server: an emitter has no clients of its own to keep an event for.");

    /// <summary>Says how long acknowledgements are awaited; 10 seconds without it.</summary>
    /// <param name="timeout">The time, counted from when the event is sent.</param>
    /// <returns>The changed chain.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive, or longer than a day.</exception>
    public Broadcast<TEvents> WithTimeout(TimeSpan timeout) => With(Options with { Timeout = AckCollector.CheckTimeout(timeout) });

    /// <summary>Asks how many connections Redis passes an awaited event to, or the request to join, leave or disconnect.</summary>
    /// <remarks>An event that is not awaited, or that is asked with acknowledgements, leaves the receipt as it is.</remarks>
    /// <param name="receipt">Takes it down when the event has completed.</param>
    /// <returns>The changed chain.</returns>
    /// <exception cref="ArgumentNullException">The receipt is null.</exception>
    public Broadcast<TEvents> WithReceipt(EmitReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        return With(Options with { Receipt = receipt });
    }

    /// <summary>Asks every node for the sockets the chain reaches, with what they told and are in.</summary>
    /// <remarks>A chain that is <see cref="Local()"/> asks this node only.</remarks>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The sockets of the nodes that answered in time, and how many nodes did not; an unanswered question is no exception.</returns>
    /// <exception cref="NotSupportedException">The chain belongs to an emitter, which never receives.</exception>
    public Task<FetchedSockets> FetchSocketsAsync(CancellationToken cancellationToken = default) =>
        Sink.FetchSocketsAsync(Options, cancellationToken);

    /// <summary>Puts the sockets the chain reaches into rooms, on every node.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <returns>Completes when the sockets of this node have joined and Redis, if there is one, accepted the request for the others.</returns>
    /// <exception cref="ArgumentNullException">A room is null.</exception>
    public ValueTask SocketsJoinAsync(params ReadOnlySpan<string> rooms) =>
        Sink.SocketsJoinAsync(Options, RoomNames.Of(rooms), CancellationToken.None);

    /// <inheritdoc cref="SocketsJoinAsync(ReadOnlySpan{string})"/>
    /// <param name="rooms">The rooms.</param>
    /// <param name="cancellationToken">Ends the wait, not the joining.</param>
    public ValueTask SocketsJoinAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        Sink.SocketsJoinAsync(Options, RoomNames.Of(rooms), cancellationToken);

    /// <summary>Takes the sockets the chain reaches out of rooms, on every node; rooms they are not in are ignored.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <returns>Completes when the sockets of this node have left and Redis, if there is one, accepted the request for the others.</returns>
    /// <exception cref="ArgumentNullException">A room is null.</exception>
    public ValueTask SocketsLeaveAsync(params ReadOnlySpan<string> rooms) =>
        Sink.SocketsLeaveAsync(Options, RoomNames.Of(rooms), CancellationToken.None);

    /// <inheritdoc cref="SocketsLeaveAsync(ReadOnlySpan{string})"/>
    /// <param name="rooms">The rooms.</param>
    /// <param name="cancellationToken">Ends the wait, not the leaving.</param>
    public ValueTask SocketsLeaveAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        Sink.SocketsLeaveAsync(Options, RoomNames.Of(rooms), cancellationToken);

    /// <summary>Disconnects the sockets the chain reaches, on every node.</summary>
    /// <param name="close">Whether their connections, with all their namespaces, are closed as well.</param>
    /// <param name="cancellationToken">Ends the wait, not the disconnecting.</param>
    /// <returns>Completes when those of this node are disconnected and Redis, if there is one, accepted the request for the others.</returns>
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
    Task<T> IEventTarget<TEvents>.AskAsync<T>(EventData data, AnswerReader<T> read, CancellationToken cancellationToken) =>
        Collect(data, read, cancellationToken).SingleAsync();

    /// <inheritdoc/>
    Acks<T> IBroadcastTarget<TEvents>.Ask<T>(EventData data, AnswerReader<T> read, CancellationToken cancellationToken) =>
        new(Collect(data, read, cancellationToken));

    private AckCollector<T> Collect<T>(EventData data, AnswerReader<T> read, CancellationToken cancellationToken)
    {
        var acks = new AckCollector<T>(read, cancellationToken);
        try
        {
            Sink.Ask(data, Options, acks);
            return acks;
        }
        catch (ProtocolException exception)
        {
            throw exception.AsArgument();
        }
    }

    private Broadcast<TEvents> With(BroadcastOptions options) => new(Sink, options);

    private static ImmutableArray<string> Union(ImmutableArray<string> known, ReadOnlySpan<string> rooms)
    {
        var union = known;
        foreach (var room in rooms)
        {
            ArgumentNullException.ThrowIfNull(room, nameof(rooms));
            if (!union.Contains(room)) union = union.Add(room);
        }

        return union;
    }
}
