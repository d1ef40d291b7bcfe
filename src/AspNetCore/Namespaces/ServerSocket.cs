using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Namespaces;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>One client in one namespace, connected to this node.</summary>
/// <remarks>
/// All members may be used from any thread. Handlers of one socket run one after the other, in the order of what the client
/// sent, starting with those of its connection; handlers of different sockets run side by side.
/// </remarks>
public sealed class ServerSocket : IEventReceiver
{
    private static readonly byte[] NoData = [0x80];

    private readonly ClientConnection _connection;
    private readonly ReadOnlyMemory<byte> _auth;
    private Handshake? _handshake;
    private byte[] _data = NoData;
    private ClaimsPrincipal? _user;
    private SocketNamespace? _namespace;
    private SocketRecovery? _recovery;
    private SocketListeners? _listeners;

    internal ServerSocket(ClientConnection connection, string path, ReadOnlyMemory<byte> auth)
    {
        _connection = connection;
        Path = path;
        Life = new SocketLife(this);
        Membership = new SocketRooms(this);
        _auth = auth;
        Local = new LocalSocket(this, connection);
        Inbox = new SocketInbox(this, connection.Budget, connection.MaxConcurrentEvents);
    }

    /// <summary>The socket's public id, which is also the name of the room in which it is alone.</summary>
    public SocketId Id { get; private set; } = SocketId.Create();

    /// <summary>The namespace the client joined.</summary>
    public SocketNamespace Namespace => _namespace!;

    /// <summary>Whether the client has been admitted to the namespace and is still there, as far as is known.</summary>
    public bool IsConnected => Life.Stage == SocketStage.Connected;

    /// <summary>Whether this is a socket that its client had before, with its id, its rooms, its data and the events it missed.</summary>
    /// <remarks>See <see cref="ConnectionStateRecoveryOptions"/>. Handlers of the connection run for it as for a new one.</remarks>
    public bool Recovered => _recovery?.Claimed is not null;

    /// <summary>Cancelled when the client is gone, or not admitted.</summary>
    public CancellationToken ConnectionAborted => Life.Gone;

    /// <summary>How the client is connected at the moment: <c>polling</c>, or <c>websocket</c>.</summary>
    public string Transport => _connection.Session.Transport is PollingTransport ? "polling" : "websocket";

    /// <summary>The rooms the socket is in, its own first, in the order it joined them; a copy.</summary>
    /// <remarks>
    /// Rooms that a middleware puts it into are joined when the client is admitted. Handlers of <see cref="OnDisconnecting"/>
    /// still find the rooms it was in; afterwards there are none.
    /// </remarks>
    public IReadOnlyList<string> Rooms => Membership.Current;

    /// <summary>What the client told when it connected.</summary>
    public Handshake Handshake => _handshake ??= new Handshake(_connection.Session.Request.ToHandshake(), _auth);

    /// <summary>Who the client is, as the application's authentication found for its first request; without one, an identity without a name.</summary>
    /// <remarks>It stays what it was then: a token that expires later changes nothing here.</remarks>
    public ClaimsPrincipal User => _user ??= _connection.Session.User ?? new ClaimsPrincipal(new ClaimsIdentity());

    /// <summary>The services of the client's connection, in a scope that all its sockets share.</summary>
    /// <remarks>The scope is made when it is first asked for. It is disposed when the connection has ended and the last handler of
    /// its sockets has run.</remarks>
    /// <exception cref="ObjectDisposedException">That is over.</exception>
    public IServiceProvider Services => _connection.Services.Provider;

    /// <summary>What the application keeps for the socket; other nodes see it in what they fetch. An empty map at first.</summary>
    /// <remarks>It is kept as a copy of the argument's bytes; reading it gives what was last set.</remarks>
    public EventArgument Data
    {
        get => new(0, Volatile.Read(ref _data));
        set => Volatile.Write(ref _data, value.Raw.ToArray());
    }

    /// <summary>The way to the client.</summary>
    internal LocalSocket Local { get; }

    internal SocketInbox Inbox { get; }

    internal ILogger Logger => _connection.Server.Logger;

    /// <summary>The name of the namespace, known before there is one of it.</summary>
    internal string Path { get; }

    internal SocketLife Life { get; }

    internal SocketRooms Membership { get; }

    /// <summary>What is done about this socket's events beside what its namespace does; null when that is nothing.</summary>
    internal SocketListeners? Listeners => Volatile.Read(ref _listeners);

    /// <summary>The namespace, once it has one.</summary>
    internal SocketNamespace? Entered => _namespace;

    /// <summary>The namespace by which failures of handlers are reported; before there is one its name is only what a client chose.</summary>
    internal HandlerPlace Place => _namespace?.Place ?? new HandlerPlace(Path, "no namespace yet");

    internal ClientConnection Connection => _connection;

    /// <summary>What the socket recovers and can be recovered by; null when that is not wanted.</summary>
    internal SocketRecovery? Recovery => _recovery;

    /// <summary>Puts the socket into a room.</summary>
    /// <param name="room">The room; it exists as long as it has members.</param>
    /// <param name="cancellationToken">Ends the wait, not the joining.</param>
    /// <returns>Completes when broadcasts to the room reach the socket from every node; local ones do at once.</returns>
    /// <exception cref="ArgumentNullException">The room is null.</exception>
    /// <exception cref="InvalidOperationException">The socket would be in more than <see cref="SocketIOOptions.MaxRoomsPerSocket"/>.</exception>
    public ValueTask JoinAsync(string room, CancellationToken cancellationToken = default) => JoinAsync([room], cancellationToken);

    /// <summary>Puts the socket into rooms.</summary>
    /// <param name="rooms">The rooms; they exist as long as they have members.</param>
    /// <param name="cancellationToken">Ends the wait, not the joining.</param>
    /// <returns>Completes when broadcasts to the rooms reach the socket from every node; local ones do at once.</returns>
    /// <exception cref="ArgumentNullException">The list or a room is null.</exception>
    /// <exception cref="InvalidOperationException">The socket would be in more than <see cref="SocketIOOptions.MaxRoomsPerSocket"/>; then it joins none.</exception>
    public ValueTask JoinAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        Membership.JoinAsync(Checked(rooms), cancellationToken);

    /// <summary>Takes the socket out of a room; unknown rooms are ignored.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">Ends the wait, not the leaving.</param>
    /// <returns>Completes when the node has stopped listening for the room, should this have been its last member.</returns>
    /// <exception cref="ArgumentNullException">The room is null.</exception>
    public ValueTask LeaveAsync(string room, CancellationToken cancellationToken = default) => LeaveAsync([room], cancellationToken);

    /// <summary>Takes the socket out of rooms; those it is not in are ignored.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <param name="cancellationToken">Ends the wait, not the leaving.</param>
    /// <returns>Completes when the node has stopped listening for the rooms of which this was the last member.</returns>
    /// <exception cref="ArgumentNullException">The list or a room is null.</exception>
    public ValueTask LeaveAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        Membership.LeaveAsync(Checked(rooms), cancellationToken);

    /// <summary>This client alone, as a receiver of events without a contract.</summary>
    /// <returns>The receiver.</returns>
    public SocketClient<AnyEvents> Client() => new(Local);

    /// <summary>This client alone, as a receiver of a contract's events.</summary>
    /// <typeparam name="TEvents">A contract of this socket's namespace.</typeparam>
    /// <returns>The receiver.</returns>
    /// <exception cref="InvalidOperationException">The contract belongs to another namespace, or is none.</exception>
    public SocketClient<TEvents> Client<TEvents>()
    {
        Namespace.CheckContract<TEvents>();
        return new SocketClient<TEvents>(Local);
    }

    /// <summary>Everyone in the namespace but this socket, as the start of a chain for events without a contract.</summary>
    /// <returns>The chain.</returns>
    public Broadcast<AnyEvents> Others() => Others<AnyEvents>();

    /// <summary>Everyone in the namespace but this socket, as the start of a chain.</summary>
    /// <typeparam name="TEvents">A contract of this socket's namespace.</typeparam>
    /// <returns>The chain.</returns>
    /// <exception cref="InvalidOperationException">The contract belongs to another namespace, or is none.</exception>
    public Broadcast<TEvents> Others<TEvents>()
    {
        Namespace.CheckContract<TEvents>();
        return new Broadcast<TEvents>(Namespace.Adapter, BroadcastOptions.Everyone with { Except = [Id.ToString()] });
    }

    /// <summary>Adds what is done about an event of this client, after the namespace's own handlers of it.</summary>
    /// <remarks>Everything said of <see cref="SocketNamespace.On(string, Func{ServerSocket, EventArguments, Task})"/> holds here too.</remarks>
    /// <param name="name">The event's name as the client sends it.</param>
    /// <param name="handler">Gets the event's arguments.</param>
    /// <returns>Disposing it removes the handler; it ends with the socket otherwise.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public IDisposable On(string name, Func<EventArguments, Task> handler) => Listening().On(name, handler);

    /// <summary>Adds what is done about an event of this client, and what is acknowledged.</summary>
    /// <remarks>As <see cref="On(string, Func{EventArguments, Task})"/>; of several handlers the first result counts.</remarks>
    /// <param name="name">The event's name as the client sends it.</param>
    /// <param name="handler">Gets the event's arguments; returns the arguments of the acknowledgement.</param>
    /// <returns>Disposing it removes the handler; it ends with the socket otherwise.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public IDisposable On(string name, Func<EventArguments, Task<EventArguments>> handler) => Listening().On(name, handler);

    /// <summary>Adds what is done about every event of this client, before its own handlers; also about those that nobody else handles.</summary>
    /// <remarks>An exception is logged, and the event goes its way.</remarks>
    /// <param name="handler">Gets the event's name and its arguments.</param>
    /// <returns>Disposing it removes the handler; it ends with the socket otherwise.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public IDisposable OnAny(Func<string, EventArguments, Task> handler) => Listening().OnAny(handler);

    /// <summary>Adds a handler of every event that is sent to this client, alone or with others, from any node.</summary>
    /// <remarks>
    /// <para>It runs behind a queue of this socket, for one event after the other in the order of the calls that sent them, and with a
    /// copy of the arguments: it never delays the sender. Up to 1,000 events and <see cref="EngineIOOptions.MaxQueuedBytes"/> wait for
    /// it; further ones are sent to the client, but not passed to the handlers, and counted.</para>
    /// <para>Volatile events are included, even those that are dropped afterwards. An exception is logged.</para>
    /// <para>What a handler sends itself is sent, but not passed to handlers of outgoing events of any socket, because it would cause
    /// itself without end; that is logged as an error.</para>
    /// </remarks>
    /// <param name="handler">Receives the event's name and its arguments. The next event follows when its task has completed.</param>
    /// <returns>A registration that removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public IDisposable OnAnyOutgoing(Func<string, EventArguments, Task> handler) => Listening().OnAnyOutgoing(handler);

    /// <inheritdoc cref="OnAnyOutgoing(Func{string, EventArguments, Task})"/>
    /// <param name="handler">Receives the event's name and its arguments.</param>
    public IDisposable OnAnyOutgoing(Action<string, EventArguments> handler) => Listening().OnAnyOutgoing(handler);

    /// <summary>Adds what each event of this client goes through on its way to its handlers.</summary>
    /// <remarks>
    /// <para>Middlewares run in the order they were added, after the handlers of <c>OnAny</c>. The handlers run, and the
    /// acknowledgement is sent, when all have called <c>next</c>; an event that one does not pass on ends there, without an
    /// acknowledgement. What the handlers throw does not come out of <c>next</c>.</para>
    /// <para>One that throws ends the event as well: a <see cref="SocketEventException"/> is acknowledged with its message; any
    /// other exception is logged, and the client learns only that the event could not be handled.</para>
    /// </remarks>
    /// <param name="middleware">Gets the event and <c>next</c>, whose task completes when the handlers have.</param>
    /// <exception cref="ArgumentNullException">The middleware is null.</exception>
    /// <example><code>
    /// socket.Use((sent, next) => allowed.Contains(sent.Name) ? next() : throw new SocketEventException("not allowed"));
    /// </code></example>
    public void Use(Func<SocketEvent, Func<Task>, Task> middleware) => Listening().Use(middleware);

    /// <inheritdoc/>
    void IEventReceiver.Handle<TEvents>(EventDispatcher<TEvents> dispatcher, TEvents handler)
    {
        Namespace.CheckContract<TEvents>();
        Listening().Handle(dispatcher, handler);
    }

    /// <summary>Adds what is to be done when the socket is being disconnected: it cannot send any more, and its rooms can still be read.</summary>
    /// <param name="handler">Gets the reason; runs after the handlers of the events that came before, and before those of <see cref="OnDisconnected"/>.</param>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public void OnDisconnecting(Func<DisconnectReason, Task> handler) => Life.OnDisconnecting(handler);

    /// <summary>Adds what is to be done when the socket has been disconnected; added later than that, it is done at once.</summary>
    /// <param name="handler">Gets the reason; runs after the handlers of the events that came before.</param>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public void OnDisconnected(Func<DisconnectReason, Task> handler) => Life.OnDisconnected(handler);

    /// <summary>Disconnects the client from this namespace, or altogether.</summary>
    /// <remarks>A client that is not admitted yet is not disconnected from the namespace; a middleware throws to refuse it.</remarks>
    /// <param name="close">Whether its connection, with all its namespaces, is closed as well.</param>
    /// <returns>Completes when the goodbye is queued behind what was sent before.</returns>
    public ValueTask DisconnectAsync(bool close = false)
    {
        Local.Disconnect(close);
        return ValueTask.CompletedTask;
    }

    internal void Start() => Inbox.Add(new Admission(this, _connection).RunAsync);

    internal ValueTask ReceiveAsync(ReadOnlyMemory<byte> data, ulong? id) => Inbox.AddAsync(data, id);

    // A client that did not wait to be admitted, and was not, has events here that nobody is to see.
    internal Task HandleAsync(ReadOnlyMemory<byte> data, ulong? id) =>
        Life.WasAdmitted ? Namespace.DispatchAsync(this, data, id) : Task.CompletedTask;

    /// <summary>Acknowledges an event of the client.</summary>
    /// <exception cref="ProtocolException">The arguments are malformed or too large.</exception>
    internal void Acknowledge(ulong id, ReadOnlyMemory<byte> arguments) =>
        Local.Send(_connection.Packets.Ack(Namespace.Path, id, arguments), BroadcastFlags.None);

    /// <summary>Gives the socket its namespace, before anybody else sees it; false when it has ended.</summary>
    internal bool TryEnter(SocketNamespace found) => Life.TryDo(() => _namespace = found);

    /// <summary>Makes the socket the one its client had before, if there is one; nobody else has seen it yet.</summary>
    internal void Recover(SessionRecovery sessions)
    {
        var recovery = new SocketRecovery(sessions, Handshake.Auth, _connection.Session.User, _connection.RecoveryShare!);
        if (recovery.Claimed is { } before)
        {
            (Id, _data) = (before.Id, before.Data);
            Membership.Restore([.. before.Rooms.Keys.Where(room => room != Id.ToString())]);
        }

        if (!Life.TryDo(() => _recovery = recovery)) recovery.GiveBack();
    }

    private SocketListeners Listening() =>
        Listeners ?? Interlocked.CompareExchange(ref _listeners, new SocketListeners(this), null) ?? _listeners;

    private static ImmutableArray<string> Checked(IEnumerable<string> rooms)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        ImmutableArray<string> distinct = [.. rooms.Distinct(StringComparer.Ordinal)];
        foreach (var room in distinct) ArgumentNullException.ThrowIfNull(room, nameof(rooms));
        return distinct;
    }
}
