using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Namespaces;

/// <summary>A namespace as a start for sending the events of a contract.</summary>
/// <typeparam name="TEvents">The contract.</typeparam>
/// <param name="ns">The namespace.</param>
/// <param name="source">The sinks of all namespaces of the server.</param>
internal sealed class ContractNamespace<TEvents>(SocketNamespace ns, IEmitterSource source) : ISocketNamespace<TEvents>, IHandledNamespace
    where TEvents : class
{
    private readonly Emitter<TEvents> _emitter = new(source, ns.Adapter);

    public string Path => ns.Path;

    public IReadOnlyCollection<ISocket> Sockets => ns.Sockets;

    /// <summary>The namespace behind the facade.</summary>
    internal SocketNamespace Inner => ns;

    public ISocketPresence Presence => ns.Presence;

    public NamespaceHandlers Handlers => ns.Handlers;

    public IReadOnlyCollection<string> EventNames => ns.Handlers.Events.Names;

    public IReadOnlyCollection<string> ServerEventNames => ns.Adapter.ServerEvents.EventNames;

    public IBroadcast<TEvents> All => _emitter.All;

    public IBroadcast<TEvents> To(string room) => _emitter.To(room);

    public IBroadcast<TEvents> To(IEnumerable<string> rooms) => _emitter.To(rooms);

    public ISocketClient<TEvents> To(SocketId socket) => _emitter.To(socket);

    public IBroadcast<TEvents> To(IEnumerable<SocketId> sockets) => _emitter.To(sockets);

    public IBroadcast<TEvents> ToUser(string userId) => _emitter.ToUser(userId);

    public IBroadcast<TEvents> ToUsers(IEnumerable<string> userIds) => _emitter.ToUsers(userIds);

    public IEmitter<TEvents> In(string path) => _emitter.In(path);

    public IDisposable Use(Func<ISocket, Task> middleware) => ns.Handlers.Middlewares.Add(middleware);

    public IDisposable OnConnected(Func<ISocket, Task> handler) => ns.Handlers.Connected.Add(handler);

    public IDisposable On(string name, Func<ISocket, SocketArguments, Task> handler) => ns.Handlers.On(name, handler);

    public IDisposable On(string name, Func<ISocket, SocketArguments, Task<SocketArguments>> handler) => ns.Handlers.On(name, handler);

    public IDisposable On(string name, Func<ISocket, SocketArguments, Task<SocketArgument>> handler) => ns.Handlers.On(name, handler);

    public IDisposable Once(string name, Func<ISocket, SocketArguments, Task> handler) => ns.Handlers.Once(name, handler);

    public IDisposable Once(string name, Func<ISocket, SocketArguments, Task<SocketArguments>> handler) => ns.Handlers.Once(name, handler);

    public IDisposable Once(string name, Func<ISocket, SocketArguments, Task<SocketArgument>> handler) => ns.Handlers.Once(name, handler);

    public IDisposable OnAny(Func<ISocket, string, SocketArguments, Task> handler) => ns.Handlers.OnAny(handler);

    public IDisposable PrependAny(Func<ISocket, string, SocketArguments, Task> handler) => ns.Handlers.PrependAny(handler);

    public IDisposable OnRoomCreated(Func<string, Task> handler) => ns.Observe(nameof(OnRoomCreated), RoomEventKind.Created, handler);

    public IDisposable OnRoomDeleted(Func<string, Task> handler) => ns.Observe(nameof(OnRoomDeleted), RoomEventKind.Deleted, handler);

    public IDisposable OnRoomJoined(Func<string, SocketId, Task> handler) =>
        ns.Observe(nameof(OnRoomJoined), RoomEventKind.Joined, handler);

    public IDisposable OnRoomLeft(Func<string, SocketId, Task> handler) => ns.Observe(nameof(OnRoomLeft), RoomEventKind.Left, handler);

    public int HandlerCount(string name) => ns.Handlers.Count(name);

    public IServers<AnyEvents> Servers() => new Servers<AnyEvents>(ns.Adapter.Servers);

    public IDisposable OnServerEvent(string name, Func<SocketArguments, Task> handler) => ns.Adapter.ServerEvents.On(name, handler);

    public IDisposable OnServerEvent(string name, Func<SocketArguments, Task<SocketArguments>> handler) =>
        ns.Adapter.ServerEvents.On(name, handler);

    public IDisposable OnServerEvent(string name, Func<SocketArguments, Task<SocketArguments?>> handler) =>
        ns.Adapter.ServerEvents.On(name, handler);

    public IDisposable OnceServerEvent(string name, Func<SocketArguments, Task> handler) =>
        ns.Adapter.ServerEvents.Once(name, handler);

    public IDisposable OnceServerEvent(string name, Func<SocketArguments, Task<SocketArguments>> handler) =>
        ns.Adapter.ServerEvents.Once(name, handler);

    public IDisposable OnceServerEvent(string name, Func<SocketArguments, Task<SocketArguments?>> handler) =>
        ns.Adapter.ServerEvents.Once(name, handler);

    public int ServerEventHandlerCount(string name) => ns.Adapter.ServerEvents.HandlerCount(name);

    public Task<int> ServerCountAsync(CancellationToken cancellationToken) => ns.Adapter.ServerCountAsync(cancellationToken);

    public Task<FetchedRooms> AllRoomsAsync(CancellationToken cancellationToken) => ns.Adapter.AllRoomsAsync(cancellationToken);
}
