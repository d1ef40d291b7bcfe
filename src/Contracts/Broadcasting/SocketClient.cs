using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>One client as the receiver of a contract's events, which are its generated extension methods.</summary>
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
    private readonly BroadcastFlags _flags;

    internal SocketClient(IClientSink sink, BroadcastFlags flags = BroadcastFlags.None, TimeSpan? timeout = null) =>
        (_sink, _flags, _timeout) = (sink, flags, timeout);

    private IClientSink Sink => _sink ?? throw new InvalidOperationException(
        $"A default SocketClient<{typeof(TEvents).Name}> has no client behind it: take it from a socket.");

    /// <summary>Lets the event be dropped when the client is not ready to receive it.</summary>
    /// <returns>The changed receiver.</returns>
    public SocketClient<TEvents> Volatile() => new(Sink, _flags | BroadcastFlags.Volatile, _timeout);

    /// <summary>Says whether the transport may compress the event.</summary>
    /// <param name="compress">Whether it may.</param>
    /// <returns>The changed receiver.</returns>
    public SocketClient<TEvents> Compress(bool compress = true)
    {
        var flags = _flags & ~(BroadcastFlags.Compress | BroadcastFlags.NoCompress);
        return new SocketClient<TEvents>(Sink, flags | (compress ? BroadcastFlags.Compress : BroadcastFlags.NoCompress), _timeout);
    }

    /// <summary>Says how long an acknowledgement is awaited; 10 seconds without it.</summary>
    /// <param name="timeout">The time, counted from when the event is sent.</param>
    /// <returns>The changed receiver.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive, or longer than a day.</exception>
    public SocketClient<TEvents> WithTimeout(TimeSpan timeout) => new(Sink, _flags, AckCollector.CheckTimeout(timeout));

    /// <inheritdoc/>
    void IEventTarget<TEvents>.Send(EventData data) => Send(data);

    /// <inheritdoc/>
    ValueTask IEventTarget<TEvents>.SendAsync(EventData data, CancellationToken cancellationToken)
    {
        Send(data);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    Task<T> IEventTarget<TEvents>.AskAsync<T>(EventData data, AnswerReader<T> read, CancellationToken cancellationToken) =>
        AskAsync(data, new AckCollector<T>(read, cancellationToken));

    /// <summary>Sends an event and gives all arguments of its acknowledgement, not only the first.</summary>
    internal Task<EventArguments> AskAllAsync(EventData data, CancellationToken cancellationToken) =>
        AskAsync(data, new AckCollector<EventArguments>(AnyEventWriter.ReadAll, cancellationToken, readsAll: true));

    private void Send(EventData data)
    {
        try
        {
            Sink.Send(data, _flags);
        }
        catch (ProtocolException exception)
        {
            throw exception.AsArgument();
        }
    }

    private Task<T> AskAsync<T>(EventData data, AckCollector<T> acks)
    {
        try
        {
            Sink.Ask(data, _flags, _timeout, acks);
            return acks.SingleAsync();
        }
        catch (ProtocolException exception)
        {
            throw exception.AsArgument();
        }
    }
}
