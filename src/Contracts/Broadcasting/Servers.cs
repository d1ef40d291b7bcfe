using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>The other servers of the cluster as the receivers of a contract's events, which are its generated extension methods.</summary>
/// <remarks>
/// <para>Receivers are the servers that have the contract's namespace, without this one; <c>OnServerEvent</c> of the namespace and
/// the generated <c>Handle…</c> methods on its <c>ServerEvents</c> say what they do.</para>
/// <para>An event that is acknowledged gives the acknowledgements of all of them, as a broadcast does. Between servers events
/// travel as JSON: bytes arrive as <c>{"type":"Buffer","data":[1,2]}</c> and dates as ISO 8601 text.</para>
/// </remarks>
/// <typeparam name="TEvents">The contract.</typeparam>
public readonly struct Servers<TEvents> : IBroadcastTarget<TEvents>
{
    private readonly IServerSink? _sink;
    private readonly TimeSpan? _timeout;

    internal Servers(IServerSink sink, TimeSpan? timeout = null) => (_sink, _timeout) = (sink, timeout);

    private IServerSink Sink => _sink ?? throw new InvalidOperationException(
        $"A default Servers<{typeof(TEvents).Name}> has no cluster behind it: take it from a server.");

    /// <summary>Says how long acknowledgements are awaited; without it the adapter's <c>RequestsTimeout</c>, 5 seconds.</summary>
    /// <param name="timeout">The time, counted from when the event is sent.</param>
    /// <returns>The changed target.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive, or longer than a day.</exception>
    public Servers<TEvents> WithTimeout(TimeSpan timeout) => new(Sink, AckCollector.CheckTimeout(timeout));

    /// <inheritdoc/>
    void IEventTarget<TEvents>.Send(EventData data) => Sink.Send(Checked(data));

    /// <inheritdoc/>
    ValueTask IEventTarget<TEvents>.SendAsync(EventData data, CancellationToken cancellationToken) =>
        Sink.SendAsync(Checked(data), cancellationToken);

    /// <inheritdoc/>
    Task<T> IEventTarget<TEvents>.AskAsync<T>(EventData data, AnswerReader<T> read, CancellationToken cancellationToken) =>
        Collect(data, read, cancellationToken).SingleAsync();

    /// <inheritdoc/>
    Acks<T> IBroadcastTarget<TEvents>.Ask<T>(EventData data, AnswerReader<T> read, CancellationToken cancellationToken) =>
        new(Collect(data, read, cancellationToken));

    private AckCollector<T> Collect<T>(EventData data, AnswerReader<T> read, CancellationToken cancellationToken)
    {
        var acks = new AckCollector<T>(read, cancellationToken) { IsOfServers = true };
        Sink.Ask(Checked(data), _timeout, acks);
        return acks;
    }

    private static EventData Checked(EventData data)
    {
        if (!EventHeader.TryReadAny(data.Span, out var header) || !ServerEventName.IsReserved(header.Name)) return data;
        throw new ArgumentException($"\"{header.NameText}\" is a reserved event name");
    }
}
