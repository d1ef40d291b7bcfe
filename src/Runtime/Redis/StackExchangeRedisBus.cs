using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>The bus over StackExchange.Redis.</summary>
internal sealed class StackExchangeRedisBus : IRedisBus
{
    private readonly RedisConnection _connection;
    private readonly RedisPublisher _publisher;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private ImmutableList<BusSubscription> _subscriptions = [];

    /// <summary>A bus over a connection, which it disposes.</summary>
    public StackExchangeRedisBus(RedisConnection connection, RedisMetrics metrics, TimeProvider time, ILogger logger)
    {
        (_connection, _time, _logger) = (connection, time, logger);
        _publisher = new RedisPublisher(metrics, logger);
        _connection.Changed = () =>
        {
            foreach (var subscription in _subscriptions) subscription.Wake();
        };
    }

    public bool Publish(RedisChannel channel, byte[] message) => _publisher.Publish(_connection.Multiplexer, channel, message);

    public Task<long> PublishAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken) =>
        _publisher.PublishAsync(_connection.Multiplexer, channel, message, cancellationToken);

    public async Task<long> CountSubscribersAsync(RedisChannel channel, CancellationToken cancellationToken)
    {
        if (_connection.Multiplexer is not { IsConnected: true } multiplexer) throw RedisPublisher.NotConnected();
        return await SubscriberCount.AskAsync(multiplexer, channel, cancellationToken).ConfigureAwait(false);
    }

    public IBusSubscription Subscribe(RedisChannel probe, BusMessageHandler received)
    {
        var subscription = new BusSubscription(_connection, probe, received, _time, _logger)
        {
            Ended = ended => ImmutableInterlocked.Update(ref _subscriptions, static (all, one) => all.Remove(one), ended),
        };
        ImmutableInterlocked.Update(ref _subscriptions, static (all, one) => all.Add(one), subscription);
        subscription.Start();
        _connection.Watch(_time);
        return subscription;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var subscription in _subscriptions) await subscription.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }
}
