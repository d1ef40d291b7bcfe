using System.Collections.Concurrent;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Namespaces;

/// <summary>One namespace of the server: its adapter, its sockets on this node, and the handlers of its events.</summary>
internal sealed class SocketNamespace
{
    private readonly ConcurrentDictionary<SocketId, ServerSocket> _sockets = new();
    private volatile bool _hasAdmitted;
    private ContractNamespace<AnyEvents>? _any;

    public SocketNamespace(
        HandlerPlace place, ServerContext server, INamespaceAdapter adapter, NamespaceHandlers handlers, NamespaceHolders holders)
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
    public IReadOnlyCollection<ISocket> Sockets => [.. _sockets.Values];

    /// <summary>The users and sockets in the rooms of the namespace, over the cluster.</summary>
    public ISocketPresence Presence => field ??= new SocketPresence(Adapter, Server.Users);

    internal ServerContext Server { get; }

    internal INamespaceAdapter Adapter { get; }

    /// <summary>The sinks of all namespaces of the server.</summary>
    internal required IEmitterSource Source { get; init; }

    /// <summary>The recovery data of clients that may reconnect, or null if recovery is disabled.</summary>
    internal SessionRecovery? Recovery { get; init; }

    internal NamespaceHandlers Handlers { get; }

    /// <summary>The filters of events, connections and disconnections, or null for none.</summary>
    internal EventPipeline? Pipeline { get; init; }

    /// <summary>The namespace by which failures of its handlers are reported.</summary>
    internal HandlerPlace Place { get; }

    /// <summary>The sockets and kept sessions that hold the namespace; a child without holders may end.</summary>
    internal NamespaceHolders Holders { get; }

    /// <summary>Gets a value indicating whether the namespace belongs to a group of dynamic namespaces.</summary>
    internal bool IsDynamic { get; init; }

    /// <summary>Gets a value indicating whether a client has been admitted.</summary>
    internal bool HasAdmitted => _hasAdmitted;

    /// <summary>Returns the namespace as a start for sending the events of a contract.</summary>
    /// <exception cref="InvalidOperationException">The type is not a contract, or is one of another namespace.</exception>
    internal ISocketNamespace<TEvents> For<TEvents>()
        where TEvents : class
    {
        CheckContract<TEvents>();
        if (typeof(TEvents) != typeof(AnyEvents)) return new ContractNamespace<TEvents>(this, Source);
        return (ISocketNamespace<TEvents>)(object)(_any
            ?? Interlocked.CompareExchange(ref _any, new ContractNamespace<AnyEvents>(this, Source), null) ?? _any);
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
        if (Pipeline is { } pipeline)
        {
            await pipeline.ConnectedAsync(Server.Handlers, socket, Handlers.Connected.Current).ConfigureAwait(false);
            return;
        }

        foreach (var handler in Handlers.Connected.Current)
            await socket.RunAsync(nameof(ISocketNamespace<AnyEvents>.OnConnected), handler, socket).ConfigureAwait(false);
    }

    internal Task DispatchAsync(ServerSocket socket, ReadOnlyMemory<byte> data, ulong? id) =>
        Server.Handlers.DispatchAsync(socket, Handlers.Events, Handlers.Guards, Pipeline, data, id);

    /// <summary>Adds a handler of the rooms of this node.</summary>
    internal IDisposable Observe(string member, RoomEventKind kind, Func<string, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Observe(member, kind, change => handler(change.Room));
    }

    /// <summary>Adds a handler of the members of the rooms of this node.</summary>
    internal IDisposable Observe(string member, RoomEventKind kind, Func<string, SocketId, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Observe(member, kind, change => handler(change.Room, change.Socket!.Value));
    }

    private IDisposable Observe(string member, RoomEventKind kind, Func<RoomEvent, Task> handler)
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
        if (IsDynamic || typeof(TEvents) == typeof(AnyEvents) || Contract<TEvents>.EventsPath == Path) return;
        throw new InvalidOperationException(
            $"{typeof(TEvents)} belongs to namespace {Contract<TEvents>.Path}, but this is namespace {Path}.");
    }

    /// <summary>Throws for a type that is not a contract.</summary>
    internal static void CheckIsContract<TEvents>()
    {
        _ = Contract<TEvents>.EventsPath;
    }
}
