using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Namespaces;

namespace TypedSocketRedis;

/// <summary>One namespace of the server: who is in it on this node, and what is done about its events.</summary>
/// <remarks>Handlers are added when the application starts; one added later serves the events that come after it.</remarks>
public sealed class SocketNamespace : ISocketEventReceiver
{
    private readonly ConcurrentDictionary<SocketId, ServerSocket> _sockets = new();
    private readonly EventDispatch _dispatch;
    private int _holders;
    private volatile bool _hasAdmitted;

    internal SocketNamespace(string path, SocketIOServer server, ISocketAdapter adapter, DynamicNamespaces? parent)
    {
        Path = path;
        Server = server;
        Adapter = adapter;
        Parent = parent;
        Handlers = new NamespaceHandlers(parent?.Handlers);
        Place = new HandlerPlace(path, parent?.Key ?? path);
        _dispatch = new EventDispatch(Place, Handlers.Events, server);
        adapter.ServerEvents.Failed = server.Engine.Metrics.HandlerFailed;
    }

    /// <summary>The namespace's name with its leading slash; <c>/</c> is the main one.</summary>
    public string Path { get; }

    /// <summary>The sockets of this node that are in the namespace; a copy, in no order.</summary>
    public IReadOnlyCollection<ServerSocket> Sockets => [.. _sockets.Values];

    internal SocketIOServer Server { get; }

    internal ISocketAdapter Adapter { get; }

    /// <summary>What is kept for clients that may come back; null when nothing is.</summary>
    internal SessionRecovery? Recovery { get; init; }

    internal NamespaceHandlers Handlers { get; }

    /// <summary>The namespace by which failures of its handlers are reported.</summary>
    internal HandlerPlace Place { get; }

    /// <summary>The dynamic namespaces this is one of.</summary>
    internal DynamicNamespaces? Parent { get; }

    /// <summary>The clients in the namespace, all of the cluster, as the start of a chain for events without a contract.</summary>
    /// <returns>The chain.</returns>
    public Broadcast<AnyEvents> Clients() => Clients<AnyEvents>();

    /// <summary>The clients in the namespace, all of the cluster, as the start of a chain.</summary>
    /// <typeparam name="TEvents">A contract of this namespace.</typeparam>
    /// <returns>The chain.</returns>
    /// <exception cref="InvalidOperationException">The contract belongs to another namespace, or is none.</exception>
    public Broadcast<TEvents> Clients<TEvents>()
    {
        CheckContract<TEvents>();
        return new Broadcast<TEvents>(Adapter, BroadcastOptions.Everyone);
    }

    /// <summary>Adds what decides whether a client may join the namespace.</summary>
    /// <remarks>
    /// <para>Middlewares run one after the other, in the order they were added, before the client is told that it is connected;
    /// the first that throws refuses it. A <see cref="SocketEventException"/> is what the client gets as <c>connect_error</c>,
    /// message and details. Any other exception is logged, and the client learns only that the connection could not be made.</para>
    /// <para>Together they may take <see cref="SocketIOOptions.ConnectTimeout"/>. What they send to the socket, and the rooms they put
    /// it into, take effect when the client is admitted; what was added with <see cref="ServerSocket.OnDisconnected"/> is not
    /// run for one that is not.</para>
    /// </remarks>
    /// <param name="middleware">Returns to admit the client, throws to refuse it.</param>
    /// <returns>The namespace itself.</returns>
    /// <exception cref="ArgumentNullException">The middleware is null.</exception>
    /// <example><code>
    /// io.Of("/admin").Use(socket => socket.User.IsInRole("admin")
    ///     ? Task.CompletedTask
    ///     : throw new SocketEventException("not authorized"));
    /// </code></example>
    public SocketNamespace Use(Func<ServerSocket, Task> middleware)
    {
        Handlers.Use(middleware);
        return this;
    }

    /// <summary>Adds what is done for each client that joins the namespace.</summary>
    /// <param name="handler">Runs when the client has been told that it is connected, before any of its events is handled.</param>
    /// <returns>The namespace itself.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public SocketNamespace OnConnected(Func<ServerSocket, Task> handler)
    {
        Handlers.OnConnected(handler);
        return this;
    }

    /// <summary>Adds what is done about an event, whatever its arguments are.</summary>
    /// <remarks>
    /// <para>The handlers of one socket run one after the other. While one runs its client is read on: further events wait, up to
    /// <see cref="EngineIOOptions.MaxQueuedBytes"/>, and acknowledgements reach who awaits them. An exception is logged and costs
    /// that event only.</para>
    /// <para>A client that asks for an acknowledgement gets one, without arguments, when all handlers of the event have
    /// completed, and <c>{ error: "…" }</c> when one failed; see <see cref="SocketEventException"/>. An event without a handler is
    /// not acknowledged.</para>
    /// </remarks>
    /// <param name="name">The event's name as the client sends it.</param>
    /// <param name="handler">Gets the socket and the event's arguments.</param>
    /// <returns>The namespace itself.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public SocketNamespace On(string name, Func<ServerSocket, EventArguments, Task> handler)
    {
        Handlers.On(name, handler);
        return this;
    }

    /// <summary>Adds what is done about an event, whatever its arguments are, and what is acknowledged.</summary>
    /// <remarks>As <see cref="On(string, Func{ServerSocket, EventArguments, Task})"/>; of several handlers the first result counts.</remarks>
    /// <param name="name">The event's name as the client sends it.</param>
    /// <param name="handler">Gets the socket and the event's arguments; returns the arguments of the acknowledgement.</param>
    /// <returns>The namespace itself.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    /// <example><code>
    /// io.Of("/").On("count", async (socket, arguments) => EventArguments.FromJson($"[{await CountAsync()}]"));
    /// </code></example>
    public SocketNamespace On(string name, Func<ServerSocket, EventArguments, Task<EventArguments>> handler)
    {
        Handlers.On(name, handler);
        return this;
    }

    /// <summary>Adds what is done about every event, before its own handlers; also about those that nobody else handles.</summary>
    /// <remarks>An exception is logged, and the event goes its way.</remarks>
    /// <param name="handler">Gets the socket, the event's name and its arguments.</param>
    /// <returns>The namespace itself.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public SocketNamespace OnAny(Func<ServerSocket, string, EventArguments, Task> handler)
    {
        Handlers.OnAny(handler);
        return this;
    }

    /// <inheritdoc/>
    void IEventReceiver.Handle<TEvents>(EventDispatcher<TEvents> dispatcher, TEvents handler)
    {
        CheckContract<TEvents>();
        Handlers.Handle(dispatcher, handler);
    }

    /// <inheritdoc/>
    void ISocketEventReceiver.Handle<TEvents, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        EventDispatcher<TEvents> dispatcher)
    {
        CheckContract<TEvents>();
        Handlers.Handle<TEvents, THandler>(dispatcher, Server.Services);
    }

    /// <summary>Gets a value indicating whether the application knows the namespace: then it ends only when the option for cleaning up says so.</summary>
    internal bool IsNamed { get; set; }

    internal void Add(ServerSocket socket)
    {
        _hasAdmitted = true;
        _sockets[socket.Id] = socket;
    }

    internal void Remove(ServerSocket socket)
    {
        _sockets.TryRemove(KeyValuePair.Create(socket.Id, socket));
        Adapter.Remove(socket.Local);
    }

    internal async Task ConnectedAsync(ServerSocket socket)
    {
        foreach (var handler in Handlers.Connected) await RunAsync(socket, nameof(OnConnected), () => handler(socket)).ConfigureAwait(false);
    }

    internal Task DispatchAsync(ServerSocket socket, ReadOnlyMemory<byte> data, ulong? id) => _dispatch.DispatchAsync(socket, data, id);

    /// <summary>Runs a handler; its exception is logged and goes no further.</summary>
    internal async Task RunAsync(ServerSocket socket, string member, Func<Task> handler)
    {
        try
        {
            await handler().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Server.Failures.Handler(socket, member, "", "", exception);
        }
    }

    /// <summary>Keeps a child from being cleaned up; false when it has been.</summary>
    internal bool TryHold()
    {
        for (var known = Volatile.Read(ref _holders); known >= 0;)
        {
            var before = Interlocked.CompareExchange(ref _holders, known + 1, known);
            if (before == known) return true;
            known = before;
        }

        return false;
    }

    /// <summary>One holder less; the last one of a child may end it.</summary>
    /// <remarks>A child that has never admitted a client ends in any case: clients that are refused must not use up the places for namespaces.</remarks>
    internal void Release()
    {
        if (Interlocked.Decrement(ref _holders) != 0 || Parent is null) return;
        Server.Namespaces.Emptied(this);
    }

    /// <summary>Gets a value indicating whether a child ends with its last holder.</summary>
    internal bool EndsWhenEmpty => Server.Options.CleanupEmptyChildNamespaces || !(_hasAdmitted || IsNamed);

    /// <summary>Lets nobody hold it any more; false when somebody does.</summary>
    internal bool TryClose() => Interlocked.CompareExchange(ref _holders, -1, 0) == 0;

    /// <summary>Refuses a contract of another namespace; a dynamic one takes any.</summary>
    internal void CheckContract<TEvents>()
    {
        CheckIsContract<TEvents>();
        if (Parent is not null || typeof(TEvents) == typeof(AnyEvents) || Contract<TEvents>.Path == Path) return;
        throw new InvalidOperationException($"{typeof(TEvents)} belongs to namespace {Contract<TEvents>.Path}, and this is {Path}.");
    }

    /// <summary>Refuses what is no contract.</summary>
    internal static void CheckIsContract<TEvents>()
    {
        if (typeof(TEvents) != typeof(AnyEvents)) _ = Contract<TEvents>.Path;
    }
}
