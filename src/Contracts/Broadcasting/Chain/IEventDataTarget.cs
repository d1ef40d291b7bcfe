using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Broadcasting;

/// <summary>A target of this library, to which an event without a contract is passed as encoded, without an event object.</summary>
internal interface IEventDataTarget
{
    /// <summary>Sends an event without awaiting its delivery.</summary>
    void Send(EventData data);

    /// <summary>Sends an event; completes when it is handed over.</summary>
    ValueTask SendAsync(EventData data, CancellationToken cancellationToken);
}

/// <summary>A sink that is shown each event before it is encoded, on the same thread.</summary>
internal interface IEventObserver
{
    /// <summary>Shows an event of a contract that is sent next.</summary>
    void Observe(object e);
}

/// <summary>The reader of the acknowledgements of an event.</summary>
internal static class EventAckReader<TEvents, TEvent, T>
    where TEvents : class
    where TEvent : struct, ISocketEvent<TEvents, T>
{
    public static readonly AckReader<T> Read = static (ref reader, options) => default(TEvent).ReadAck(ref reader, options);
}
