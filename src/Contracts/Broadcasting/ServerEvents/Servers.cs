using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>
/// The other servers of the cluster as the receivers of a contract's events. The events are its generated extension methods.
/// </summary>
/// <remarks>
/// <para>The receivers are the servers that have the contract's namespace, except this one.</para>
/// <para>An event with a result returns the acknowledgements of all servers, like a broadcast, and the number of servers that did not
/// acknowledge. Events between servers are transmitted as JSON: bytes arrive as <c>{"type":"Buffer","data":[1,2]}</c> and dates as ISO
/// 8601 text.</para>
/// </remarks>
/// <typeparam name="TEvents">The contract, or <see cref="AnyEvents"/> for events without one.</typeparam>
public interface IServers<TEvents> : IBroadcastTarget<TEvents>
    where TEvents : class
{
    /// <summary>Sets the timeout for acknowledgements. Default: the adapter's <c>RequestsTimeout</c>, 5 seconds.</summary>
    /// <param name="timeout">The time to wait for acknowledgements after the event is sent. Must be positive and at most one day.</param>
    /// <returns>The changed target.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is not positive, or longer than one day.</exception>
    IServers<TEvents> WithTimeout(TimeSpan timeout);
}

/// <summary>Sends events to the other servers through a sink.</summary>
/// <typeparam name="TEvents">The contract.</typeparam>
/// <param name="sink">The adapter, emitter or recorder.</param>
/// <param name="timeout">The timeout for acknowledgements, or null for the default.</param>
internal sealed class Servers<TEvents>(IServerSink sink, TimeSpan? timeout = null) : IServers<TEvents>, IEventDataTarget
    where TEvents : class
{
    public IServers<TEvents> WithTimeout(TimeSpan timeout) => new Servers<TEvents>(sink, AckCollector.CheckTimeout(timeout));

    public void Send<TEvent>(TEvent e)
        where TEvent : struct, ISocketEvent<TEvents>
    {
        using var buffer = PooledBuffer.Rent();
        ((IEventDataTarget)this).Send(Encode(buffer, in e));
    }

    public ValueTask SendAsync<TEvent>(TEvent e, CancellationToken cancellationToken)
        where TEvent : struct, ISocketEvent<TEvents>
    {
        using var buffer = PooledBuffer.Rent();
        return ((IEventDataTarget)this).SendAsync(Encode(buffer, in e), cancellationToken);
    }

    public Acks<T> SendWithAck<TEvent, T>(TEvent e, CancellationToken cancellationToken)
        where TEvent : struct, ISocketEvent<TEvents, T>
    {
        using var buffer = PooledBuffer.Rent();
        return new Acks<T>(Collect(Encode(buffer, in e), EventAckReader<TEvents, TEvent, T>.Read, cancellationToken));
    }

    void IEventDataTarget.Send(EventData data) => sink.Send(Checked(data));

    ValueTask IEventDataTarget.SendAsync(EventData data, CancellationToken cancellationToken) =>
        sink.SendAsync(Checked(data), cancellationToken);

    private AckCollector<T> Collect<T>(EventData data, AckReader<T> read, CancellationToken cancellationToken)
    {
        var acks = new AckCollector<T>(read, cancellationToken) { IsOfServers = true };
        sink.SendWithAck(Checked(data), timeout, acks);
        return acks;
    }

    private EventData Encode<TEvent>(PooledBuffer buffer, in TEvent e)
        where TEvent : struct, ISocketEvent<TEvents>
    {
        if (sink is IEventObserver observer) observer.Observe(e);
        return EventDataWriter.Encode<TEvents, TEvent>(buffer, in e);
    }

    private static EventData Checked(EventData data)
    {
        if (!EventHeader.TryReadAny(data.Span, out var header) || !ServerEventName.IsReserved(header.Name)) return data;
        throw new ArgumentException($"\"{header.NameText}\" is a reserved event name");
    }
}
