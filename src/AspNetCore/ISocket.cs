using System.Runtime.CompilerServices;
using System.Security.Claims;

namespace TypedSocketRedis;

/// <summary>One client in one namespace, connected to this node. Tests can substitute it.</summary>
/// <remarks>
/// All members are thread-safe. The handlers of one socket run one after the other, in the order in which the client sent its events,
/// starting with those of its connection; handlers of different sockets run concurrently.
/// </remarks>
public interface ISocket
{
    /// <summary>The socket's public id, which is also the name of the room that contains only this socket.</summary>
    SocketId Id { get; }

    /// <summary>The name of the namespace that the client joined, with its leading slash.</summary>
    string Namespace { get; }

    /// <summary>
    /// Gets a value indicating whether the client has been admitted to the namespace and has not disconnected, as far as is known.
    /// </summary>
    bool IsConnected { get; }

    /// <summary>
    /// Gets a value indicating whether the socket was recovered: it has the id, the rooms and the data that its client had before, and
    /// the client gets the events it missed.
    /// </summary>
    /// <remarks>See <see cref="ConnectionStateRecoveryOptions"/>. Connection handlers run for a recovered socket, too.</remarks>
    bool Recovered { get; }

    /// <summary>The token that is canceled when the client has disconnected or was not admitted.</summary>
    CancellationToken ConnectionAborted { get; }

    /// <summary>The name of the client's current transport: <c>polling</c> or <c>websocket</c>.</summary>
    string Transport { get; }

    /// <summary>The version of the Engine.IO protocol: 4, or 3 for a client of Socket.IO 2; see
    /// <see cref="EngineIOOptions.AllowEIO3"/>.</summary>
    int ProtocolVersion { get; }

    /// <summary>The rooms the socket is in, its own first, in the order it joined them; a copy.</summary>
    /// <remarks>
    /// Rooms that a middleware adds are joined when the client is admitted. Handlers of <see cref="OnDisconnecting"/> can still read the
    /// rooms; afterwards the list is empty.
    /// </remarks>
    IReadOnlyList<string> Rooms { get; }

    /// <summary>The data that the client sent when it connected.</summary>
    Handshake Handshake { get; }

    /// <summary>The first HTTP request of the client's connection, valid after the request has ended. Each access decodes it
    /// again.</summary>
    SocketRequest Request { get; }

    /// <summary>The data that the client sent for its authentication, an empty object if none. The same as that of
    /// <see cref="Handshake"/>.</summary>
    SocketArgument Auth { get; }

    /// <summary>
    /// The user of the client's token, otherwise that of the client's first request, otherwise an identity without a name.
    /// </summary>
    /// <remarks>
    /// <para>A token is one that <c>AddAuthentication</c> reads. Its user replaces that of the first request; nothing of both is
    /// merged.</para>
    /// <para><see cref="RefreshAuthenticationAsync(string, CancellationToken)"/> replaces the object by one of the same user. Without
    /// <see cref="SocketIOOptions.CloseOnAuthenticationExpiration"/> an expiration has no effect on it.</para>
    /// </remarks>
    ClaimsPrincipal User { get; }

    /// <summary>The id of <see cref="User"/>, the result of <see cref="ISocketUserIdProvider"/>; null for an anonymous client.</summary>
    /// <remarks>
    /// On its admission the socket joins the room of the user, whose name is <see cref="SocketIOOptions.UserRoomPrefix"/> and this id.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The provider returned an invalid id.</exception>
    string? UserId { get; }

    /// <summary>The application's data for the socket, which other nodes see in the sockets they fetch. Default: an empty map.</summary>
    /// <remarks>Setting it copies the bytes of the argument.</remarks>
    SocketArgument Data { get; set; }

    /// <summary>Application data of the socket on this node, for the lifetime of the socket. Thread-safe.</summary>
    IDictionary<object, object?> Items { get; }

    /// <summary>Reads <see cref="Data"/> as a type.</summary>
    /// <typeparam name="T">A payload of a contract, or a type with <see cref="SocketPayloadAttribute"/>.</typeparam>
    /// <returns>The data, or the default value if none was set.</returns>
    /// <exception cref="InvalidOperationException">The type has no generated formatter.</exception>
    /// <exception cref="EventDataException">The data has another form.</exception>
    T? GetData<T>();

    /// <summary>Sets <see cref="Data"/> to a value.</summary>
    /// <typeparam name="T">A payload of a contract, or a type with <see cref="SocketPayloadAttribute"/>.</typeparam>
    /// <param name="value">The value, which is encoded now.</param>
    /// <exception cref="InvalidOperationException">The type has no generated formatter.</exception>
    void SetData<T>(T value);

    /// <summary>Adds the socket to a room.</summary>
    /// <param name="room">The room, which exists as long as it has members.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The socket joins in any case.</param>
    /// <returns>A task that completes when broadcasts of every node to the room reach the socket; those of this node do at once.</returns>
    /// <exception cref="ArgumentNullException">The room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user, or has more than 1,088 characters.</exception>
    /// <exception cref="InvalidOperationException">
    /// The socket would be in more than <see cref="SocketIOOptions.MaxRoomsPerSocket"/> rooms.
    /// </exception>
    ValueTask JoinAsync(string room, CancellationToken cancellationToken = default);

    /// <summary>Adds the socket to rooms.</summary>
    /// <param name="rooms">The rooms, which exist as long as they have members.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The socket joins in any case.</param>
    /// <returns>A task that completes when broadcasts of every node to the rooms reach the socket; those of this node do at once.</returns>
    /// <exception cref="ArgumentNullException">The list or a room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user, or has more than 1,088 characters.</exception>
    /// <exception cref="InvalidOperationException">The socket would be in more than <see cref="SocketIOOptions.MaxRoomsPerSocket"/>
    /// rooms; in this case it joins none.</exception>
    ValueTask JoinAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default);

    /// <summary>Removes the socket from a room; unknown rooms are ignored.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The socket leaves in any case.</param>
    /// <returns>A task that completes when the node has unsubscribed from the room, if this was its last member.</returns>
    /// <exception cref="ArgumentNullException">The room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    ValueTask LeaveAsync(string room, CancellationToken cancellationToken = default);

    /// <summary>Removes the socket from rooms; rooms it is not in are ignored.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The socket leaves in any case.</param>
    /// <returns>A task that completes when the node has unsubscribed from the rooms of which this was the last member.</returns>
    /// <exception cref="ArgumentNullException">The list or a room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    ValueTask LeaveAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default);

    /// <summary>Returns this client as the receiver of a contract's events.</summary>
    /// <typeparam name="TEvents">A contract of this socket's namespace, or <see cref="AnyEvents"/>.</typeparam>
    /// <returns>The receiver.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract, or is one of another namespace.</exception>
    ISocketClient<TEvents> Client<TEvents>()
        where TEvents : class;

    /// <summary>Returns all sockets of the namespace except this one, on every node.</summary>
    /// <typeparam name="TEvents">A contract of this socket's namespace, or <see cref="AnyEvents"/>.</typeparam>
    /// <returns>The selection, and the start of narrower ones.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract, or is one of another namespace.</exception>
    IOthers<TEvents> Others<TEvents>()
        where TEvents : class;

    /// <summary>Adds a handler of an event of this client, which runs after the namespace's handlers of the event.</summary>
    /// <remarks>
    /// The remarks of <see cref="IEventHandlers.On(string, Func{ISocket, SocketArguments, Task})"/> apply here, too. With
    /// <see cref="SocketEventExtensions"/> the arguments of an event are parameters of its handler.
    /// </remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    IDisposable On(string name, Func<SocketArguments, Task> handler);

    /// <summary>Adds a handler of an event of this client that returns an acknowledgement with any arguments.</summary>
    /// <remarks>As <see cref="On(string, Func{SocketArguments, Task})"/>; with several handlers, the first result is sent.</remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments and returns the arguments of the acknowledgement.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    IDisposable On(string name, Func<SocketArguments, Task<SocketArguments>> handler);

    /// <summary>Adds a handler of an event of this client that returns the acknowledgement.</summary>
    /// <remarks>As <see cref="On(string, Func{SocketArguments, Task{SocketArguments}})"/>.</remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments and returns the acknowledgement.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    [OverloadResolutionPriority(1)]
    IDisposable On(string name, Func<SocketArguments, Task<SocketArgument>> handler);

    /// <summary>Adds a handler that runs for the first event of its name only, and is then removed.</summary>
    /// <remarks>As <see cref="On(string, Func{SocketArguments, Task})"/>.</remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    IDisposable Once(string name, Func<SocketArguments, Task> handler);

    /// <summary>Adds a handler that runs for the first event of its name only, and returns an acknowledgement with any
    /// arguments.</summary>
    /// <remarks>As <see cref="On(string, Func{SocketArguments, Task{SocketArguments}})"/>.</remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments and returns the arguments of the acknowledgement.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    IDisposable Once(string name, Func<SocketArguments, Task<SocketArguments>> handler);

    /// <summary>Adds a handler that runs for the first event of its name only, and returns the acknowledgement.</summary>
    /// <remarks>As <see cref="Once(string, Func{SocketArguments, Task{SocketArguments}})"/>.</remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments and returns the acknowledgement.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    [OverloadResolutionPriority(1)]
    IDisposable Once(string name, Func<SocketArguments, Task<SocketArgument>> handler);

    /// <summary>The names of the events that have a handler of this socket; a copy, in no particular order.</summary>
    /// <remarks>Those of the handlers of the namespace are in <see cref="ISocketNamespace{TEvents}.EventNames"/>.</remarks>
    IReadOnlyCollection<string> EventNames { get; }

    /// <summary>Returns the number of handlers that this socket has for an event; those of the namespace are not counted.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <returns>The number of handlers.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    int HandlerCount(string name);

    /// <summary>
    /// Adds a handler of every event of this client, which runs before the event's own handlers, and also for events without a handler.
    /// </summary>
    /// <remarks>An exception is logged, and the event continues to its handlers.</remarks>
    /// <param name="handler">The handler, which receives the event's name and arguments.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    IDisposable OnAny(Func<string, SocketArguments, Task> handler);

    /// <summary>Adds a handler of every event of this client in front of the other handlers of every event of this client.</summary>
    /// <remarks>As <see cref="OnAny"/>; the handlers of every event of the namespace run before.</remarks>
    /// <param name="handler">The handler, which receives the event's name and arguments.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    IDisposable PrependAny(Func<string, SocketArguments, Task> handler);

    /// <summary>Adds a handler of every event that is sent to this client, alone or with others, from any node.</summary>
    /// <remarks>
    /// <para>It runs behind a queue of this socket, for one event after the other in the order of the calls that sent them, and with a
    /// copy of the arguments, so it never delays the sender. At most 1,000 events and <see cref="EngineIOOptions.MaxQueuedBytes"/> are
    /// queued for it; further events are sent to the client, but not passed to the handlers, and counted.</para>
    /// <para>Volatile events are included, even those that are dropped afterwards. An exception is logged.</para>
    /// <para>An event that a handler sends is sent, but not passed to handlers of outgoing events of any socket, because that would cause
    /// an endless loop; it is logged as an error.</para>
    /// </remarks>
    /// <param name="handler">The handler, which receives the event's name and arguments. The next event follows when its task has
    /// completed.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    IDisposable OnAnyOutgoing(Func<string, SocketArguments, Task> handler);

    /// <inheritdoc cref="OnAnyOutgoing(Func{string, SocketArguments, Task})"/>
    /// <param name="handler">The handler, which receives the event's name and arguments.</param>
    IDisposable OnAnyOutgoing(Action<string, SocketArguments> handler);

    /// <summary>Adds a handler of every event that is sent to this client in front of the other handlers of sent events.</summary>
    /// <remarks>As <see cref="OnAnyOutgoing(Func{string, SocketArguments, Task})"/>.</remarks>
    /// <param name="handler">The handler, which receives the event's name and arguments.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    IDisposable PrependAnyOutgoing(Func<string, SocketArguments, Task> handler);

    /// <summary>Adds a handler that runs when the client has changed from polling to a WebSocket.</summary>
    /// <remarks>
    /// It runs at most once, after the handlers of earlier events, and not for a change that was made before it was added; see
    /// <see cref="Transport"/>. An exception is logged.
    /// </remarks>
    /// <param name="handler">The handler, which receives the name of the new transport.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    IDisposable OnUpgraded(Func<string, Task> handler);

    /// <summary>
    /// Adds a handler that runs when everything that was queued for the client's connection has been written to the network.
    /// </summary>
    /// <remarks>
    /// It runs after the handlers of earlier events, and once for several times in between at which the queue became empty. All sockets
    /// of a connection share its queue. An exception is logged.
    /// </remarks>
    /// <param name="handler">The handler. What it sends makes it run again.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    IDisposable OnDrained(Func<Task> handler);

    /// <summary>Adds a middleware that each event of this client passes on its way to its handlers.</summary>
    /// <remarks>
    /// <para>Middlewares run in the order in which they were added, after the handlers of <c>OnAny</c>. The handlers run, and the
    /// acknowledgement is sent, when all middlewares have called <c>next</c>; an event that a middleware does not pass on ends there,
    /// without an acknowledgement. <c>next</c> does not throw the exceptions of the handlers.</para>
    /// <para>A middleware that throws ends the event as well: a <see cref="SocketEventException"/> is acknowledged with its message; any
    /// other exception is logged, and the client is only informed that the event could not be handled.</para>
    /// </remarks>
    /// <param name="middleware">The middleware, which receives the event and <c>next</c>. The task of <c>next</c> completes when the
    /// handlers have.</param>
    /// <returns>A registration that removes the middleware when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The middleware is null.</exception>
    /// <example><code>
    /// socket.Use((sent, next) => allowed.Contains(sent.Name) ? next() : throw new SocketEventException("not allowed"));
    /// </code></example>
    IDisposable Use(Func<SocketEvent, Func<Task>, Task> middleware);

    /// <summary>
    /// Adds a handler that runs when the socket is being disconnected: the socket can no longer send, but its rooms can still be read.
    /// </summary>
    /// <param name="handler">The handler, which receives the reason and its details. It runs after the handlers of earlier events, and
    /// before those of <see cref="OnDisconnected"/>.</param>
    /// <returns>A registration that removes the handler when it is disposed, unless it runs already.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    IDisposable OnDisconnecting(Func<DisconnectInfo, Task> handler);

    /// <summary>Adds a handler that runs when the socket has been disconnected, or at once if it already has been.</summary>
    /// <param name="handler">The handler, which receives the reason and its details. It runs after the handlers of earlier events.</param>
    /// <returns>A registration that removes the handler when it is disposed, unless it runs already.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    IDisposable OnDisconnected(Func<DisconnectInfo, Task> handler);

    /// <summary>Authenticates a new bearer token of the client, and replaces <see cref="User"/> and the time of its expiration.</summary>
    /// <remarks>
    /// <para>The authentication of the namespace, or of the server, is used, in a service scope of its own. The user has to be the same,
    /// compared by the name identifier, else <c>sub</c>, else the name, each with its issuer; a client becomes another user only by
    /// connecting with the token of that user. The authorization that the namespace requires is checked with the new user.</para>
    /// <para>When the result is <see langword="false"/> nothing has changed, and the socket is still connected.</para>
    /// </remarks>
    /// <param name="token">The token.</param>
    /// <param name="cancellationToken">The token that ends the wait.</param>
    /// <returns><see langword="true"/> if the user was replaced; <see langword="false"/> if the scheme rejected the token, the token has
    /// another user, the user is not authorized for the namespace, or the socket has ended.</returns>
    /// <exception cref="ArgumentNullException">The token is null.</exception>
    /// <exception cref="InvalidOperationException">The namespace and the server have no <c>AddAuthentication</c>, or one that writes the
    /// token itself; use the other overload.</exception>
    /// <example><code>
    /// io.Of("/").On("refresh", async (socket, arguments) =>
    ///     SocketArguments.Of(await socket.RefreshAuthenticationAsync(arguments[0].GetString())));
    /// </code></example>
    Task<bool> RefreshAuthenticationAsync(string token, CancellationToken cancellationToken = default);

    /// <summary>
    /// Authenticates new data of the client, in the form of its <c>auth</c>, and replaces <see cref="User"/> and the time of its
    /// expiration.
    /// </summary>
    /// <remarks>See <see cref="RefreshAuthenticationAsync(string, CancellationToken)"/>. <see cref="Handshake"/> keeps the data that the
    /// client sent when it connected.</remarks>
    /// <param name="auth">The data, which the delegate of <c>AddAuthentication</c> gets.</param>
    /// <param name="cancellationToken">The token that ends the wait.</param>
    /// <returns><see langword="true"/> if the user was replaced; <see langword="false"/> if the data has no token, the scheme rejected it,
    /// the token has another user, the user is not authorized for the namespace, or the socket has ended.</returns>
    /// <exception cref="InvalidOperationException">The namespace and the server have no <c>AddAuthentication</c>.</exception>
    Task<bool> RefreshAuthenticationAsync(SocketArgument auth, CancellationToken cancellationToken = default);

    /// <summary>Disconnects the client from this namespace, or closes its connection.</summary>
    /// <remarks>A client that has not been admitted yet is not disconnected from the namespace; a middleware throws to refuse it.</remarks>
    /// <param name="close">True to also close the client's connection, with all its namespaces.</param>
    /// <param name="cancellationToken">Ignored; the packet is queued at once.</param>
    /// <returns>A task that completes when the disconnect packet or the close is queued behind the packets sent before.</returns>
    ValueTask DisconnectAsync(bool close = false, CancellationToken cancellationToken = default);
}
