using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Namespaces;

namespace TypedSocketRedis;

/// <summary>A group of namespaces that are created when a client first names them and that share handlers.</summary>
/// <remarks>
/// <para>Handlers added here apply to each of them, existing ones included, and run before those of one namespace alone.
/// A handler finds its namespace in <see cref="ISocket.Namespace"/>.</para>
/// <para>Clients can create <see cref="SocketIOOptions.MaxDynamicNamespaces"/> of them. One that
/// has had a client remains until its place is needed, unless <see cref="SocketIOOptions.CleanupEmptyChildNamespaces"/> is
/// set; then it ends when its last socket has left. One that never had a client ends with the last client that it refused.</para>
/// <para>The group sends to the clients of every namespace that exists on this node, for events without a contract;
/// <see cref="Of{TEvents}"/> for those of one. As in the JavaScript server, each of these namespaces gets its own broadcast.
/// Acknowledgements and sockets are available for a single namespace only.</para>
/// </remarks>
public sealed class DynamicNamespaces : IEmitter<AnyEvents>, IEventHandlers
{
    private readonly IEmitterSource _source;
    private readonly Regex? _pattern;
    private readonly Func<string, SocketArgument, CancellationToken, ValueTask<bool>>? _predicate;
    private readonly ConcurrentDictionary<SocketNamespace, bool> _children = new();

    internal DynamicNamespaces(UserRooms users, IEmitterSource source, Regex pattern)
        : this(users, source, $"pattern {pattern}") => _pattern = pattern;

    internal DynamicNamespaces(
        UserRooms users, IEmitterSource source, Func<string, SocketArgument, CancellationToken, ValueTask<bool>> predicate)
        : this(users, source, $"predicate {predicate.Method.DeclaringType}.{predicate.Method.Name}") => _predicate = predicate;

    private DynamicNamespaces(UserRooms users, IEmitterSource source, string key) => (Users, _source, Key) = (users, source, key);

    /// <summary>The namespaces that exist on this node; a copy, in no particular order.</summary>
    public IReadOnlyCollection<ISocketNamespace<AnyEvents>> Children => [.. _children.Keys.Select(child => child.For<AnyEvents>())];

    private Emitter<AnyEvents> Clients => field ??= new Emitter<AnyEvents>(_source, new ChildrenSink(Users, _children));

    /// <summary>The rooms of users, whose names are reserved.</summary>
    internal UserRooms Users { get; }

    internal NamespaceHandlers Handlers { get; } = new();

    /// <summary>The text by which failures in these namespaces are grouped, because clients choose the names.</summary>
    internal string Key { get; }

    /// <summary>
    /// Gets a value indicating whether the application decides about each client, and not only about the name of the namespace.
    /// </summary>
    internal bool DecidesPerClient => _predicate is not null;

    /// <summary>The clients of every namespace of the group on this node.</summary>
    public IBroadcast<AnyEvents> All => Clients.All;

    /// <summary>Returns the clients of every namespace of the group on this node as a start for sending the events of a contract.</summary>
    /// <typeparam name="TEvents">The contract, whichever namespace it names.</typeparam>
    /// <returns>The emitter, for which the remarks of this class apply.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract of events for clients.</exception>
    /// <example><code>
    /// io.Of(new Regex(@"^/room-[0-9]+\z")).Of&lt;IRoomEvents&gt;().All.Closing("soon");
    /// </code></example>
    public IEmitter<TEvents> Of<TEvents>()
        where TEvents : class
    {
        SocketNamespace.CheckIsContract<TEvents>();
        return new Emitter<TEvents>(_source, new ChildrenSink(Users, _children));
    }

    /// <inheritdoc/>
    public IBroadcast<AnyEvents> To(string room) => Clients.To(room);

    /// <inheritdoc/>
    public IBroadcast<AnyEvents> To(IEnumerable<string> rooms) => Clients.To(rooms);

    /// <inheritdoc/>
    public ISocketClient<AnyEvents> To(SocketId socket) => Clients.To(socket);

    /// <inheritdoc/>
    public IBroadcast<AnyEvents> To(IEnumerable<SocketId> sockets) => Clients.To(sockets);

    /// <inheritdoc/>
    public IBroadcast<AnyEvents> ToUser(string userId) => Clients.ToUser(userId);

    /// <inheritdoc/>
    public IBroadcast<AnyEvents> ToUsers(IEnumerable<string> userIds) => Clients.ToUsers(userIds);

    /// <inheritdoc/>
    public IEmitter<AnyEvents> In(string path) => Clients.In(path);

    /// <inheritdoc cref="ISocketNamespace{TEvents}.Use"/>
    public IDisposable Use(Func<ISocket, Task> middleware) => Handlers.Middlewares.Add(middleware);

    /// <inheritdoc cref="ISocketNamespace{TEvents}.OnConnected"/>
    public IDisposable OnConnected(Func<ISocket, Task> handler) => Handlers.Connected.Add(handler);

    /// <inheritdoc/>
    public IDisposable On(string name, Func<ISocket, SocketArguments, Task> handler) => Handlers.On(name, handler);

    /// <inheritdoc/>
    public IDisposable On(string name, Func<ISocket, SocketArguments, Task<SocketArguments>> handler) => Handlers.On(name, handler);

    /// <inheritdoc/>
    [OverloadResolutionPriority(1)]
    public IDisposable On(string name, Func<ISocket, SocketArguments, Task<SocketArgument>> handler) => Handlers.On(name, handler);

    /// <inheritdoc/>
    public IDisposable Once(string name, Func<ISocket, SocketArguments, Task> handler) => Handlers.Once(name, handler);

    /// <inheritdoc/>
    public IDisposable Once(string name, Func<ISocket, SocketArguments, Task<SocketArguments>> handler) => Handlers.Once(name, handler);

    /// <inheritdoc/>
    [OverloadResolutionPriority(1)]
    public IDisposable Once(string name, Func<ISocket, SocketArguments, Task<SocketArgument>> handler) => Handlers.Once(name, handler);

    /// <inheritdoc cref="ISocketNamespace{TEvents}.OnAny"/>
    public IDisposable OnAny(Func<ISocket, string, SocketArguments, Task> handler) => Handlers.OnAny(handler);

    /// <summary>Adds a handler of every event in front of the other handlers of every event.</summary>
    /// <remarks>As <see cref="OnAny"/>.</remarks>
    /// <param name="handler">The handler, which receives the socket, the event's name and its arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public IDisposable PrependAny(Func<ISocket, string, SocketArguments, Task> handler) => Handlers.PrependAny(handler);

    /// <summary>The names of the events that have a handler, those of contracts included; a copy, in no particular order.</summary>
    public IReadOnlyCollection<string> EventNames => Handlers.Events.Names;

    /// <summary>Returns the number of handlers of an event; handlers of every event and those of single sockets are not counted.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <returns>The number of handlers.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public int HandlerCount(string name) => Handlers.Count(name);

    internal bool HasPattern(string path) => _pattern?.IsMatch(path) == true;

    internal ValueTask<bool> AdmitsAsync(ServerSocket socket) => _predicate is null
        ? new ValueTask<bool>(HasPattern(socket.Path))
        : _predicate(socket.Path, socket.Handshake.Auth, socket.ConnectionAborted);

    internal void Add(SocketNamespace child) => _children.TryAdd(child, true);

    internal void Remove(SocketNamespace child) => _children.TryRemove(child, out _);
}
