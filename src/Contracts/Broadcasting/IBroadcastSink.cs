using System.Collections.Immutable;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>Where a <see cref="Broadcast{TEvents}"/> chain ends: a server's adapter or an emitter.</summary>
internal interface IBroadcastSink
{
    /// <summary>Whether there are clients on this node, so that a broadcast can be kept local.</summary>
    bool HasLocalClients { get; }

    /// <summary>Broadcasts and forgets: never blocks, never throws for a full queue or a lost Redis.</summary>
    void Broadcast(EventData data, BroadcastOptions options);

    /// <summary>Broadcasts; completes when local queues hold the event and Redis accepted it.</summary>
    ValueTask BroadcastAsync(EventData data, BroadcastOptions options, CancellationToken cancellationToken);

    /// <summary>Broadcasts an event that is to be acknowledged, tells the collector who answers what, and starts its clock.</summary>
    /// <exception cref="NotSupportedException">Nobody's acknowledgement could come back here.</exception>
    void Ask(EventData data, BroadcastOptions options, AckCollector acks);

    /// <summary>Throws where acknowledgements can never be received; <see cref="Ask"/> does the same.</summary>
    /// <exception cref="NotSupportedException">Acknowledgements are not supported.</exception>
    void CheckAcks()
    {
    }

    /// <summary>Throws where sockets can never be fetched; <see cref="FetchSocketsAsync"/> does the same.</summary>
    /// <exception cref="NotSupportedException">Fetching is not supported.</exception>
    void CheckFetch()
    {
    }

    /// <summary>The sockets a target selects, of this node and of all that answer in time.</summary>
    /// <exception cref="NotSupportedException">No answer could come back here.</exception>
    Task<FetchedSockets> FetchSocketsAsync(BroadcastOptions target, CancellationToken cancellationToken);

    /// <summary>Puts a target's sockets into rooms; completes when this node's are in and Redis accepted the request.</summary>
    ValueTask SocketsJoinAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken);

    /// <summary>Takes a target's sockets out of rooms; completes as joining does.</summary>
    ValueTask SocketsLeaveAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken);

    /// <summary>Disconnects a target's sockets; completes as joining does.</summary>
    ValueTask DisconnectSocketsAsync(BroadcastOptions target, bool close, CancellationToken cancellationToken);
}
