using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>Where <see cref="Servers{TEvents}"/> ends: the other servers that have the namespace.</summary>
internal interface IServerSink
{
    /// <summary>Sends and forgets: never blocks, never throws for a lost Redis.</summary>
    void Send(EventData data);

    /// <summary>Sends; completes when Redis, if there is one, accepted the event.</summary>
    ValueTask SendAsync(EventData data, CancellationToken cancellationToken);

    /// <summary>Sends an event that each of them is to acknowledge, tells the collector who answers what, and starts its clock.</summary>
    /// <param name="data">The event, lent for this call.</param>
    /// <param name="timeout">How long is waited; null: what the adapter's options say.</param>
    /// <param name="acks">Who waits.</param>
    /// <exception cref="NotSupportedException">Nobody's acknowledgement could come back here.</exception>
    void Ask(EventData data, TimeSpan? timeout, AckCollector acks);
}
