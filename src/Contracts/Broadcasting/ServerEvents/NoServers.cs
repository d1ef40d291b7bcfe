using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The sink for the other servers of a single server: events have no receivers, and no acknowledgement is missing.</summary>
/// <param name="time">The clock of acknowledgement timeouts.</param>
internal sealed class NoServers(TimeProvider time) : IServerSink
{
    public void Send(EventData data)
    {
    }

    public ValueTask SendAsync(EventData data, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public void SendWithAck(EventData data, TimeSpan? timeout, AckCollector acks)
    {
        acks.Count(0);
        acks.Start(time, timeout);
    }
}
