using System.Collections.Immutable;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The sink of a <see cref="IBroadcast{TEvents}"/> chain: a server's adapter or an emitter.</summary>
internal interface IBroadcastSink
{
    /// <summary>Gets a value indicating whether clients can be connected to this node, so that a broadcast can be kept local.</summary>
    bool HasLocalClients { get; }

    /// <summary>The rooms of users, whose names a chain refuses.</summary>
    UserRooms Users => UserRooms.None;

    /// <summary>
    /// Broadcasts without awaiting the delivery; never blocks, and never throws for a full queue or a lost Redis connection.
    /// </summary>
    void Broadcast(EventData data, BroadcastOptions options);

    /// <summary>Broadcasts; completes when local queues contain the event and Redis has accepted it.</summary>
    ValueTask BroadcastAsync(EventData data, BroadcastOptions options, CancellationToken cancellationToken);

    /// <summary>
    /// Broadcasts an event that requests acknowledgements, reports receivers and acknowledgements to the collector, and starts its
    /// timeout.
    /// </summary>
    /// <exception cref="NotSupportedException">Acknowledgements are not supported.</exception>
    void SendWithAck(EventData data, BroadcastOptions options, AckCollector acks);

    /// <summary>Throws where acknowledgements can never be received; <see cref="SendWithAck"/> does the same.</summary>
    /// <exception cref="NotSupportedException">Acknowledgements are not supported.</exception>
    void CheckAcks()
    {
    }

    /// <summary>Throws where sockets can never be fetched; <see cref="FetchSocketsAsync"/> does the same.</summary>
    /// <exception cref="NotSupportedException">Fetching is not supported.</exception>
    void CheckFetch()
    {
    }

    /// <summary>Fetches the sockets that a target selects, from this node and all nodes that respond in time.</summary>
    /// <exception cref="NotSupportedException">Fetching is not supported.</exception>
    Task<FetchedSockets> FetchSocketsAsync(BroadcastOptions target, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a target's sockets to rooms; completes when those of this node have joined and Redis has accepted the request.
    /// </summary>
    ValueTask SocketsJoinAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a target's sockets from rooms; completes when those of this node have left and Redis has accepted the request.
    /// </summary>
    ValueTask SocketsLeaveAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken);

    /// <summary>
    /// Disconnects a target's sockets; completes when those of this node are disconnected and Redis has accepted the request.
    /// </summary>
    ValueTask DisconnectSocketsAsync(BroadcastOptions target, bool close, CancellationToken cancellationToken);
}
