using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>One client as the receiver of a contract's events. The events are its generated extension methods.</summary>
/// <remarks>
/// <para>Events sent to the client, and events broadcast to it, arrive in the order of the calls.</para>
/// <para>An event with an acknowledgement returns a task for that acknowledgement. It fails with an <see cref="AckException"/> if the
/// client does not acknowledge in time, disconnects, or sends a value of another form.</para>
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
        $"A default SocketClient<{typeof(TEvents).Name}> has no client; get it from a socket.");

    /// <summary>Allows the event to be dropped if the client is not ready to receive it.</summary>
    /// <returns>The changed receiver.</returns>
    public SocketClient<TEvents> Volatile() => new(Sink, _flags | BroadcastFlags.Volatile, _timeout);

    /// <summary>Allows or forbids the transport to compress the event.</summary>
    /// <param name="compress">True to allow compression, false to forbid it.</param>
    /// <returns>The changed receiver.</returns>
    public SocketClient<TEvents> Compress(bool compress = true)
    {
        var flags = _flags & ~(BroadcastFlags.Compress | BroadcastFlags.NoCompress);
        return new SocketClient<TEvents>(Sink, flags | (compress ? BroadcastFlags.Compress : BroadcastFlags.NoCompress), _timeout);
    }

    /// <summary>Sets the timeout for the acknowledgement. Default: 10 seconds.</summary>
    /// <param name="timeout">The time to wait for the acknowledgement after the event is sent. Must be positive and at most one
    /// day.</param>
    /// <returns>The changed receiver.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is not positive, or longer than one day.</exception>
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
    Task<T> IEventTarget<TEvents>.SendWithAckAsync<T>(EventData data, AckReader<T> read, CancellationToken cancellationToken) =>
        SendWithAckAsync(data, new AckCollector<T>(read, cancellationToken));

    /// <summary>Sends an event and returns all arguments of its acknowledgement, not only the first.</summary>
    internal Task<SocketArguments> SendWithAckAsync(EventData data, CancellationToken cancellationToken) =>
        SendWithAckAsync(data, new AckCollector<SocketArguments>(AnyEventWriter.ReadAll, cancellationToken, readsAll: true));

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

    private Task<T> SendWithAckAsync<T>(EventData data, AckCollector<T> acks)
    {
        try
        {
            Sink.SendWithAck(data, _flags, _timeout, acks);
            return acks.SingleAsync();
        }
        catch (ProtocolException exception)
        {
            throw exception.AsArgument();
        }
    }
}
