using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Namespaces;

namespace TypedSocketRedis;

/// <summary>One namespace of the server: its sockets on this node, and the handlers of its events.</summary>
/// <remarks>Handlers are usually added when the application starts; a handler added later handles the events received after that.</remarks>
public sealed class SocketNamespace : ISocketEventReceiver
{
    private readonly ConcurrentDictionary<SocketId, ServerSocket> _sockets = new();
    private volatile bool _hasAdmitted;

    internal SocketNamespace(
        HandlerPlace place, ServerContext server, ISocketAdapter adapter, NamespaceHandlers handlers, NamespaceHolders holders)
    {
        Place = place;
        Server = server;
        Adapter = adapter;
        Handlers = handlers;
        Holders = holders;
    }

    /// <summary>The namespace's name with its leading slash; <c>/</c> is the main namespace.</summary>
    public string Path => Place.Path;

    /// <summary>The sockets of this node that are in the namespace; a copy, in no particular order.</summary>
    public IReadOnlyCollection<ServerSocket> Sockets => [.. _sockets.Values];

    /// <summary>The users and sockets in the rooms of the namespace, over the cluster.</summary>
    public ISocketPresence Presence => field ??= new SocketPresence(Adapter, Server.Users);

    internal ServerContext Server { get; }

    internal ISocketAdapter Adapter { get; }

    /// <summary>The recovery data of clients that may reconnect, or null if recovery is disabled.</summary>
    internal SessionRecovery? Recovery { get; init; }

    internal NamespaceHandlers Handlers { get; }

    /// <summary>The namespace by which failures of its handlers are reported.</summary>
    internal HandlerPlace Place { get; }

    /// <summary>The sockets and kept sessions that hold the namespace; a child without holders may end.</summary>
    internal NamespaceHolders Holders { get; }

    /// <summary>Gets a value indicating whether the namespace belongs to a group of dynamic namespaces.</summary>
    internal bool IsDynamic { get; init; }

    /// <summary>Gets a value indicating whether a client has been admitted.</summary>
    internal bool HasAdmitted => _hasAdmitted;

    /// <summary>Returns a chain for all clients of the namespace in the cluster, for events without a contract.</summary>
    /// <returns>The chain.</returns>
    public Broadcast<AnyEvents> Clients() => Clients<AnyEvents>();

    /// <summary>Returns a chain for all clients of the namespace in the cluster.</summary>
    /// <typeparam name="TEvents">A contract of this namespace.</typeparam>
    /// <returns>The chain.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract, or is one of another namespace.</exception>
    public Broadcast<TEvents> Clients<TEvents>()
    {
        CheckContract<TEvents>();
        return new Broadcast<TEvents>(Adapter, BroadcastOptions.Everyone);
    }

    /// <summary>Adds a middleware that decides whether a client may join the namespace.</summary>
    /// <remarks>
    /// <para>Middlewares run one after the other, in the order in which they were added, before the client is connected; the first that
    /// throws refuses it. The client gets the message and details of a <see cref="SocketEventException"/> as its <c>connect_error</c>.
    /// Any other exception is logged, and the client is only informed that the connection could not be made.</para>
    /// <para>Together they may take <see cref="SocketIOOptions.ConnectTimeout"/>. The events they send to the socket, and the rooms they
    /// add, take effect when the client is admitted. Handlers added with <see cref="ServerSocket.OnDisconnected"/> do not run for a
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
    public IDisposable Use(Func<ServerSocket, Task> middleware) => Handlers.Middlewares.Add(middleware);

    /// <summary>Adds a handler that runs for each client that joins the namespace.</summary>
    /// <param name="handler">The handler, which runs after the CONNECT has been sent, before any event of the client is handled.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public IDisposable OnConnected(Func<ServerSocket, Task> handler) => Handlers.Connected.Add(handler);

    /// <summary>Adds a handler of an event with any arguments.</summary>
    /// <remarks>
    /// <para>The handlers of one socket run one after the other. While a handler runs its client is still read: further events wait, up
    /// to <see cref="EngineIOOptions.MaxQueuedBytes"/>, and acknowledgements reach the code that awaits them. An exception is logged and
    /// affects that event only.</para>
    /// <para>A client that requests an acknowledgement gets one, without arguments, when all handlers of the event have completed, and
    /// <c>{ error: "…" }</c> if one failed; see <see cref="SocketEventException"/>. An event without a handler is not
    /// acknowledged.</para>
    /// </remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the socket and the event's arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public IDisposable On(string name, Func<ServerSocket, SocketArguments, Task> handler) => Handlers.On(name, handler);

    /// <summary>Adds a handler of an event with any arguments that returns the acknowledgement.</summary>
    /// <remarks>
    /// As <see cref="On(string, Func{ServerSocket, SocketArguments, Task})"/>; with several handlers, the first result is sent.
    /// </remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the socket and the event's arguments and returns the arguments of the
    /// acknowledgement.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    /// <example><code>
    /// io.Of("/").On("count", async (socket, arguments) => SocketArguments.FromJson($"[{await CountAsync()}]"));
    /// </code></example>
    public IDisposable On(string name, Func<ServerSocket, SocketArguments, Task<SocketArguments>> handler) => Handlers.On(name, handler);

    /// <summary>Adds a handler that runs for the first event of its name only, from whichever client, and is then removed.</summary>
    /// <remarks>As <see cref="On(string, Func{ServerSocket, SocketArguments, Task})"/>.</remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the socket and the event's arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public IDisposable Once(string name, Func<ServerSocket, SocketArguments, Task> handler) => Handlers.Once(name, handler);

    /// <summary>Adds a handler that runs for the first event of its name only, and returns the acknowledgement.</summary>
    /// <remarks>As <see cref="On(string, Func{ServerSocket, SocketArguments, Task{SocketArguments}})"/>.</remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the socket and the event's arguments and returns the arguments of the
    /// acknowledgement.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public IDisposable Once(string name, Func<ServerSocket, SocketArguments, Task<SocketArguments>> handler) =>
        Handlers.Once(name, handler);

    /// <summary>Adds a handler of every event, which runs before the event's own handlers, and also for events without a handler.</summary>
    /// <remarks>An exception is logged, and the event continues to its handlers.</remarks>
    /// <param name="handler">The handler, which receives the socket, the event's name and its arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public IDisposable OnAny(Func<ServerSocket, string, SocketArguments, Task> handler) => Handlers.OnAny(handler);

    /// <summary>Adds a handler of every event in front of the other handlers of every event.</summary>
    /// <remarks>As <see cref="OnAny"/>. The handlers of a group of dynamic namespaces still run before those of one of them.</remarks>
    /// <param name="handler">The handler, which receives the socket, the event's name and its arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public IDisposable PrependAny(Func<ServerSocket, string, SocketArguments, Task> handler) => Handlers.PrependAny(handler);

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
    public IDisposable OnRoomCreated(Func<string, Task> handler) => AddRoomHandler(nameof(OnRoomCreated), RoomEventKind.Created, handler);

    /// <summary>Adds a handler that runs when a room has lost its last member on this node.</summary>
    /// <remarks>The remarks of <see cref="OnRoomCreated"/> apply here, too.</remarks>
    /// <param name="handler">The handler, which receives the room.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public IDisposable OnRoomDeleted(Func<string, Task> handler) => AddRoomHandler(nameof(OnRoomDeleted), RoomEventKind.Deleted, handler);

    /// <summary>Adds a handler that runs when a socket of this node has joined a room, after those of its creation.</summary>
    /// <remarks>The remarks of <see cref="OnRoomCreated"/> apply here, too.</remarks>
    /// <param name="handler">The handler, which receives the room and the socket.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public IDisposable OnRoomJoined(Func<string, SocketId, Task> handler) =>
        AddRoomHandler(nameof(OnRoomJoined), RoomEventKind.Joined, handler);

    /// <summary>Adds a handler that runs when a socket of this node has left a room, also by its disconnection.</summary>
    /// <remarks>The remarks of <see cref="OnRoomCreated"/> apply here, too.</remarks>
    /// <param name="handler">The handler, which receives the room and the socket.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public IDisposable OnRoomLeft(Func<string, SocketId, Task> handler) => AddRoomHandler(nameof(OnRoomLeft), RoomEventKind.Left, handler);

    /// <summary>The names of the events that have a handler, those of contracts included; a copy, in no particular order.</summary>
    public IReadOnlyCollection<string> EventNames => Handlers.Events.Names;

    /// <summary>Returns the number of handlers of an event; handlers of every event and those of single sockets are not counted.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <returns>The number of handlers.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public int HandlerCount(string name) => Handlers.Count(name);

    /// <inheritdoc/>
    void IEventReceiver.Handle<TEvents>(EventDispatcher<TEvents> dispatcher, TEvents handler)
    {
        CheckContract<TEvents>();
        Handlers.Events.Handle(dispatcher, handler);
    }

    /// <inheritdoc/>
    void ISocketEventReceiver.Handle<TEvents, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        EventDispatcher<TEvents> dispatcher)
    {
        CheckContract<TEvents>();
        Handlers.Handle<TEvents, THandler>(dispatcher, Server.Scopes);
    }

    internal void Add(ServerSocket socket)
    {
        _hasAdmitted = true;
        _sockets[socket.Id] = socket;
    }

    internal void Remove(ServerSocket socket)
    {
        _sockets.TryRemove(KeyValuePair.Create(socket.Id, socket));
        Adapter.Remove(socket.Core);
    }

    internal async Task ConnectedAsync(ServerSocket socket)
    {
        foreach (var handler in Handlers.Connected.Current)
            await socket.RunAsync(nameof(OnConnected), handler, socket).ConfigureAwait(false);
    }

    internal Task DispatchAsync(ServerSocket socket, ReadOnlyMemory<byte> data, ulong? id) =>
        Server.Handlers.DispatchAsync(socket, Handlers.Events, Handlers.Guards, data, id);

    private IDisposable AddRoomHandler(string member, RoomEventKind kind, Func<string, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return ObserveRooms(member, kind, change => handler(change.Room));
    }

    private IDisposable AddRoomHandler(string member, RoomEventKind kind, Func<string, SocketId, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return ObserveRooms(member, kind, change => handler(change.Room, change.Socket!.Id));
    }

    private IDisposable ObserveRooms(string member, RoomEventKind kind, Func<RoomEvent, Task> handler)
    {
        var (notifications, place) = (Server.Notifications, Place);
        return Adapter.RoomEvents.Add(
            kind,
            change => notifications.RunAsync(place, member, () => handler(change)),
            dropped => notifications.Overflowed(place, dropped));
    }

    /// <summary>Throws for a contract of another namespace; a dynamic namespace accepts any contract.</summary>
    internal void CheckContract<TEvents>()
    {
        CheckIsContract<TEvents>();
        if (IsDynamic || typeof(TEvents) == typeof(AnyEvents) || Contract<TEvents>.Path == Path) return;
        throw new InvalidOperationException(
            $"{typeof(TEvents)} belongs to namespace {Contract<TEvents>.Path}, but this is namespace {Path}.");
    }

    /// <summary>Throws for a type that is not a contract.</summary>
    internal static void CheckIsContract<TEvents>()
    {
        if (typeof(TEvents) != typeof(AnyEvents)) _ = Contract<TEvents>.Path;
    }
}
