using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>One client over a sink.</summary>
/// <typeparam name="TEvents">The contract.</typeparam>
/// <param name="sink">The socket, or the adapter of its node.</param>
/// <param name="flags">The options for delivering events.</param>
/// <param name="timeout">The timeout for acknowledgements, or null for the default.</param>
internal sealed class ClientTarget<TEvents>(IClientSink sink, BroadcastFlags flags = BroadcastFlags.None, TimeSpan? timeout = null)
    : ISocketClient<TEvents>, IEventDataTarget
    where TEvents : class
{
    public ISocketClient<TEvents> Volatile() => new ClientTarget<TEvents>(sink, flags | BroadcastFlags.Volatile, timeout);

    public ISocketClient<TEvents> Compress(bool compress)
    {
        var cleared = flags & ~(BroadcastFlags.Compress | BroadcastFlags.NoCompress);
        var chosen = compress ? BroadcastFlags.Compress : BroadcastFlags.NoCompress;
        return new ClientTarget<TEvents>(sink, cleared | chosen, timeout);
    }

    public ISocketClient<TEvents> WithTimeout(TimeSpan timeout) =>
        new ClientTarget<TEvents>(sink, flags, AckCollector.CheckTimeout(timeout));

    public void Send<TEvent>(TEvent e)
        where TEvent : struct, ISocketEvent<TEvents>
    {
        using var buffer = PooledBuffer.Rent();
        Send(Encode(buffer, in e));
    }

    public ValueTask SendAsync<TEvent>(TEvent e, CancellationToken cancellationToken)
        where TEvent : struct, ISocketEvent<TEvents>
    {
        using var buffer = PooledBuffer.Rent();
        return SendAsync(Encode(buffer, in e), cancellationToken);
    }

    public Task<T> SendWithAckAsync<TEvent, T>(TEvent e, CancellationToken cancellationToken)
        where TEvent : struct, ISocketEvent<TEvents, T>
    {
        using var buffer = PooledBuffer.Rent();
        var acks = new AckCollector<T>(EventAckReader<TEvents, TEvent, T>.Read, cancellationToken);
        return Collect(Encode(buffer, in e), acks).SingleAsync();
    }

    public void Send(EventData data)
    {
        try
        {
            sink.Send(data, flags);
        }
        catch (ProtocolException exception)
        {
            throw exception.AsArgument();
        }
    }

    public ValueTask SendAsync(EventData data, CancellationToken cancellationToken)
    {
        try
        {
            return sink.SendAsync(data, flags, cancellationToken);
        }
        catch (ProtocolException exception)
        {
            throw exception.AsArgument();
        }
    }

    /// <summary>Sends an event without a contract and returns all arguments of its acknowledgement, not only the first.</summary>
    public Task<SocketArguments> SendAllWithAckAsync(AnyEvent e, CancellationToken cancellationToken)
    {
        using var buffer = PooledBuffer.Rent();
        var acks = new AckCollector<SocketArguments>(AnyEventWriter.ReadAll, cancellationToken, readsAll: true);
        return Collect(EventDataWriter.Encode<AnyEvents, AnyEvent>(buffer, in e), acks).SingleAsync();
    }

    private EventData Encode<TEvent>(PooledBuffer buffer, in TEvent e)
        where TEvent : struct, ISocketEvent<TEvents>
    {
        if (sink is IEventObserver observer) observer.Observe(e);
        return EventDataWriter.Encode<TEvents, TEvent>(buffer, in e);
    }

    private AckCollector<T> Collect<T>(EventData data, AckCollector<T> acks)
    {
        try
        {
            sink.SendWithAck(data, flags, timeout, acks);
            return acks;
        }
        catch (ProtocolException exception)
        {
            throw exception.AsArgument();
        }
    }
}
