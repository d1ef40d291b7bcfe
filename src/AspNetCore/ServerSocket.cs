using System.Collections.Immutable;
using System.Security.Claims;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Namespaces;

namespace TypedSocketRedis;

/// <summary>One client in one namespace, connected to this node.</summary>
/// <remarks>
/// All members are thread-safe. The handlers of one socket run one after the other, in the order in which the client sent its events,
/// starting with those of its connection; handlers of different sockets run concurrently.
/// </remarks>
public sealed class ServerSocket : IEventReceiver, IClientSink
{
    private readonly ConnectionScope _scope;
    private SocketNamespace? _namespace;

    /// <summary>Initializes a new instance of the <see cref="ServerSocket"/> class.</summary>
    /// <param name="core">The state of the socket.</param>
    /// <param name="scope">The service scope of the client's connection.</param>
    internal ServerSocket(SocketCore core, ConnectionScope scope) => (Core, _scope) = (core, scope);

    /// <summary>The socket's public id, which is also the name of the room that contains only this socket.</summary>
    public SocketId Id => Core.Id;

    /// <summary>The namespace the client joined.</summary>
    public SocketNamespace Namespace => _namespace!;

    /// <summary>
    /// Gets a value indicating whether the client has been admitted to the namespace and has not disconnected, as far as is known.
    /// </summary>
    public bool IsConnected => Core.IsConnected;

    /// <summary>
    /// Gets a value indicating whether the socket was recovered: it has the id, the rooms and the data that its client had before, and
    /// the client gets the events it missed.
    /// </summary>
    /// <remarks>See <see cref="ConnectionStateRecoveryOptions"/>. Connection handlers run for a recovered socket, too.</remarks>
    public bool Recovered => Core.Claimed is not null;

    /// <summary>The token that is canceled when the client has disconnected or was not admitted.</summary>
    public CancellationToken ConnectionAborted => Core.Aborted;

    /// <summary>The name of the client's current transport: <c>polling</c> or <c>websocket</c>.</summary>
    public string Transport => Core.Session.Transport is PollingTransport ? "polling" : "websocket";

    /// <summary>The version of the Engine.IO protocol: 4, or 3 for a client of Socket.IO 2; see
    /// <see cref="EngineIOOptions.AllowEIO3"/>.</summary>
    public int ProtocolVersion => Core.Session.IsLegacy ? 3 : 4;

    /// <summary>The rooms the socket is in, its own first, in the order it joined them; a copy.</summary>
    /// <remarks>
    /// Rooms that a middleware adds are joined when the client is admitted. Handlers of <see cref="OnDisconnecting"/> can still read the
    /// rooms; afterwards the list is empty.
    /// </remarks>
    public IReadOnlyList<string> Rooms => Core.RoomsIn(Namespace.Adapter);

    /// <summary>The data that the client sent when it connected.</summary>
    public Handshake Handshake => Core.Handshake;

    /// <summary>The first HTTP request of the client's connection, valid after the request has ended. Each access decodes it
    /// again.</summary>
    public SocketRequest Request => Core.Session.Request.ToRequest();

    /// <summary>
    /// The user of the client's token, otherwise that of the client's first request, otherwise an identity without a name.
    /// </summary>
    /// <remarks>
    /// <para>A token is one that <c>AddAuthentication</c> reads. Its user replaces that of the first request; nothing of both is
    /// merged.</para>
    /// <para><see cref="RefreshAuthenticationAsync(string, CancellationToken)"/> replaces the object by one of the same user. Without
    /// <see cref="SocketIOOptions.CloseOnAuthenticationExpiration"/> an expiration has no effect on it.</para>
    /// </remarks>
    public ClaimsPrincipal User => Core.User;

    /// <summary>The id of <see cref="User"/>, the result of <see cref="ISocketUserIdProvider"/>; null for an anonymous client.</summary>
    /// <remarks>
    /// On its admission the socket joins the room of the user, whose name is <see cref="SocketIOOptions.UserRoomPrefix"/> and this id.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The provider returned an invalid id.</exception>
    public string? UserId => Core.UserId;

    /// <summary>The services of the client's connection, in a scope that all its sockets share.</summary>
    /// <remarks>
    /// The scope is created on first use. It is disposed when the connection has ended and the last handler of its sockets has run.
    /// </remarks>
    /// <exception cref="ObjectDisposedException">The scope has been disposed.</exception>
    public IServiceProvider Services => _scope.Provider;

    /// <summary>The application's data for the socket, which other nodes see in the sockets they fetch. Default: an empty map.</summary>
    /// <remarks>Setting it copies the bytes of the argument.</remarks>
    public SocketArgument Data
    {
        get => Core.Data;
        set => Core.Data = value;
    }

    /// <summary>The state of the socket.</summary>
    internal SocketCore Core { get; }

    /// <summary>The authentication of the socket.</summary>
    internal SocketTicket Ticket => Core.Ticket;

    internal SocketInbox Inbox => Core.Inbox;

    /// <summary>The name of the namespace, which is known before the socket has one.</summary>
    internal string Path => Core.Path;

    internal bool HasEnded => Core.Stage == SocketStage.Ended;

    /// <summary>The handlers of this socket's events besides those of its namespace, or null for none.</summary>
    internal SocketListeners? Listeners => Core.Listeners;

    /// <summary>The namespace, or null while the socket has none.</summary>
    internal SocketNamespace? Entered => Core.HasEntered ? _namespace : null;

    /// <summary>
    /// The namespace by which failures of handlers are reported. Before the socket has one, the name is the one that the client chose.
    /// </summary>
    internal HandlerPlace Place => Entered?.Place ?? new HandlerPlace(Path, "no namespace yet");

    /// <summary>Adds the socket to a room.</summary>
    /// <param name="room">The room, which exists as long as it has members.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The socket joins in any case.</param>
    /// <returns>A task that completes when broadcasts of every node to the room reach the socket; those of this node do at once.</returns>
    /// <exception cref="ArgumentNullException">The room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    /// <exception cref="InvalidOperationException">
    /// The socket would be in more than <see cref="SocketIOOptions.MaxRoomsPerSocket"/> rooms.
    /// </exception>
    public ValueTask JoinAsync(string room, CancellationToken cancellationToken = default) => JoinAsync([room], cancellationToken);

    /// <summary>Adds the socket to rooms.</summary>
    /// <param name="rooms">The rooms, which exist as long as they have members.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The socket joins in any case.</param>
    /// <returns>A task that completes when broadcasts of every node to the rooms reach the socket; those of this node do at once.</returns>
    /// <exception cref="ArgumentNullException">The list or a room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    /// <exception cref="InvalidOperationException">The socket would be in more than <see cref="SocketIOOptions.MaxRoomsPerSocket"/>
    /// rooms; in this case it joins none.</exception>
    public ValueTask JoinAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        Core.JoinAsync(Namespace.Adapter, Checked(rooms), cancellationToken);

    /// <summary>Removes the socket from a room; unknown rooms are ignored.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The socket leaves in any case.</param>
    /// <returns>A task that completes when the node has unsubscribed from the room, if this was its last member.</returns>
    /// <exception cref="ArgumentNullException">The room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    public ValueTask LeaveAsync(string room, CancellationToken cancellationToken = default) => LeaveAsync([room], cancellationToken);

    /// <summary>Removes the socket from rooms; rooms it is not in are ignored.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The socket leaves in any case.</param>
    /// <returns>A task that completes when the node has unsubscribed from the rooms of which this was the last member.</returns>
    /// <exception cref="ArgumentNullException">The list or a room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    public ValueTask LeaveAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        Core.LeaveAsync(Namespace.Adapter, Checked(rooms), cancellationToken);

    /// <summary>Returns this client as the receiver of events without a contract.</summary>
    /// <returns>The receiver.</returns>
    public SocketClient<AnyEvents> Client() => new(this);

    /// <summary>Returns this client as the receiver of a contract's events.</summary>
    /// <typeparam name="TEvents">A contract of this socket's namespace.</typeparam>
    /// <returns>The receiver.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract, or is one of another namespace.</exception>
    public SocketClient<TEvents> Client<TEvents>()
    {
        Namespace.CheckContract<TEvents>();
        return new SocketClient<TEvents>(this);
    }

    /// <summary>Returns a chain for all clients of the namespace except this one, for events without a contract.</summary>
    /// <returns>The chain.</returns>
    public Broadcast<AnyEvents> Others() => Others<AnyEvents>();

    /// <summary>Returns a chain for all clients of the namespace except this one.</summary>
    /// <typeparam name="TEvents">A contract of this socket's namespace.</typeparam>
    /// <returns>The chain.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract, or is one of another namespace.</exception>
    public Broadcast<TEvents> Others<TEvents>()
    {
        Namespace.CheckContract<TEvents>();
        return new Broadcast<TEvents>(Namespace.Adapter, BroadcastOptions.Everyone with { Except = [Id.ToString()] });
    }

    /// <summary>Adds a handler of an event of this client, which runs after the namespace's handlers of the event.</summary>
    /// <remarks>
    /// The remarks of <see cref="SocketNamespace.On(string, Func{ServerSocket, SocketArguments, Task})"/> apply here, too.
    /// </remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public IDisposable On(string name, Func<SocketArguments, Task> handler) => Listening().Handlers.On(name, handler);

    /// <summary>Adds a handler of an event of this client that returns the acknowledgement.</summary>
    /// <remarks>As <see cref="On(string, Func{SocketArguments, Task})"/>; with several handlers, the first result is sent.</remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments and returns the arguments of the acknowledgement.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public IDisposable On(string name, Func<SocketArguments, Task<SocketArguments>> handler) => Listening().Handlers.On(name, handler);

    /// <summary>Adds a handler that runs for the first event of its name only, and is then removed.</summary>
    /// <remarks>As <see cref="On(string, Func{SocketArguments, Task})"/>.</remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public IDisposable Once(string name, Func<SocketArguments, Task> handler) => Listening().Handlers.Once(name, handler);

    /// <summary>Adds a handler that runs for the first event of its name only, and returns the acknowledgement.</summary>
    /// <remarks>As <see cref="On(string, Func{SocketArguments, Task{SocketArguments}})"/>.</remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments and returns the arguments of the acknowledgement.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public IDisposable Once(string name, Func<SocketArguments, Task<SocketArguments>> handler) =>
        Listening().Handlers.Once(name, handler);

    /// <summary>The names of the events that have a handler of this socket; a copy, in no particular order.</summary>
    /// <remarks>Those of the handlers of the namespace are in <see cref="SocketNamespace.EventNames"/>.</remarks>
    public IReadOnlyCollection<string> EventNames => Listeners?.Handlers.Names ?? [];

    /// <summary>Returns the number of handlers that this socket has for an event; those of the namespace are not counted.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <returns>The number of handlers.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public int HandlerCount(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Listeners?.Handlers.Of(name).Length ?? 0;
    }

    /// <summary>
    /// Adds a handler of every event of this client, which runs before the event's own handlers, and also for events without a handler.
    /// </summary>
    /// <remarks>An exception is logged, and the event continues to its handlers.</remarks>
    /// <param name="handler">The handler, which receives the event's name and arguments.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public IDisposable OnAny(Func<string, SocketArguments, Task> handler) => Listening().OnAny(handler);

    /// <summary>Adds a handler of every event of this client in front of the other handlers of every event of this client.</summary>
    /// <remarks>As <see cref="OnAny"/>; the handlers of every event of the namespace run before.</remarks>
    /// <param name="handler">The handler, which receives the event's name and arguments.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public IDisposable PrependAny(Func<string, SocketArguments, Task> handler) => Listening().PrependAny(handler);

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
    public IDisposable OnAnyOutgoing(Func<string, SocketArguments, Task> handler) => Listening().OnAnyOutgoing(this, handler);

    /// <inheritdoc cref="OnAnyOutgoing(Func{string, SocketArguments, Task})"/>
    /// <param name="handler">The handler, which receives the event's name and arguments.</param>
    public IDisposable OnAnyOutgoing(Action<string, SocketArguments> handler) => Listening().OnAnyOutgoing(this, handler);

    /// <summary>Adds a handler of every event that is sent to this client in front of the other handlers of sent events.</summary>
    /// <remarks>As <see cref="OnAnyOutgoing(Func{string, SocketArguments, Task})"/>.</remarks>
    /// <param name="handler">The handler, which receives the event's name and arguments.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public IDisposable PrependAnyOutgoing(Func<string, SocketArguments, Task> handler) =>
        Listening().OnAnyOutgoing(this, handler, isFirst: true);

    /// <summary>Adds a handler that runs when the client has changed from polling to a WebSocket.</summary>
    /// <remarks>
    /// It runs at most once, after the handlers of earlier events, and not for a change that was made before it was added; see
    /// <see cref="Transport"/>. An exception is logged.
    /// </remarks>
    /// <param name="handler">The handler, which receives the name of the new transport.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public IDisposable OnUpgraded(Func<string, Task> handler) => Listening().OnTransport().OnUpgraded(handler);

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
    public IDisposable OnDrained(Func<Task> handler)
    {
        var registration = Listening().OnTransport().OnDrained(handler);
        Core.Session.WatchDrain();
        return registration;
    }

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
    public IDisposable Use(Func<SocketEvent, Func<Task>, Task> middleware) => Listening().Use(middleware);

    /// <inheritdoc/>
    void IEventReceiver.Handle<TEvents>(EventDispatcher<TEvents> dispatcher, TEvents handler)
    {
        Namespace.CheckContract<TEvents>();
        Listening().Handlers.Handle(dispatcher, handler);
    }

    /// <summary>
    /// Adds a handler that runs when the socket is being disconnected: the socket cannot send any more, but its rooms can still be read.
    /// </summary>
    /// <param name="handler">The handler, which receives the reason and its details. It runs after the handlers of earlier events, and
    /// before those of <see cref="OnDisconnected"/>.</param>
    /// <returns>A registration that removes the handler when it is disposed, unless it runs already.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public IDisposable OnDisconnecting(Func<DisconnectInfo, Task> handler)
    {
        var added = new EndHandler(handler);
        if (!Core.TryAddDisconnecting(added, out var info))
            Inbox.Add(this, () => RunAsync(nameof(OnDisconnecting), added.RunAsync, info));
        return new Registration(added.Remove);
    }

    /// <summary>Adds a handler that runs when the socket has been disconnected, or at once if it already has been.</summary>
    /// <param name="handler">The handler, which receives the reason and its details. It runs after the handlers of earlier events.</param>
    /// <returns>A registration that removes the handler when it is disposed, unless it runs already.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public IDisposable OnDisconnected(Func<DisconnectInfo, Task> handler)
    {
        var added = new EndHandler(handler);
        if (!Core.TryAddDisconnected(added, out var info))
            Inbox.Add(this, () => RunAsync(nameof(OnDisconnected), added.RunAsync, info));
        return new Registration(added.Remove);
    }

    /// <summary>Disconnects the client from this namespace, or closes its connection.</summary>
    /// <remarks>A client that has not been admitted yet is not disconnected from the namespace; a middleware throws to refuse it.</remarks>
    /// <param name="close">True to also close the client's connection, with all its namespaces.</param>
    /// <returns>A task that completes when the disconnect packet or the close is queued behind the packets sent before.</returns>
    public ValueTask DisconnectAsync(bool close = false)
    {
        Core.Session.Disconnect(this, close);
        return ValueTask.CompletedTask;
    }

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
    public Task<bool> RefreshAuthenticationAsync(string token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (!SocketIdentity.Of(this).IsBearer) throw new InvalidOperationException(
            "The delegate of AddAuthentication writes the token: pass the data that it reads, as SocketArgument.");
        return SocketIdentity.RefreshAsync(
            this, (schemes, how, request, aborted) => schemes.AuthenticateAsync(how, request, token, aborted), cancellationToken);
    }

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
    public Task<bool> RefreshAuthenticationAsync(SocketArgument auth, CancellationToken cancellationToken = default) =>
        SocketIdentity.RefreshAsync(
            this, (schemes, how, request, aborted) => schemes.AuthenticateAsync(how, request, auth, aborted), cancellationToken);

    void IClientSink.Send(EventData data, BroadcastFlags flags)
    {
        if (Core.Pid is not null && (flags & BroadcastFlags.Volatile) == 0 && Core.Stage != SocketStage.Joining)
            Namespace.Recovery!.Send(Core, data, flags);
        else Core.Send(data, flags);
    }

    void IClientSink.SendWithAck(EventData data, BroadcastFlags flags, TimeSpan? timeout, AckCollector acks) =>
        Core.SendWithAck(data, flags, timeout, acks);

    // A client that was refused may have sent events without waiting for its admission. They must not be handled.
    internal Task HandleAsync(ReadOnlyMemory<byte> data, ulong? id) =>
        Core.WasAdmitted ? Namespace.DispatchAsync(this, data, id) : Task.CompletedTask;

    /// <inheritdoc cref="SocketCore.Acknowledge"/>
    internal void Acknowledge(ulong id, ReadOnlyMemory<byte> arguments) => Core.Acknowledge(id, arguments);

    /// <summary>Runs a handler; its exception is logged and not thrown.</summary>
    internal async Task RunAsync<T>(string member, Func<T, Task> handler, T argument)
    {
        using var scope = Core.Handlers.BeginScope(Id, Path);
        await Core.Handlers.NotifyAsync(handler, argument, new HandlerCall(this, member)).ConfigureAwait(false);
    }

    /// <summary>Adds work behind the events that wait for handlers.</summary>
    internal void Enqueue(Func<Task> work) => Inbox.Add(this, work);

    /// <summary>Reports an exception of the socket's own work.</summary>
    internal void Failed(Exception exception) =>
        Core.Handlers.Report(new HandlerCall(this, "socket"), exception);

    /// <summary>Sets the socket's namespace before the socket is visible to other code; returns false if the socket has ended.</summary>
    internal bool TryEnter(SocketNamespace found)
    {
        _namespace = found;
        return Core.TryEnter();
    }

    /// <inheritdoc cref="SocketCore.ReplaceUserAsync"/>
    internal Task ReplaceUserAsync(ClaimsPrincipal user) => Core.ReplaceUserAsync(this, user);

    private SocketListeners Listening() => Core.Listening(Place);

    private ImmutableArray<string> Checked(IEnumerable<string> rooms)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        ImmutableArray<string> distinct = [.. rooms.Distinct(StringComparer.Ordinal)];
        foreach (var room in distinct) ArgumentNullException.ThrowIfNull(room, nameof(rooms));
        return Core.Users.Checked(distinct);
    }
}
