using Microsoft.Extensions.DependencyInjection;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The sinks of all namespaces, by which an emitter reaches another namespace.</summary>
internal interface IEmitterSource
{
    /// <summary>Returns the sink of a namespace, whose name has its leading slash.</summary>
    IBroadcastSink SinkOf(string path);

    /// <summary>Returns the exception for a server and an emitter with the same service key, or both without one.</summary>
    static InvalidOperationException Taken(string? key) => new(
        (key is null
            ? "AddSocketIO and AddSocketIOEmitter were called for the same services. "
            : $"AddSocketIO and AddKeyedSocketIOEmitter were called for the same services with the name \"{key}\". ")
        + "IEmitter<T> is that of the server, which reaches the clients of all nodes. Remove the emitter, or add it with a key of its own: "
        + "AddKeyedSocketIOEmitter(\"other\").");
}

/// <summary>Selects sockets of one namespace.</summary>
/// <typeparam name="TEvents">The contract.</typeparam>
/// <param name="source">The sinks of all namespaces.</param>
/// <param name="sink">The sink of the namespace.</param>
internal sealed class Emitter<TEvents>(IEmitterSource source, IBroadcastSink sink) : IEmitter<TEvents>
    where TEvents : class
{
    /// <summary>Creates the emitter of a contract as a service.</summary>
    /// <param name="source">The server or emitter of the application that has the same service key, if any.</param>
    /// <exception cref="InvalidOperationException">The type is not a contract of events for clients.</exception>
    public Emitter([FromKeyedServices] IEmitterSource source)
        : this(source, source.SinkOf(Contract<TEvents>.EventsPath))
    {
    }

    private readonly Selection<TEvents> _all = new(sink);

    public IBroadcast<TEvents> All => _all;

    public IBroadcast<TEvents> To(string room) => _all.InRoom(room);

    public IBroadcast<TEvents> To(IEnumerable<string> rooms) => _all.InRooms(rooms);

    public ISocketClient<TEvents> To(SocketId socket) =>
        new ClientTarget<TEvents>(new RemoteClientSink(sink, BroadcastOptions.Everyone with { Rooms = [RoomNames.Of(socket)] }));

    public IBroadcast<TEvents> To(IEnumerable<SocketId> sockets)
    {
        ArgumentNullException.ThrowIfNull(sockets);
        return _all.In(RoomNames.Of(sockets.Select(RoomNames.Of)));
    }

    public IBroadcast<TEvents> ToUser(string userId) => _all.In([sink.Users.Of(userId)]);

    public IBroadcast<TEvents> ToUsers(IEnumerable<string> userIds) => _all.In(sink.Users.Of(userIds));

    public IEmitter<TEvents> In(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new Emitter<TEvents>(source, source.SinkOf(NamespacePath.Normalize(path)));
    }
}
