using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis;

/// <summary>A snapshot of one socket of any node of the cluster, taken when it was fetched.</summary>
/// <remarks>Requests are sent to the node of the socket; they have no effect if the socket has disconnected in the meantime.</remarks>
public sealed class RemoteSocket
{
    private readonly IBroadcastSink _sink;
    private readonly BroadcastOptions _alone;

    internal RemoteSocket(IBroadcastSink sink, in SocketDescription socket)
    {
        (_sink, Id, Handshake, Rooms, Data) = (sink, socket.Id, socket.Handshake, socket.Rooms, socket.Data);
        _alone = BroadcastOptions.Everyone with { Rooms = [Id.ToString()] };
    }

    /// <summary>The socket's id, which is also the name of the room that contains only this socket.</summary>
    public SocketId Id { get; }

    /// <summary>The data that its client sent when it connected.</summary>
    public Handshake Handshake { get; }

    /// <summary>The rooms of the socket, in the order in which it joined them.</summary>
    public IReadOnlyList<string> Rooms { get; }

    /// <summary>The data of the socket, its <c>Data</c> on its node, or null if that node sent none.</summary>
    /// <remarks>
    /// It is transmitted between nodes as JSON: dates arrive as ISO 8601 text and bytes as <c>{"type":"Buffer","data":[…]}</c>, whatever
    /// their original form.
    /// </remarks>
    public SocketArgument Data { get; }

    /// <summary>Returns this client as the receiver of a contract's events.</summary>
    /// <typeparam name="TEvents">A contract of the namespace it was fetched from.</typeparam>
    /// <returns>The receiver.</returns>
    public ISocketClient<TEvents> Client<TEvents>()
        where TEvents : class => new ClientTarget<TEvents>(new RemoteClientSink(_sink, _alone));

    /// <summary>Returns this client as the receiver of events without a contract.</summary>
    /// <returns>The receiver.</returns>
    public ISocketClient<AnyEvents> Client() => Client<AnyEvents>();

    /// <summary>Adds the socket to rooms.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <returns>A task that completes when Redis has accepted the request, or the socket has joined if it is on this node.</returns>
    /// <exception cref="ArgumentNullException">A room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user, or has more than 1,088 characters.</exception>
    public ValueTask JoinAsync(params ReadOnlySpan<string> rooms) =>
        _sink.SocketsJoinAsync(_alone, _sink.Users.Checked(RoomNames.ToJoin(rooms.ToArray())), CancellationToken.None);

    /// <summary>Removes the socket from rooms.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <returns>A task that completes when Redis has accepted the request.</returns>
    /// <exception cref="ArgumentNullException">A room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    public ValueTask LeaveAsync(params ReadOnlySpan<string> rooms) =>
        _sink.SocketsLeaveAsync(_alone, _sink.Users.Checked(RoomNames.Of(rooms)), CancellationToken.None);

    /// <summary>Disconnects the client from the namespace, or closes its connection.</summary>
    /// <param name="close">True to also close its connection, with all its namespaces.</param>
    /// <returns>A task that completes when Redis has accepted the request.</returns>
    public ValueTask DisconnectAsync(bool close = false) => _sink.DisconnectSocketsAsync(_alone, close, CancellationToken.None);
}
