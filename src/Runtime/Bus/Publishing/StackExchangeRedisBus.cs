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
    private readonly BusHandover _handover;
    private readonly BusSets _sets = new();
    private readonly RedisMetrics _metrics;
    private readonly ILogger _logger;
    private int _checks;

    /// <summary>Creates a bus over a connection, which it disposes.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="metrics">The counters of its traffic.</param>
    /// <param name="logger">The log of its state.</param>
    public StackExchangeRedisBus(RedisConnection connection, RedisMetrics metrics, ILogger logger)
    {
        (_connection, _metrics, _logger) = (connection, metrics, logger);
        _publisher = new RedisPublisher(connection, metrics, logger);
        _fence = new PublishFence(connection.Topology, connection.Timings, logger);
        _hold = new PublishHold(_publisher.Publish, _publisher.PublishAsync);
        _handover = new BusHandover(connection, _hold, _fence, _sets);
    }

    public BusHealth Health
    {
        get
        {
            var sets = _sets.All;
            var isConnected = _connection.Link is { IsConnected: true };
            return new BusHealth(
                isConnected,
                sets.Count,
                isConnected ? sets.Count(one => one.Health != SubscriptionHealth.Healthy) : sets.Count,
                sets.Count(one => one.Health == SubscriptionHealth.Unresponsive),
                sets.Select(one => one.TimeSinceLastProbe).DefaultIfEmpty().Max())
            {
                Failure = isConnected ? null : _connection.Failure,
            };
        }
    }

    public Task Ready => _connection.Ready;

    /// <summary>Starts to follow the connection, which is watched from the first set of subscriptions on.</summary>
    /// <returns>The bus.</returns>
    public StackExchangeRedisBus Start()
    {
        _ = _handover.StartAsync();
        _connection.Changed = OnConnection;
        return this;
    }

    /// <summary>Holds publishes, bounded, until the first attempt to connect has ended.</summary>
    public async Task HoldUntilReadyAsync()
    {
        _hold.Begin();
        await _connection.Ready.ConfigureAwait(false);
        _hold.Release();
    }

    public bool Publish(RedisChannel channel, byte[] message)
    {
        if (!_hold.TryHold(channel, message, out bool isAccepted)) return _publisher.Publish(channel, message);
        if (!isAccepted) _publisher.Refuse();
        return isAccepted;
    }

    public Task<long> PublishAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken) =>
        _hold.TryHold(channel, message, out Task<long> published)
            ? published.WaitAsync(cancellationToken)
            : _publisher.PublishAsync(channel, message, cancellationToken);

    public Task ProcessedAsync(IReadOnlyCollection<RedisChannel> former, IReadOnlyCollection<RedisChannel> next) =>
        _connection.Link is { IsConnected: true } link ? _fence.PassAsync(link, former, next) : Task.CompletedTask;

    public async Task<long> CountSubscribersAsync(RedisChannel channel, CancellationToken cancellationToken)
    {
        if (_connection.Whole is not { IsConnected: true } whole) throw RedisReason.NotConnected(_connection.Failure);
        return await _connection.Topology.CountSubscribersAsync(whole, channel, cancellationToken).ConfigureAwait(false);
    }

    public IBusSubscription Subscribe(BusSet set, BusMessageHandler received)
    {
        var subscription = new BusSubscription(_connection, set, received, _metrics, _logger);
        var before = _sets.Add(subscription);

        // The watch of the connection has to be established before a set needs it.
        _connection.Watch();
        subscription.Start(before);
        return subscription;
    }

    public async ValueTask DisposeAsync()
    {
        await _sets.EndAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Checks once, as soon as Redis is connected, that it has the required capabilities.</summary>
    private async Task CheckAsync(RedisChannel probe)
    {
        if (!await RedisCapabilities.CheckAsync(_connection, probe, _logger).ConfigureAwait(false)) Volatile.Write(ref _checks, 0);
    }

    private void OnConnection(ConnectionEvent change)
    {
        var sets = _sets.All;
        if (sets is [var first, ..] && _connection.Link is { IsConnected: true } && Interlocked.Exchange(ref _checks, 1) == 0)
            _ = CheckAsync(first.Probe);

        var due = MaxProbesPerTick;
        foreach (var one in sets)
        {
            if (change != ConnectionEvent.Tick) one.Handle(change);
            else if (one.IsCheckDue() && due-- > 0) one.Check();
        }
    }
}
