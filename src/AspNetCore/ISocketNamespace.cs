namespace TypedSocketRedis;

/// <summary>One namespace of the server: a start for sending, its sockets on this node, and the handlers of its clients.</summary>
/// <remarks>
/// <para>Handlers are usually added when the application starts; a handler added later handles the events received after that. The
/// handlers of a contract's events are classes.</para>
/// <para>All instances for one namespace share its handlers.</para>
/// </remarks>
/// <typeparam name="TEvents">The contract of the events that are sent, or <see cref="AnyEvents"/>.</typeparam>
public interface ISocketNamespace<TEvents> : IEmitter<TEvents>, IEventHandlers
    where TEvents : class
{
    /// <summary>The namespace's name with its leading slash; <c>/</c> is the main namespace.</summary>
    string Path { get; }

    /// <summary>The sockets of this node that are in the namespace; a copy, in no particular order.</summary>
    IReadOnlyCollection<ISocket> Sockets { get; }

    /// <summary>The users and sockets in the rooms of the namespace, over the cluster.</summary>
    ISocketPresence Presence { get; }

    /// <summary>Adds a middleware that decides whether a client may join the namespace.</summary>
    /// <remarks>
    /// <para>Middlewares run one after the other, in the order in which they were added, before the client is connected; the first that
    /// throws refuses it. The client gets the message and details of a <see cref="SocketEventException"/> as its <c>connect_error</c>.
    /// Any other exception is logged, and the client is only informed that the connection could not be made.</para>
    /// <para>Together they may take <see cref="SocketIOOptions.ConnectTimeout"/>. The events they send to the socket, and the rooms they
    /// add, take effect when the client is admitted. Handlers added with <see cref="ISocket.OnDisconnected"/> do not run for a
    /// client that is not admitted.</para>
    /// </remarks>
    /// <param name="middleware">The middleware, which returns to admit the client and throws to refuse it.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The middleware is null.</exception>
    /// <example><code>
    /// io.Of("/admin").Use(socket => socket.User.IsInRole("admin")
    ///     ? Task.CompletedTask
    ///     : throw new SocketEventException("not authorized"));
    /// </code></example>
    IDisposable Use(Func<ISocket, Task> middleware);

    /// <summary>Adds a handler that runs for each client that joins the namespace.</summary>
    /// <param name="handler">The handler, which runs after the CONNECT has been sent, before any event of the client is handled.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    IDisposable OnConnected(Func<ISocket, Task> handler);

    /// <summary>Adds a handler of every event, which runs before the event's own handlers, and also for events without a handler.</summary>
    /// <remarks>An exception is logged, and the event continues to its handlers.</remarks>
    /// <param name="handler">The handler, which receives the socket, the event's name and its arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    IDisposable OnAny(Func<ISocket, string, SocketArguments, Task> handler);

    /// <summary>Adds a handler of every event in front of the other handlers of every event.</summary>
    /// <remarks>As <see cref="OnAny"/>. The handlers of a group of dynamic namespaces still run before those of one of them.</remarks>
    /// <param name="handler">The handler, which receives the socket, the event's name and its arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    IDisposable PrependAny(Func<ISocket, string, SocketArguments, Task> handler);

    /// <summary>Adds a handler that runs when a room gets its first member on this node.</summary>
    /// <remarks>
    /// <para>The handlers of room events of a namespace run on a pool thread, one after the other, in the order in which the rooms
    /// change; those of other namespaces run concurrently. They delay no client. When a handler runs, the rooms can have changed again.
    /// An exception is logged and affects that event only.</para>
    /// <para>At most 10,000 events are queued for the handlers; further ones are not passed to them, and counted. The rooms of single
    /// sockets, named by their ids, are included.</para>
    /// </remarks>
    /// <param name="handler">The handler, which receives the room.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    IDisposable OnRoomCreated(Func<string, Task> handler);

    /// <summary>Adds a handler that runs when a room has lost its last member on this node.</summary>
    /// <remarks>The remarks of <see cref="OnRoomCreated"/> apply here, too.</remarks>
    /// <param name="handler">The handler, which receives the room.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    IDisposable OnRoomDeleted(Func<string, Task> handler);

    /// <summary>Adds a handler that runs when a socket of this node has joined a room, after those of its creation.</summary>
    /// <remarks>The remarks of <see cref="OnRoomCreated"/> apply here, too.</remarks>
    /// <param name="handler">The handler, which receives the room and the socket.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    IDisposable OnRoomJoined(Func<string, SocketId, Task> handler);

    /// <summary>Adds a handler that runs when a socket of this node has left a room, also by its disconnection.</summary>
    /// <remarks>The remarks of <see cref="OnRoomCreated"/> apply here, too.</remarks>
    /// <param name="handler">The handler, which receives the room and the socket.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    IDisposable OnRoomLeft(Func<string, SocketId, Task> handler);

    /// <summary>The names of the events that have a handler, those of contracts included; a copy, in no particular order.</summary>
    IReadOnlyCollection<string> EventNames { get; }

    /// <summary>Returns the number of handlers of an event; handlers of every event and those of single sockets are not counted.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <returns>The number of handlers.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    int HandlerCount(string name);

    /// <summary>Returns the other servers that have the namespace, as receivers of events without a contract.</summary>
    /// <returns>The receivers.</returns>
    IServers<AnyEvents> Servers();

    /// <summary>Adds a handler of an event from other servers.</summary>
    /// <remarks>
    /// The handlers of an event run one after the other; those of different events run concurrently, started in the order in which the
    /// events arrive. An exception is logged and affects that event only.
    /// </remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments. When it has completed, an acknowledgement without a value
    /// is sent if one was requested.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    IDisposable OnServerEvent(string name, Func<SocketArguments, Task> handler);

    /// <summary>Adds a handler of an event from other servers that returns the acknowledgement.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, as in the other overload. Only the first argument it returns is sent.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    IDisposable OnServerEvent(string name, Func<SocketArguments, Task<SocketArguments>> handler);

    /// <summary>Adds a handler of an event from other servers that returns the acknowledgement, if any.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, as in the other overload. Only the first argument it returns is sent; if it returns null, the
    /// event is not acknowledged, as if this server had no handler for it.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    IDisposable OnServerEvent(string name, Func<SocketArguments, Task<SocketArguments?>> handler);

    /// <summary>Adds a handler that runs for the first event of its name from other servers only, and is then removed.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    IDisposable OnceServerEvent(string name, Func<SocketArguments, Task> handler);

    /// <summary>Adds a handler that runs for the first event of its name from other servers only, and returns the
    /// acknowledgement.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments. Only the first argument it returns is sent.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    IDisposable OnceServerEvent(string name, Func<SocketArguments, Task<SocketArguments>> handler);

    /// <summary>Adds a handler that runs for the first event of its name from other servers only, and returns the acknowledgement, if
    /// any.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments. If it returns null, the event is not acknowledged.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    IDisposable OnceServerEvent(string name, Func<SocketArguments, Task<SocketArguments?>> handler);

    /// <summary>The names of the events from other servers that have a handler; a copy, in no particular order.</summary>
    IReadOnlyCollection<string> ServerEventNames { get; }

    /// <summary>Returns the number of handlers of an event from other servers.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <returns>The number of handlers.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    int ServerEventHandlerCount(string name);

    /// <summary>Counts the servers of the cluster that have the namespace, this one included.</summary>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The number of servers; 1 without an adapter that connects servers.</returns>
    /// <exception cref="TimeoutException">Redis did not respond.</exception>
    Task<int> ServerCountAsync(CancellationToken cancellationToken = default);

    /// <summary>Requests the non-empty rooms of every server of the cluster.</summary>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The rooms of the servers that responded in time, and the number of those that did not.</returns>
    Task<FetchedRooms> AllRoomsAsync(CancellationToken cancellationToken = default);
}
