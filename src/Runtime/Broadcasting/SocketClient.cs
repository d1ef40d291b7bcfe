using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>One client of this node as the receiver of a contract's events, which are its generated extension methods.</summary>
/// <remarks>
/// <para>What is sent to it, and what is broadcast to it, arrives in the order of the calls.</para>
/// <para>An event that is acknowledged gives a task with that one acknowledgement. It fails with an
/// <see cref="AckException"/> when the client does not acknowledge in time, disconnects, or sends a value of another form.</para>
/// </remarks>
/// <typeparam name="TEvents">The contract.</typeparam>
public readonly struct SocketClient<TEvents> : IEventTarget<TEvents>
{
    private readonly IClientSink? _sink;
    private readonly TimeSpan? _timeout;

    internal SocketClient(IClientSink sink, TimeSpan? timeout = null) => (_sink, _timeout) = (sink, timeout);

    private IClientSink Sink => _sink ?? throw new InvalidOperationException(
        $"A default SocketClient<{typeof(TEvents).Name}> has no client behind it: take it from a socket.");

    /// <summary>Says how long an acknowledgement is awaited; 10 seconds without it.</summary>
    /// <param name="timeout">The time, counted from when the event is sent.</param>
    /// <returns>The changed receiver.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive, or longer than a day.</exception>
    public SocketClient<TEvents> WithTimeout(TimeSpan timeout) => new(Sink, AckCollector.CheckTimeout(timeout));

    /// <inheritdoc/>
    void IEventTarget<TEvents>.Send(EventData data) => Sink.Send(data);

    /// <inheritdoc/>
    ValueTask IEventTarget<TEvents>.SendAsync(EventData data, CancellationToken cancellationToken)
    {
        Sink.Send(data);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    Task<T> IEventTarget<TEvents>.AskAsync<T>(EventData data, AnswerReader<T> read, CancellationToken cancellationToken)
    {
        var acks = new AckCollector<T>(read, cancellationToken);
        Sink.Ask(data, _timeout, acks);
        return acks.SingleAsync();
    }
}
