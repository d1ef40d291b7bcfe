using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>The other servers of the cluster as the receivers of a contract's events, which are its generated extension methods.</summary>
/// <remarks>An event that is acknowledged gives the acknowledgements of all of them, as a broadcast does.</remarks>
/// <typeparam name="TEvents">The contract.</typeparam>
public readonly struct Servers<TEvents> : IBroadcastTarget<TEvents>
{
    private readonly IBroadcastSink? _sink;
    private readonly BroadcastOptions? _options;

    internal Servers(IBroadcastSink sink, BroadcastOptions options) => (_sink, _options) = (sink, options);

    private IBroadcastSink Sink => _sink ?? throw new InvalidOperationException(
        $"A default Servers<{typeof(TEvents).Name}> has no cluster behind it: take it from a server.");

    private BroadcastOptions Options => _options ?? BroadcastOptions.Everyone;

    /// <summary>Says how long acknowledgements are awaited; 10 seconds without it.</summary>
    /// <param name="timeout">The time, counted from when the event is sent.</param>
    /// <returns>The changed target.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive, or longer than a day.</exception>
    public Servers<TEvents> WithTimeout(TimeSpan timeout) =>
        new(Sink, Options with { Timeout = AckCollector.CheckTimeout(timeout) });

    /// <inheritdoc/>
    void IEventTarget<TEvents>.Send(EventData data) => Sink.Broadcast(data, Options);

    /// <inheritdoc/>
    ValueTask IEventTarget<TEvents>.SendAsync(EventData data, CancellationToken cancellationToken) =>
        Sink.BroadcastAsync(data, Options, cancellationToken);

    /// <inheritdoc/>
    Task<T> IEventTarget<TEvents>.AskAsync<T>(EventData data, AnswerReader<T> read, CancellationToken cancellationToken) =>
        Collect(data, read, cancellationToken).SingleAsync();

    /// <inheritdoc/>
    Acks<T> IBroadcastTarget<TEvents>.Ask<T>(EventData data, AnswerReader<T> read, CancellationToken cancellationToken) =>
        new(Collect(data, read, cancellationToken));

    private AckCollector<T> Collect<T>(EventData data, AnswerReader<T> read, CancellationToken cancellationToken)
    {
        var acks = new AckCollector<T>(read, cancellationToken);
        Sink.Ask(data, Options, acks);
        return acks;
    }
}
