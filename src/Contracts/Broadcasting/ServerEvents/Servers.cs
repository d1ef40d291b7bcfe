using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>
/// The other servers of the cluster as the receivers of a contract's events. The events are its generated extension methods.
/// </summary>
/// <remarks>
/// <para>The receivers are the servers that have the contract's namespace, except this one. Their handlers are added by
/// <c>OnServerEvent</c> of the namespace and by the generated <c>Handle…</c> methods on its <c>ServerEvents</c>.</para>
/// <para>An event with acknowledgements returns those of all servers, like a broadcast. Events between servers are transmitted as JSON:
/// bytes arrive as <c>{"type":"Buffer","data":[1,2]}</c> and dates as ISO 8601 text.</para>
/// </remarks>
/// <typeparam name="TEvents">The contract.</typeparam>
public readonly struct Servers<TEvents> : IBroadcastTarget<TEvents>
{
    private readonly IServerSink? _sink;
    private readonly TimeSpan? _timeout;

    internal Servers(IServerSink sink, TimeSpan? timeout = null) => (_sink, _timeout) = (sink, timeout);

    private IServerSink Sink => _sink ?? throw new InvalidOperationException(
        $"A default Servers<{typeof(TEvents).Name}> has no cluster; get it from a server.");

    /// <summary>Sets the timeout for acknowledgements. Default: the adapter's <c>RequestsTimeout</c>, 5 seconds.</summary>
    /// <param name="timeout">The time to wait for acknowledgements after the event is sent. Must be positive and at most one day.</param>
    /// <returns>The changed target.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is not positive, or longer than one day.</exception>
    public Servers<TEvents> WithTimeout(TimeSpan timeout) => new(Sink, AckCollector.CheckTimeout(timeout));

    /// <inheritdoc/>
    void IEventTarget<TEvents>.Send(EventData data) => Sink.Send(Checked(data));

    /// <inheritdoc/>
    ValueTask IEventTarget<TEvents>.SendAsync(EventData data, CancellationToken cancellationToken) =>
        Sink.SendAsync(Checked(data), cancellationToken);

    /// <inheritdoc/>
    Task<T> IEventTarget<TEvents>.SendWithAckAsync<T>(EventData data, AckReader<T> read, CancellationToken cancellationToken) =>
        Collect(data, read, cancellationToken).SingleAsync();

    /// <inheritdoc/>
    Acks<T> IBroadcastTarget<TEvents>.SendWithAck<T>(EventData data, AckReader<T> read, CancellationToken cancellationToken) =>
        new(Collect(data, read, cancellationToken));

    private AckCollector<T> Collect<T>(EventData data, AckReader<T> read, CancellationToken cancellationToken)
    {
        var acks = new AckCollector<T>(read, cancellationToken) { IsOfServers = true };
        Sink.SendWithAck(Checked(data), _timeout, acks);
        return acks;
    }

    private static EventData Checked(EventData data)
    {
        if (!EventHeader.TryReadAny(data.Span, out var header) || !ServerEventName.IsReserved(header.Name)) return data;
        throw new ArgumentException($"\"{header.NameText}\" is a reserved event name");
    }
}
