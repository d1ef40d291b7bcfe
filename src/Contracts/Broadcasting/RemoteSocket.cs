using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis;

/// <summary>One socket of any node of the cluster, as it was when it was fetched.</summary>
/// <remarks>What is done to it travels to the node that has it; nothing happens when it has gone meanwhile.</remarks>
public sealed class RemoteSocket
{
    private readonly IBroadcastSink _sink;
    private readonly BroadcastOptions _alone;

    internal RemoteSocket(IBroadcastSink sink, SocketId id, Handshake handshake, ImmutableArray<string> rooms, EventArgument data)
    {
        (_sink, Id, Handshake, Rooms, Data) = (sink, id, handshake, rooms, data);
        _alone = BroadcastOptions.Everyone with { Rooms = [id.ToString()] };
    }

    /// <summary>The socket's id, which is also the name of the room in which it is alone.</summary>
    public SocketId Id { get; }

    /// <summary>What its client told when it connected.</summary>
    public Handshake Handshake { get; }

    /// <summary>The rooms it was in, in the order it joined them.</summary>
    public IReadOnlyList<string> Rooms { get; }

    /// <summary>What its node kept for it as <c>Data</c>; null when that node told nothing.</summary>
    /// <remarks>Between nodes it travels as JSON: dates come as ISO 8601 text and bytes as <c>{"type":"Buffer","data":[…]}</c>,
    /// whichever way they were kept.</remarks>
    public EventArgument Data { get; }

    /// <summary>This client alone, as a receiver of a contract's events.</summary>
    /// <typeparam name="TEvents">A contract of the namespace it was fetched from.</typeparam>
    /// <returns>The receiver.</returns>
    public SocketClient<TEvents> Client<TEvents>() => new(new RemoteClientSink(_sink, _alone));

    /// <summary>This client alone, as a receiver of events without a contract.</summary>
    /// <returns>The receiver.</returns>
    public SocketClient<AnyEvents> Client() => Client<AnyEvents>();

    /// <summary>Puts the socket into rooms.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <returns>Completes when Redis accepted the request; when the socket is on this node, when it has joined.</returns>
    /// <exception cref="ArgumentNullException">A room is null.</exception>
    public ValueTask JoinAsync(params ReadOnlySpan<string> rooms) =>
        _sink.SocketsJoinAsync(_alone, RoomNames.Of(rooms), CancellationToken.None);

    /// <summary>Takes the socket out of rooms.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <returns>Completes when Redis accepted the request.</returns>
    /// <exception cref="ArgumentNullException">A room is null.</exception>
    public ValueTask LeaveAsync(params ReadOnlySpan<string> rooms) =>
        _sink.SocketsLeaveAsync(_alone, RoomNames.Of(rooms), CancellationToken.None);

    /// <summary>Disconnects the client from the namespace, or altogether.</summary>
    /// <param name="close">Whether its connection, with all its namespaces, is closed as well.</param>
    /// <returns>Completes when Redis accepted the request.</returns>
    public ValueTask DisconnectAsync(bool close = false) => _sink.DisconnectSocketsAsync(_alone, close, CancellationToken.None);
}
