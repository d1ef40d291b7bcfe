using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis;

/// <summary>A selection of sockets as the receivers of a contract's events. The events are its generated extension methods.</summary>
/// <remarks>
/// <para>It is immutable: every method returns another selection, so one can be stored and shared between threads.</para>
/// <para>An event with a result returns the acknowledgements of all receivers.</para>
/// </remarks>
/// <typeparam name="TEvents">The contract, or <see cref="AnyEvents"/> for events without one.</typeparam>
/// <example><code>clock.To("a", "b").Except("c").Volatile().Time(now);</code></example>
public interface IBroadcast<TEvents> : IBroadcastTarget<TEvents>
    where TEvents : class
{
    /// <summary>Excludes the sockets in a room.</summary>
    /// <param name="room">The room, which is added to those already excluded.</param>
    /// <returns>The narrowed selection.</returns>
    /// <exception cref="ArgumentNullException">The room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    IBroadcast<TEvents> Except(string room);

    /// <summary>Excludes the sockets in any of the rooms.</summary>
    /// <param name="rooms">The rooms, which are added to those already excluded.</param>
    /// <returns>The narrowed selection.</returns>
    /// <exception cref="ArgumentNullException">The list or a room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    IBroadcast<TEvents> Except(IEnumerable<string> rooms);

    /// <summary>Excludes one socket.</summary>
    /// <param name="socket">The socket.</param>
    /// <returns>The narrowed selection.</returns>
    /// <exception cref="ArgumentException">The id is the default value.</exception>
    IBroadcast<TEvents> Except(SocketId socket);

    /// <summary>Allows the event to be dropped for clients that are not ready to receive it.</summary>
    /// <returns>The changed selection.</returns>
    IBroadcast<TEvents> Volatile();

    /// <summary>Allows or forbids the transports to compress the event.</summary>
    /// <param name="compress">True to allow compression, false to forbid it.</param>
    /// <returns>The changed selection.</returns>
    IBroadcast<TEvents> Compress(bool compress);

    /// <summary>Restricts the selection to the sockets of this node; nothing is published.</summary>
    /// <returns>The narrowed selection.</returns>
    /// <exception cref="InvalidOperationException">The process has no server, and so no sockets.</exception>
    IBroadcast<TEvents> Local();

    /// <summary>Sets the timeout for acknowledgements. Default: 10 seconds.</summary>
    /// <param name="timeout">The time to wait for acknowledgements after the event is sent. Must be positive and at most one day.</param>
    /// <returns>The changed selection.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is not positive, or longer than one day.</exception>
    IBroadcast<TEvents> WithTimeout(TimeSpan timeout);

    /// <summary>
    /// Sets the receipt that records the number of connections to which Redis passes an awaited event, or the request to join, leave or
    /// disconnect.
    /// </summary>
    /// <remarks>Events that are not awaited, and events with acknowledgements, leave the receipt unchanged.</remarks>
    /// <param name="receipt">The receipt, which is set when the event has completed.</param>
    /// <returns>The changed selection.</returns>
    /// <exception cref="ArgumentNullException">The receipt is null.</exception>
    IBroadcast<TEvents> WithReceipt(EmitReceipt receipt);

    /// <summary>Fetches the selected sockets from every node, with their handshakes, rooms and data.</summary>
    /// <remarks>A <see cref="Local"/> selection fetches the sockets of this node only.</remarks>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The sockets of the nodes that responded in time, and the number of nodes that did not. A missing response does not
    /// throw.</returns>
    Task<FetchedSockets> FetchSocketsAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds the selected sockets to a room, on every node.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The sockets join in any case.</param>
    /// <returns>A task that completes when the sockets of this node have joined and Redis, if configured, has accepted the request for
    /// the others.</returns>
    /// <exception cref="ArgumentNullException">The room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user, or has more than 1,088 characters.</exception>
    ValueTask JoinAsync(string room, CancellationToken cancellationToken = default);

    /// <summary>Adds the selected sockets to rooms, on every node.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The sockets join in any case.</param>
    /// <returns>A task that completes when the sockets of this node have joined and Redis, if configured, has accepted the request for
    /// the others.</returns>
    /// <exception cref="ArgumentNullException">The list or a room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user, or has more than 1,088 characters.</exception>
    ValueTask JoinAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default);

    /// <summary>Removes the selected sockets from a room, on every node; sockets that are not in it are ignored.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The sockets leave in any case.</param>
    /// <returns>A task that completes when the sockets of this node have left and Redis, if configured, has accepted the request for the
    /// others.</returns>
    /// <exception cref="ArgumentNullException">The room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    ValueTask LeaveAsync(string room, CancellationToken cancellationToken = default);

    /// <summary>Removes the selected sockets from rooms, on every node; rooms they are not in are ignored.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The sockets leave in any case.</param>
    /// <returns>A task that completes when the sockets of this node have left and Redis, if configured, has accepted the request for the
    /// others.</returns>
    /// <exception cref="ArgumentNullException">The list or a room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    ValueTask LeaveAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default);

    /// <summary>Disconnects the selected sockets, on every node.</summary>
    /// <param name="close">True to also close their connections, with all their namespaces.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The sockets are disconnected in any case.</param>
    /// <returns>A task that completes when the sockets of this node are disconnected and Redis, if configured, has accepted the request
    /// for the others.</returns>
    ValueTask DisconnectAsync(bool close = false, CancellationToken cancellationToken = default);
}
