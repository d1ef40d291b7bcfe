using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>The bus over an adapter of a third party, whose exceptions and endless waits end here.</summary>
/// <param name="adapter">The adapter; owned by the bus.</param>
/// <param name="timeout">The time to wait for the number of nodes.</param>
/// <param name="metrics">The counters of published messages.</param>
/// <param name="logger">The log of failures.</param>
/// <param name="time">The clock.</param>
internal sealed class AdapterBus(ISocketAdapter adapter, TimeSpan timeout, RedisMetrics metrics, ILogger logger, TimeProvider time)
    : IRedisBus
{
    // A receipt has the number of Redis connections; an adapter does not count the receivers of a message.
    private const long NotCounted = -1;

    private readonly LogGate _reported = new(time);

    public BusHealth Health { get; } = new(IsConnected: true, 1, 0, 0, TimeSpan.Zero);

    public bool Publish(RedisChannel channel, byte[] message)
    {
        var published = PublishedAsync(channel, message, CancellationToken.None).Observed();
        return !published.IsFaulted;
    }

    public Task<long> PublishAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken) =>
        PublishedAsync(channel, message, cancellationToken);

    // Each message has a place in one order when PublishAsync of the adapter returns.
    public Task ProcessedAsync(IReadOnlyCollection<RedisChannel> former, IReadOnlyCollection<RedisChannel> next) => Task.CompletedTask;

    public async Task<long> CountSubscribersAsync(RedisChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            return await adapter.CountSubscribersAsync(channel.ToString(), cancellationToken).Observed()
                .WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            RedisLog.AdapterOperationFailed(logger, "CountSubscribers", exception);
            throw new TimeoutException($"The adapter did not count the nodes: {exception.Message}", exception);
        }
    }

    public IBusSubscription Subscribe(BusSet set, BusMessageHandler received) => new Subscription(this, received);

    public async ValueTask DisposeAsync() => await adapter.DisposeAsync().ConfigureAwait(false);

    private async Task<long> PublishedAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken)
    {
        try
        {
            await adapter.PublishAsync(channel.ToString(), message, cancellationToken).ConfigureAwait(false);
            metrics.Published();
            return NotCounted;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            metrics.PublishFailed();
            if (_reported.TryEnter("publish")) RedisLog.BroadcastPublishFailed(logger, RedisReason.Text(exception), exception);
            throw;
        }
    }

    private async Task<bool> SubscribedAsync(RedisChannel channel, ISocketAdapterReceiver receiver)
    {
        try
        {
            await adapter.SubscribeAsync(channel.ToString(), receiver, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception)
        {
            if (_reported.TryEnter("subscribe")) RedisLog.AdapterNotSubscribed(logger, channel.ToString(), exception);
            return false;
        }
    }

    private async Task UnsubscribedAsync(RedisChannel channel)
    {
        try
        {
            await adapter.UnsubscribeAsync(channel.ToString()).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            RedisLog.AdapterOperationFailed(logger, "Unsubscribe", exception);
        }
    }

    /// <summary>The channels of one namespace.</summary>
    private sealed class Subscription(AdapterBus bus, BusMessageHandler received) : IBusSubscription
    {
        private readonly ConcurrentDictionary<RedisChannel, Task<bool>> _channels = new();

        // A failed subscription is begun again by the next call.
        public Task<bool> AddAsync(RedisChannel channel) => _channels.AddOrUpdate(
            channel, BeginAsync, (added, begun) => begun is { IsCompletedSuccessfully: true, Result: false } ? BeginAsync(added) : begun);

        public bool Has(RedisChannel channel) =>
            _channels.TryGetValue(channel, out var begun) && begun is { IsCompletedSuccessfully: true, Result: true };

        public void Remove(RedisChannel channel)
        {
            if (_channels.TryRemove(channel, out _)) _ = bus.UnsubscribedAsync(channel);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var channel in _channels.Keys) await bus.UnsubscribedAsync(channel).ConfigureAwait(false);
        }

        private Task<bool> BeginAsync(RedisChannel channel) => bus.SubscribedAsync(channel, new Receiver((byte[])channel!, received));
    }

    /// <summary>The receiver of one channel's messages.</summary>
    private sealed class Receiver(byte[] channel, BusMessageHandler received) : ISocketAdapterReceiver
    {
        public void Receive(ReadOnlyMemory<byte> message) => received(channel, message);
    }
}
