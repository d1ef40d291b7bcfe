namespace TypedSocketRedis;

/// <summary>The start of every send: it selects the receivers of a contract's events. It has no events itself.</summary>
/// <remarks>
/// <para>Registered as a service in servers and, over Redis, in processes without one. It can be stored, and shared between threads.</para>
/// <para>A room that contains only one socket has that socket's id as its name.</para>
/// </remarks>
/// <typeparam name="TEvents">The contract, or <see cref="AnyEvents"/> for events without one.</typeparam>
/// <example><code>
/// sealed class PriceFeed(IEmitter&lt;IPriceEvents&gt; prices)
/// {
///     public void Publish(string symbol, decimal price) => prices.To(symbol).Tick(price);
/// }
/// </code></example>
public interface IEmitter<TEvents>
    where TEvents : class
{
    /// <summary>All sockets of the namespace, on every node.</summary>
    IBroadcast<TEvents> All { get; }

    /// <summary>Selects the sockets in a room.</summary>
    /// <param name="room">The room.</param>
    /// <returns>The selection.</returns>
    /// <exception cref="ArgumentNullException">The room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    IBroadcast<TEvents> To(string room);

    /// <summary>Selects the sockets in any of the rooms, each once.</summary>
    /// <param name="rooms">The rooms. An empty list selects no sockets: nothing is delivered or published.</param>
    /// <returns>The selection.</returns>
    /// <exception cref="ArgumentNullException">The list or a room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    IBroadcast<TEvents> To(IEnumerable<string> rooms);

    /// <summary>Selects one socket, of any node. An event with a result returns a single acknowledgement.</summary>
    /// <param name="socket">The socket.</param>
    /// <returns>The socket as a receiver.</returns>
    /// <exception cref="ArgumentException">The id is the default value.</exception>
    ISocketClient<TEvents> To(SocketId socket);

    /// <summary>Selects sockets, each once.</summary>
    /// <param name="sockets">The sockets. An empty list selects none.</param>
    /// <returns>The selection.</returns>
    /// <exception cref="ArgumentNullException">The list is null.</exception>
    /// <exception cref="ArgumentException">An id is the default value.</exception>
    IBroadcast<TEvents> To(IEnumerable<SocketId> sockets);

    /// <summary>Selects all sockets of a user, on every node.</summary>
    /// <param name="userId">The user's id, as the server's <c>ISocketUserIdProvider</c> returns it.</param>
    /// <returns>The selection.</returns>
    /// <exception cref="ArgumentNullException">The id is null.</exception>
    /// <exception cref="ArgumentException">The id is empty, too long, or not valid Unicode text.</exception>
    /// <exception cref="InvalidOperationException">There are no user rooms.</exception>
    IBroadcast<TEvents> ToUser(string userId);

    /// <summary>Selects all sockets of users, on every node, each once.</summary>
    /// <param name="userIds">The ids of the users. An empty list selects no sockets.</param>
    /// <returns>The selection.</returns>
    /// <exception cref="ArgumentNullException">An id is null.</exception>
    /// <exception cref="ArgumentException">An id is empty, too long, or not valid Unicode text.</exception>
    /// <exception cref="InvalidOperationException">There are no user rooms.</exception>
    IBroadcast<TEvents> ToUsers(IEnumerable<string> userIds);

    /// <summary>Returns an emitter of the same contract in another namespace, for example a dynamic one.</summary>
    /// <param name="path">The name of the namespace; a missing leading slash is added.</param>
    /// <returns>The emitter.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The name contains a comma, which ends it on the wire, or has more than 1,024 bytes.</exception>
    IEmitter<TEvents> In(string path);
}
