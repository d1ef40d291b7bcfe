using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The sink of a <see cref="ISocketClient{TEvents}"/>: one client.</summary>
internal interface IClientSink
{
    /// <summary>Sends without awaiting the delivery; never blocks, and never throws for a disconnected client.</summary>
    void Send(EventData data, BroadcastFlags flags);

    /// <summary>
    /// Sends; completes when the client's queue contains the event, or Redis has accepted it for a client of another node.
    /// </summary>
    ValueTask SendAsync(EventData data, BroadcastFlags flags, CancellationToken cancellationToken)
    {
        Send(data, flags);
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends an event that requests an acknowledgement, reports it to the collector, and starts its timeout.</summary>
    void SendWithAck(EventData data, BroadcastFlags flags, TimeSpan? timeout, AckCollector acks);
}
