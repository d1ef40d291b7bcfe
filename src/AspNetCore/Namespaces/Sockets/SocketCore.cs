using System.Collections.Concurrent;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;

namespace TypedSocketRedis.Namespaces;

/// <summary>The stages of a socket.</summary>
internal enum SocketStage
{
    /// <summary>The client is joining; middlewares may still be running.</summary>
    Joining,

    /// <summary>The client is admitted, and its CONNECT is being sent.</summary>
    Admitted,

    /// <summary>The client is connected.</summary>
    Connected,

    /// <summary>The client has disconnected, or was not admitted.</summary>
    Ended,
}

/// <summary>The state of one socket, which the adapters see; <see cref="ServerSocket"/> is the application's view of it.</summary>
/// <remarks>
/// One lock, that of this object, guards the stage and everything that depends on it: rooms, held frames, recovery and handlers of the
/// end. The state has no reference to its namespace or connection: operations that need the adapter get it as an argument.
/// </remarks>
internal sealed partial class SocketCore : ILocalSocket
{
    private static readonly byte[] NoData = [0x80];

    private readonly ServerContext _server;
    private readonly ReadOnlyMemory<byte> _auth;
    private Handshake? _handshake;
    private byte[] _data = NoData;
    private SocketListeners? _listeners;
    private IDictionary<object, object?>? _items;
    private int _isDrainQueued;
    private volatile SocketStage _stage;

    private SocketCore(ServerContext server, EngineSession session, EventBudget budget, string path, ReadOnlyMemory<byte> auth)
    {
        (_server, Session, Budget, Path, _auth) = (server, session, budget, path, auth);
        Inbox = new SocketInbox(budget, server.Options.MaxConcurrentEventsPerSocket);
    }

    public SocketId Id { get; private set; } = SocketId.Create();

    /// <summary>The name of the namespace, which is known before the socket has one.</summary>
    public string Path { get; }

    public EngineSession Session { get; }

    /// <summary>The budget of the client's waiting events and held frames.</summary>
    public EventBudget Budget { get; }

    public SocketHandlerRunner Handlers => _server.Handlers;

    public SocketInbox Inbox { get; }

    public RoomMember Membership { get; private set; } = null!;

    public SocketStage Stage => _stage;

    public bool IsConnected => _stage == SocketStage.Connected;

    /// <summary>Gets a value indicating whether the client was admitted; disconnection handlers run only for an admitted client.</summary>
    public bool WasAdmitted { get; private set; }

    public Handshake Handshake => _handshake ??= new Handshake(Session.Request.ToHandshake(), _auth);

    public SocketArgument Data
    {
        get => new(0, Volatile.Read(ref _data));
        set => Volatile.Write(ref _data, value.Raw.ToArray());
    }

    public IDictionary<object, object?> Items => _items
        ?? Interlocked.CompareExchange(ref _items, new ConcurrentDictionary<object, object?>(), null) ?? _items;

    public int MaxRooms => _server.Options.MaxRoomsPerSocket;

    /// <summary>The data that the client sent when it connected, or an empty map.</summary>
    public SocketArgument Auth => _auth.IsEmpty ? SocketArgument.EmptyObject : new SocketArgument(0, _auth);

    /// <summary>The size of the data that the client sent when it connected, in bytes.</summary>
    public int AuthSize => _auth.Length;

    /// <summary>The handlers of this socket's events besides those of its namespace, or null for none.</summary>
    public SocketListeners? Listeners => Volatile.Read(ref _listeners);

    /// <summary>Creates the state of a client that wants to join a namespace.</summary>
    /// <param name="server">The server.</param>
    /// <param name="session">The client's session.</param>
    /// <param name="budget">The budget of the client's waiting events and held frames.</param>
    /// <param name="path">The namespace, as the client named it.</param>
    /// <param name="auth">The data that the client sent when it connected.</param>
    public static SocketCore Create(
        ServerContext server, EngineSession session, EventBudget budget, string path, ReadOnlyMemory<byte> auth)
    {
        var core = new SocketCore(server, session, budget, path, auth);
        core.Membership = new RoomMember(core);
        return core;
    }

    /// <summary>Returns the handlers of this socket's events, to which one is added.</summary>
    /// <param name="place">The socket's namespace.</param>
    public SocketListeners Listening(HandlerPlace place) =>
        Listeners ?? Interlocked.CompareExchange(ref _listeners, new SocketListeners(_server, place), null) ?? _listeners;

    /// <summary>Returns true if the handlers of the drained connection are not queued yet, and counts them as queued.</summary>
    public bool TryQueueDrain() => Interlocked.Exchange(ref _isDrainQueued, 1) == 0;

    /// <summary>Lets the handlers of the drained connection be queued again.</summary>
    public void BeginDrain() => Volatile.Write(ref _isDrainQueued, 0);

    public void Disconnect(bool close) => Session.Disconnect(this, close);
}
