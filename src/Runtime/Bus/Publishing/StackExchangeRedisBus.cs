using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>The bus over StackExchange.Redis.</summary>
internal sealed class StackExchangeRedisBus : IRedisBus
{
    // The limit for any number of namespaces: a node's probes must not become a load of their own.
    private const int MaxProbesPerTick = 20;

    private readonly RedisConnection _connection;
    private readonly RedisPublisher _publisher;
    private readonly PublishFence _fence;
    private readonly PublishHold _hold;
    private readonly RedisMetrics _metrics;
    private readonly TimeSpan _probeInterval;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, BusSubscription> _last = new(StringComparer.Ordinal);
    private ImmutableList<BusSubscription> _subscriptions = [];
    private int _checks;

    /// <summary>Creates a bus over a connection, which it disposes.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="metrics">The counters of its traffic.</param>
    /// <param name="probeInterval">The interval without messages after which a set of subscriptions is probed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log of its state.</param>
    public StackExchangeRedisBus(RedisConnection connection, RedisMetrics metrics, TimeSpan probeInterval, TimeProvider time,
        ILogger logger)
    {
        (_connection, _metrics, _probeInterval, _time, _logger) = (connection, metrics, probeInterval, time, logger);
        _publisher = new RedisPublisher(connection, metrics, time, logger);
        _fence = new PublishFence(time, logger);
        _hold = new PublishHold(PublishNow, (channel, message) => PublishNowAsync(channel, message, CancellationToken.None));
        _connection.Handover = new BusHandover(connection, _hold, _fence, () => _subscriptions, time);
        _connection.Changed = OnConnection;
    }

    public BusHealth Health
    {
        get
        {
            var subscriptions = _subscriptions;
            var isConnected = _connection.Multiplexer is { IsConnected: true };
            return new BusHealth(
                isConnected,
                subscriptions.Count,
                isConnected ? subscriptions.Count(one => one.Watch.State != SubscriptionHealth.Healthy) : subscriptions.Count,
                subscriptions.Count(one => one.Watch.State == SubscriptionHealth.Unresponsive),
                subscriptions.Select(one => one.Watch.TimeSinceLastProbe).DefaultIfEmpty().Max())
            {
                Failure = isConnected ? null : _connection.Failure,
            };
        }
    }

    /// <summary>Holds publishes, bounded, until the first attempt to connect has ended.</summary>
    public void HoldUntilReady()
    {
        _hold.Begin();
        _ = ReleaseAsync();

        async Task ReleaseAsync()
        {
            await _connection.Ready.ConfigureAwait(false);
            _hold.Release();
        }
    }

    public bool Publish(RedisChannel channel, byte[] message)
    {
        if (!_hold.TryHold(channel, message, out bool isAccepted)) return PublishNow(channel, message);
        if (!isAccepted) _publisher.Refuse();
        return isAccepted;
    }

    public Task<long> PublishAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken) =>
        _hold.TryHold(channel, message, out Task<long> published)
            ? published.WaitAsync(cancellationToken)
            : PublishNowAsync(channel, message, cancellationToken);

    public Task ProcessedAsync(IReadOnlyCollection<RedisChannel> former, IReadOnlyCollection<RedisChannel> next) =>
        _connection.Multiplexer is { IsConnected: true } multiplexer ? _fence.PassAsync(multiplexer, former, next) : Task.CompletedTask;

    public async Task<long> CountSubscribersAsync(RedisChannel channel, CancellationToken cancellationToken)
    {
        if (_connection.Whole is not { IsConnected: true } whole) throw RedisReason.NotConnected(_connection.Failure);
        return await SubscriberCount.AskAsync(whole, channel, cancellationToken).ConfigureAwait(false);
    }

    public IBusSubscription Subscribe(BusSet set, BusMessageHandler received)
    {
        var subscription = new BusSubscription(_connection, set, received, _metrics, _time, _logger)
        {
            Ending = ending => ImmutableInterlocked.Update(ref _subscriptions, static (all, one) => all.Remove(one), ending),
        };
        ImmutableInterlocked.Update(ref _subscriptions, static (all, one) => all.Add(one), subscription);

        // The watch of the connection has to be established before a set needs it.
        _connection.Watch(_time);
        subscription.Start(Follow(subscription));
        return subscription;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_last.Values.Select(one => one.DisposeAsync().AsTask())).ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Records the set that is now the last of its name, until it has ended.</summary>
    /// <returns>The end of the previous one.</returns>
    private Task Follow(BusSubscription subscription)
    {
        var before = Task.CompletedTask;
        _last.AddOrUpdate(
            subscription.Name,
            static (_, added) => added,
            (_, known, added) =>
            {
                before = known.Ended;
                return added;
            },
            subscription);
        _ = ForgetAsync(subscription);
        return before;
    }

    private async Task ForgetAsync(BusSubscription subscription)
    {
        await subscription.Ended.ConfigureAwait(false);
        _last.TryRemove(KeyValuePair.Create(subscription.Name, subscription));
    }

    private bool PublishNow(RedisChannel channel, byte[] message) => _publisher.Publish(_connection.Multiplexer, channel, message);

    private Task<long> PublishNowAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken) =>
        _publisher.PublishAsync(_connection.Multiplexer, channel, message, cancellationToken);

    /// <summary>Checks once, as soon as Redis is connected, that it has the required capabilities.</summary>
    private async Task CheckAsync(IConnectionMultiplexer multiplexer, RedisChannel probe)
    {
        var isChecked = await RedisCapabilities.CheckAsync(multiplexer, probe, _connection.Endpoints, _time, _logger).ConfigureAwait(false);
        if (!isChecked) Volatile.Write(ref _checks, 0);
    }

    private void OnConnection(ConnectionEvent change)
    {
        if (_subscriptions is [var first, ..] && _connection.Multiplexer is { IsConnected: true } multiplexer
            && Interlocked.Exchange(ref _checks, 1) == 0)
            _ = CheckAsync(multiplexer, first.Watch.Probe);

        var due = MaxProbesPerTick;
        foreach (var subscription in _subscriptions)
        {
            var watch = subscription.Watch;
            if (change == ConnectionEvent.Lost) watch.Interrupt();
            else if (change == ConnectionEvent.Restored) watch.Wake();
            else if (change == ConnectionEvent.Renewed) watch.Suspect();
            else if (change == ConnectionEvent.Replaced) subscription.Renew();
            else if (change is ConnectionEvent.Moved or ConnectionEvent.Followed) subscription.Moved(change == ConnectionEvent.Followed);
            else if (watch.IsDue(_probeInterval) && due-- > 0) watch.Wake();
        }
    }
}
