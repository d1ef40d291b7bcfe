using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The sink of <see cref="Servers{TEvents}"/>: the other servers that have the namespace.</summary>
internal interface IServerSink
{
    /// <summary>Sends without awaiting the delivery; never blocks, and never throws for a lost Redis connection.</summary>
    void Send(EventData data);

    /// <summary>Sends; completes when Redis, if configured, has accepted the event.</summary>
    ValueTask SendAsync(EventData data, CancellationToken cancellationToken);

    /// <summary>
    /// Sends an event that requests an acknowledgement from each server, reports them to the collector, and starts its timeout.
    /// </summary>
    /// <param name="data">The event, valid until the call returns.</param>
    /// <param name="timeout">The timeout, or null for the one in the adapter's options.</param>
    /// <param name="acks">The collector of the acknowledgements.</param>
    /// <exception cref="NotSupportedException">Acknowledgements are not supported.</exception>
    void SendWithAck(EventData data, TimeSpan? timeout, AckCollector acks);
}
