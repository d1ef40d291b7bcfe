using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>The messages of an emitter in one namespace, held while it subscribes to responses.</summary>
/// <remarks>
/// The first request subscribes, and must not be published before Redis has confirmed that: its responses would be lost. Messages that
/// follow it are held behind it, bounded, so that all arrive in the order in which they were sent.
/// </remarks>
/// <param name="bus">The connection to the servers.</param>
/// <param name="report">The report of messages that reach no server.</param>
internal sealed class EmitterPublisher(IRedisBus bus, EmitterReport report) : IBusPublisher
{
    private readonly PublishHold _hold = Begun(bus);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _hasRequests;

    /// <summary>Holds the messages from now on, until <see cref="Release"/>; later calls have no effect.</summary>
    public void Hold() => _hasRequests = true;

    /// <summary>Publishes the held messages, and holds no further ones.</summary>
    public void Release()
    {
        _hold.Release();
        _released.TrySetResult();
    }

    public bool Publish(RedisChannel channel, byte[] message)
    {
        if (!_hasRequests || !_hold.TryHold(channel, message, out bool isAccepted)) return bus.Publish(channel, message);
        if (!isAccepted) report.Metrics.PublishFailed();
        return isAccepted;
    }

    public Task<long> PublishAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken) =>
        _hasRequests && _hold.TryHold(channel, message, out Task<long> published)
            ? published.WaitAsync(cancellationToken)
            : bus.PublishAsync(channel, message, cancellationToken);

    public async Task ProcessedAsync(IReadOnlyCollection<RedisChannel> former, IReadOnlyCollection<RedisChannel> next)
    {
        // What is held is not published yet.
        if (_hasRequests) await _released.Task.ConfigureAwait(false);
        await bus.ProcessedAsync(former, next).ConfigureAwait(false);
    }

    public async Task<long> CountSubscribersAsync(RedisChannel channel, CancellationToken cancellationToken)
    {
        var count = await bus.CountSubscribersAsync(channel, cancellationToken).ConfigureAwait(false);
        report.Received(channel, count);
        return count;
    }

    // From the start: of two first requests at a time, neither is published too early.
    private static PublishHold Begun(IRedisBus bus)
    {
        var hold = new PublishHold(bus.Publish, (channel, message) => bus.PublishAsync(channel, message, CancellationToken.None));
        hold.Begin();
        return hold;
    }
}
