using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>Where a <see cref="SocketClient{TEvents}"/> ends: one client.</summary>
internal interface IClientSink
{
    /// <summary>Sends and forgets: never blocks, never throws for a client that is gone.</summary>
    void Send(EventData data, BroadcastFlags flags);

    /// <summary>Sends; completes when the client's queue holds the event, or Redis accepted it for a client of another node.</summary>
    ValueTask SendAsync(EventData data, BroadcastFlags flags, CancellationToken cancellationToken)
    {
        Send(data, flags);
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends an event that is to be acknowledged, tells the collector, and starts its clock.</summary>
    void Ask(EventData data, BroadcastFlags flags, TimeSpan? timeout, AckCollector acks);
}
