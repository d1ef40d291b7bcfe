using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The other servers of a server that is alone: nobody receives, nobody is missing.</summary>
/// <param name="time">The clock of what awaits acknowledgements.</param>
internal sealed class NoServers(TimeProvider time) : IServerSink
{
    public void Send(EventData data)
    {
    }

    public ValueTask SendAsync(EventData data, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public void Ask(EventData data, TimeSpan? timeout, AckCollector acks)
    {
        acks.Count(0);
        acks.Start(time, timeout);
    }
}
