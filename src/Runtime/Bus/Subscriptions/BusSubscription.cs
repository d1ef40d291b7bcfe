using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>
/// A set of subscriptions: everything that happens to it is a change in one queue, which one loop makes in order; another loop reads its
/// messages.
/// </summary>
/// <remarks>
/// Changes that come together are sent together and confirmed together. Changes that Redis does not confirm now, because it is not
/// connected, are made by the connection itself when it is restored. A check of the set runs beside the loop, which makes its changes too.
/// </remarks>
internal sealed partial class BusSubscription : IBusSubscription
{
    private static readonly Task<bool> NotNow = Task.FromResult(false);

    private readonly RedisConnection _connection;
    private readonly BusTopology _topology;
    private readonly BusTimings _timings;
    private readonly BusSet _set;
    private readonly SetLink _link;
    private readonly SetHealth _health;
    private readonly BusFeed _feed;
    private readonly ILogger _logger;
    private readonly Channel<BusChange> _changes = Channel.CreateUnbounded<BusChange>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _stopReading = new();
    private readonly TaskCompletionSource _ending = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Outlives its source, which is disposed while abandoned work may still use the token.
    private readonly CancellationToken _stopping;
    private Task _predecessor = Task.CompletedTask;
    private Task _changing = Task.CompletedTask;
    private Task _reading = Task.CompletedTask;
    private volatile bool _isStarted;
    private int _disposed;

    public BusSubscription(RedisConnection connection, BusSet set, BusMessageHandler received, RedisMetrics metrics, ILogger logger)
    {
        (_connection, _topology, _timings) = (connection, connection.Topology, connection.Timings);
        (_set, _logger, _stopping) = (set, logger, _stop.Token);
        _link = new SetLink(connection, set.Probe, _timings, logger);
        _health = new SetHealth(set, _topology, _timings, metrics, logger);
        _feed = new BusFeed(connection, set.Probe, received, _health, _changes.Writer, metrics, logger);
    }

    /// <summary>The name shared by the sets that follow each other.</summary>
    public string Name => _set.Name;

    /// <summary>The private probe channel; its name identifies the set in the log.</summary>
    public RedisChannel Probe => _set.Probe;

    /// <summary>The health of the set.</summary>
    public SubscriptionHealth Health => _health.State;

    /// <summary>The time since the set was last known to receive.</summary>
    public TimeSpan TimeSinceLastProbe => _health.TimeSinceLastProbe;

    /// <summary>A task that completes, on the thread that ends the set, when it begins to end.</summary>
    public Task Ending => _ending.Task;

    /// <summary>A task that completes when the set, and the previous one of its name, have left nothing behind.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Starts after the end of the previous set of the same name.</summary>
    public void Start(Task predecessor)
    {
        _predecessor = predecessor;
        _reading = Task.Run(() => _feed.RunAsync(_stopReading.Token));
        _changing = Task.Run(RunAsync);
    }

    public Task<bool> AddAsync(RedisChannel channel)
    {
        // Without a connection there is nothing to wait for; the change itself is made when there is one.
        var change = new BusChange(BusChangeKind.Add, channel);
        if (_connection.Link is { IsConnected: true } && !_isConnectionUnresponsive) return MadeAsync(change);
        _changes.Writer.TryWrite(change);
        return NotNow;
    }

    public bool Has(RedisChannel channel) => _link.Has(channel);

    public void Remove(RedisChannel channel) => Post(new BusChange(BusChangeKind.Remove, channel));

    /// <summary>Applies a change and completes when it is made; completes at once for a set that has not started.</summary>
    public Task ApplyAsync(BusChange change) => _isStarted ? MadeAsync(change) : Task.CompletedTask;

    /// <summary>Unsubscribes everything, delivers the messages that have arrived, and ends.</summary>
    /// <remarks>
    /// Never throws. A Redis that does not respond, or a handler, delays it by two seconds; the end then continues in the background.
    /// </remarks>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _ending.SetResult();
            _ = EndSetAsync();
        }

        await _ended.Task.WaitAsync(_timings.EndTimeout, _timings.Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Post(BusChange change) => _changes.Writer.TryWrite(change);

    private Task<bool> MadeAsync(BusChange change)
    {
        var confirmed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _changes.Writer.TryWrite(change with { Confirmed = confirmed }) ? confirmed.Task : NotNow;
    }

    private async Task RunAsync()
    {
        // After the timeout, the channels of the previous set are still subscribed, and stay so for this set.
        await _predecessor.WaitAsync(_timings.EndTimeout, _timings.Clock, _stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_stopping.IsCancellationRequested) return;
        _isStarted = true;
        await ChangeAsync().ConfigureAwait(false);
        await _checking.ConfigureAwait(false);
    }

    private async Task EndSetAsync()
    {
        try
        {
            // In this order: callers that wait for a change learn that the set ends before they learn that the change is not made.
            await _stop.CancelAsync().ConfigureAwait(false);
            _changes.Writer.TryComplete();
            await _changing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (_changes.Reader.TryRead(out var change)) change.Confirmed?.TrySetResult(false);
            await UnsubscribeAsync().ConfigureAwait(false);
            await _reading.WaitAsync(_timings.EndTimeout, _timings.Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _stopReading.CancelAsync().ConfigureAwait(false);
            await _predecessor.ConfigureAwait(false);
        }
        finally
        {
            _stop.Dispose();
            _stopReading.Dispose();
            _ended.TrySetResult();
        }
    }

    /// <summary>Unsubscribes every channel.</summary>
    /// <remarks>
    /// A channel that Redis has not confirmed could stay behind. It is waited for as long as Redis may confirm it. When the channels have
    /// ended that can be ended at once, the messages are complete: later work is for the next set of the name, which does not wait for
    /// this one any longer.
    /// </remarks>
    private async Task UnsubscribeAsync()
    {
        for (var isFirst = true; isFirst || All.Length > 0; isFirst = false)
        {
            if (!isFirst) await _timings.DelayAsync(_timings.RepairPause).ConfigureAwait(false);
            foreach (var channel in await SettledAsync(All).ConfigureAwait(false)) await EndChannelAsync(channel).ConfigureAwait(false);
            if (isFirst) _feed.Complete();
        }
    }
}
