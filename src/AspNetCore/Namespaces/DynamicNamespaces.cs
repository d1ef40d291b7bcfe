using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Namespaces;

namespace TypedSocketRedis;

/// <summary>Namespaces that are made when a client first names them, all treated alike.</summary>
/// <remarks>
/// <para>What is added here holds for each of them, those that exist already included, and runs before what is added to one alone.
/// A handler finds the namespace it is about as <see cref="ServerSocket.Namespace"/>.</para>
/// <para>Clients can make <see cref="SocketIOOptions.MaxDynamicNamespaces"/> of them. They stay unless
/// <see cref="SocketIOOptions.CleanupEmptyChildNamespaces"/> is set; then one ends when its last socket has left.</para>
/// </remarks>
public sealed class DynamicNamespaces : ISocketEventReceiver
{
    private readonly SocketIOServer _server;
    private readonly Regex? _pattern;
    private readonly Func<string, EventArgument, CancellationToken, ValueTask<bool>>? _predicate;
    private readonly Lock _gate = new();
    private readonly HashSet<SocketNamespace> _children = [];

    internal DynamicNamespaces(SocketIOServer server, Regex pattern)
    {
        (_server, _pattern) = (server, pattern);
        Key = $"pattern {pattern}";
    }

    internal DynamicNamespaces(SocketIOServer server, Func<string, EventArgument, CancellationToken, ValueTask<bool>> predicate)
    {
        (_server, _predicate) = (server, predicate);
        Key = $"predicate {predicate.Method.DeclaringType}.{predicate.Method.Name}";
    }

    /// <summary>The namespaces that exist on this node; a copy, in no order.</summary>
    public IReadOnlyCollection<SocketNamespace> Children
    {
        get { lock (_gate) return [.. _children]; }
    }

    internal NamespaceHandlers Handlers { get; } = new();

    /// <summary>The text by which failures in these namespaces are grouped, because clients choose their names.</summary>
    internal string Key { get; }

    /// <summary>Whether the application decides about each client, and not only about the name.</summary>
    internal bool AsksForEach => _predicate is not null;

    /// <summary>The clients of every namespace that exists on this node, as the start of a chain for events without a contract.</summary>
    /// <remarks>As the JavaScript server does, each of those namespaces is broadcast to on its own. Acknowledgements and sockets
    /// cannot be asked for this way, only of one namespace.</remarks>
    /// <returns>The chain.</returns>
    public Broadcast<AnyEvents> Clients() => new(new ChildrenSink(this), BroadcastOptions.Everyone);

    /// <summary>The clients of every namespace that exists on this node, as the start of a chain.</summary>
    /// <remarks>See <see cref="Clients()"/>.</remarks>
    /// <typeparam name="TEvents">A contract; the namespace it names does not matter here.</typeparam>
    /// <returns>The chain.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract.</exception>
    public Broadcast<TEvents> Clients<TEvents>()
    {
        SocketNamespace.CheckIsContract<TEvents>();
        return new Broadcast<TEvents>(new ChildrenSink(this), BroadcastOptions.Everyone);
    }

    /// <inheritdoc cref="SocketNamespace.Use"/>
    public DynamicNamespaces Use(Func<ServerSocket, Task> middleware)
    {
        Handlers.Use(middleware);
        return this;
    }

    /// <inheritdoc cref="SocketNamespace.OnConnected"/>
    public DynamicNamespaces OnConnected(Func<ServerSocket, Task> handler)
    {
        Handlers.OnConnected(handler);
        return this;
    }

    /// <inheritdoc cref="SocketNamespace.On(string, Func{ServerSocket, EventArguments, Task})"/>
    public DynamicNamespaces On(string name, Func<ServerSocket, EventArguments, Task> handler)
    {
        Handlers.On(name, handler);
        return this;
    }

    /// <inheritdoc cref="SocketNamespace.On(string, Func{ServerSocket, EventArguments, Task{EventArguments}})"/>
    public DynamicNamespaces On(string name, Func<ServerSocket, EventArguments, Task<EventArguments>> handler)
    {
        Handlers.On(name, handler);
        return this;
    }

    /// <inheritdoc cref="SocketNamespace.OnAny"/>
    public DynamicNamespaces OnAny(Func<ServerSocket, string, EventArguments, Task> handler)
    {
        Handlers.OnAny(handler);
        return this;
    }

    /// <inheritdoc/>
    void IEventReceiver.Handle<TEvents>(EventDispatcher<TEvents> dispatcher, TEvents handler) => Handlers.Handle(dispatcher, handler);

    /// <inheritdoc/>
    void ISocketEventReceiver.Handle<TEvents, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        EventDispatcher<TEvents> dispatcher) => Handlers.Handle<TEvents, THandler>(dispatcher, _server.Services);

    internal bool HasPattern(string path) => _pattern?.IsMatch(path) == true;

    internal ValueTask<bool> AdmitsAsync(ServerSocket socket) => _predicate is null
        ? new ValueTask<bool>(HasPattern(socket.Path))
        : _predicate(socket.Path, socket.Handshake.Auth, socket.ConnectionAborted);

    internal void Add(SocketNamespace child)
    {
        lock (_gate) _children.Add(child);
    }

    internal void Remove(SocketNamespace child)
    {
        lock (_gate) _children.Remove(child);
    }
}
