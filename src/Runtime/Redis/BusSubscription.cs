using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>One set of subscriptions: a loop that changes it in call order, one that drains it, and a watch that makes sure it hears.</summary>
/// <remarks>
/// Changes that come together are sent together and confirmed by one round trip on the subscribing connection. What Redis does
/// not confirm now, because it is away, the connection subscribes by itself when it is back.
/// </remarks>
internal sealed class BusSubscription : IBusSubscription
{
    private static readonly TimeSpan RoundInterval = TimeSpan.FromMilliseconds(50);
    private const int MaxRounds = 20;

    // However many changes come, those that somebody waits for are confirmed after so many.
    private const int MaxWaiting = 1000;

    private static readonly Task<bool> NotNow = Task.FromResult(false);

    private readonly RedisConnection _connection;
    private readonly RedisChannel _probe;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BusConfirmation _confirmation;
    private readonly SubscriptionMove _move;
    private readonly Channel<BusChange> _changes = Channel.CreateUnbounded<BusChange>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();

    // Read and written by the loop of changes only.
    private readonly Dictionary<RedisChannel, ChannelMessageQueue?> _queues = [];
    private readonly HashSet<RedisChannel> _leaving = [];
    private Task _running = Task.CompletedTask;
    private volatile bool _isSilent;
    private volatile bool _isMasterAway;
    private volatile RedisChannel[] _probes = [];
    private int _disposed;

    public BusSubscription(RedisConnection connection, RedisChannel probe, BusMessageHandler received, RedisMetrics metrics, TimeProvider time, ILogger logger)
    {
        (_connection, _probe, _time, _logger) = (connection, probe, time, logger);
        _confirmation = new BusConfirmation(connection, probe, time, logger);
        Watch = new BusWatch(connection, probe, metrics, time, logger)
        {
            Probes = ProbesAsync,
            Verify = () => MadeAsync(BusChangeKind.Verify),
            Renew = unheard => MadeAsync(new BusChange(BusChangeKind.Renew, default) { Unheard = unheard }),
            IsMasterAway = () => _isMasterAway,
        };
        Feed = new BusFeed(Watch, received, time);
        _move = new SubscriptionMove(Feed, _queues, BeginAsync, time, logger);
    }

    /// <summary>Knows whether the set hears.</summary>
    public BusWatch Watch { get; }

    /// <summary>The messages of the set.</summary>
    public BusFeed Feed { get; }

    public required Action<BusSubscription> Ended { private get; init; }

    public void Start() => _running = Task.WhenAll(
        Task.Run(ChangeAsync), Task.Run(() => Feed.RunAsync(_stop.Token)), Task.Run(() => Watch.RunAsync(_stop.Token)));

    public Task<bool> AddAsync(RedisChannel channel) => ConfirmedAsync(new BusChange(BusChangeKind.Add, channel));

    public bool Has(RedisChannel channel) => _confirmation.Has(channel);

    public void Remove(RedisChannel channel) => _changes.Writer.TryWrite(new BusChange(BusChangeKind.Remove, channel));

    /// <summary>Subscribes everything again, on the connection there is now, and has it prove that it hears.</summary>
    public void Renew()
    {
        Watch.Interrupt();
        _ = MadeAsync(BusChangeKind.Renew);
        Watch.Wake();
    }

    /// <summary>Subscribes what is subscribed on some servers with their successors, which the library knows when it has refreshed.</summary>
    public Task LeaveAsync(IReadOnlySet<EndPoint> servers, Task refreshed) =>
        MadeAsync(new BusChange(BusChangeKind.Leave, default) { Servers = servers, Ready = refreshed });

    /// <summary>Subscribes everything on the next connection first, and changes over; further changes wait until it is used.</summary>
    public Task MoveAsync(IConnectionMultiplexer next, Task used) => MadeAsync(new BusChange(BusChangeKind.Move, default) { Next = next, Ready = used });

    /// <summary>Subscribes what Redis has not confirmed; completes when it was looked at.</summary>
    public Task VerifyAsync() => MadeAsync(BusChangeKind.Verify);

    /// <summary>A slot moved: sharded channels follow.</summary>
    /// <param name="isReady">Whether what was ended can be subscribed again at once.</param>
    public void Moved(bool isReady)
    {
        if (isReady) _ = MadeAsync(BusChangeKind.Verify);
        if (_probe.IsSharded) Watch.Wake();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        Ended(this);
        _changes.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        if (!_isSilent) await _confirmation.SettledAsync([.. _queues.Keys]).ConfigureAwait(false);
        foreach (var channel in _queues.Keys.ToArray()) await EndAsync(channel).ConfigureAwait(false);
        while (_changes.Reader.TryRead(out var change)) change.Confirmed?.TrySetResult(false);
        _stop.Dispose();
    }

    /// <summary>Has a channel added; completes when it is confirmed, or known not to be.</summary>
    private Task<bool> ConfirmedAsync(BusChange change)
    {
        // Without a connection there is nothing to wait for; the change itself is made when there is one.
        if (_connection.Multiplexer is { IsConnected: true } && !_isSilent) return MadeAsync(change);
        _changes.Writer.TryWrite(change);
        return NotNow;
    }

    private Task<bool> MadeAsync(BusChangeKind kind) => MadeAsync(new BusChange(kind, default));

    private Task<bool> MadeAsync(BusChange change)
    {
        var confirmed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _changes.Writer.TryWrite(change with { Confirmed = confirmed }) ? confirmed.Task : NotNow;
    }

    private async Task ChangeAsync()
    {
        List<BusChange> waiting = [];
        try
        {
            await _connection.Ready.WaitAsync(_stop.Token).ConfigureAwait(false);
            while (await _changes.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false))
            {
                while (waiting.Count < MaxWaiting && _changes.Reader.TryRead(out var change))
                {
                    if (change.Confirmed is not null) waiting.Add(change);
                    await MakeAsync(change).ConfigureAwait(false);
                }

                if (waiting.Count > 0) await ConfirmAsync(waiting).ConfigureAwait(false);
                waiting.Clear();
                if (_leaving.Count > 0) await LeaveAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            foreach (var change in waiting) change.Confirmed!.TrySetResult(false);
        }
    }

    private async Task MakeAsync(BusChange change)
    {
        switch (change.Kind)
        {
            case BusChangeKind.Add:
                _leaving.Remove(change.Channel);
                if (_queues.GetValueOrDefault(change.Channel) is null) await BeginAsync(change.Channel).ConfigureAwait(false);
                break;
            case BusChangeKind.Remove:
                if (_isSilent || Has(change.Channel)) await EndAsync(change.Channel).ConfigureAwait(false);
                else _leaving.Add(change.Channel);
                break;
            case BusChangeKind.Verify:
                foreach (var channel in _confirmation.Reachable([.. _queues.Where(one => one.Value is null).Select(one => one.Key)])) await BeginAsync(channel).ConfigureAwait(false);
                await SettleAsync().ConfigureAwait(false);
                await RenewAsync(_confirmation.Answering(Missing())).ConfigureAwait(false);
                break;
            case BusChangeKind.Probe:
                await ChooseProbesAsync().ConfigureAwait(false);
                break;
            case BusChangeKind.Leave:
                await _move.LeaveAsync(change, On, _stop.Token).ConfigureAwait(false);
                break;
            case BusChangeKind.Move:
                await _move.MoveAsync(change, _stop.Token).ConfigureAwait(false);
                break;
            default:
                await RenewAsync(Renewed(change)).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Lets the connection restore its subscriptions, which it does by itself and in the background.</summary>
    private async Task SettleAsync()
    {
        for (var round = 0; round < MaxRounds && (_probe.IsSharded || await _confirmation.AnswersAsync(_stop.Token).ConfigureAwait(false)) && _confirmation.Answering(Missing()).Length > 0; round++)
            await Task.Delay(RoundInterval, _time, _stop.Token).ConfigureAwait(false);
        _isMasterAway = _probe.IsSharded && Missing() is { Length: > 0 } missing && _confirmation.Reachable(missing).Length < missing.Length;
    }

    /// <summary>Unsubscribes what Redis had not confirmed when it was to be; what it may still confirm later waits for the next time.</summary>
    private async Task LeaveAsync()
    {
        foreach (var channel in await _confirmation.SettledAsync([.. _leaving]).ConfigureAwait(false))
        {
            _leaving.Remove(channel);
            await EndAsync(channel).ConfigureAwait(false);
        }
    }

    private async Task<RedisChannel[]> ProbesAsync()
    {
        if (!_probe.IsSharded) return [_probe];

        // A set that has just begun is empty for a moment.
        for (var round = 0; round < MaxRounds; round++)
        {
            await MadeAsync(BusChangeKind.Probe).ConfigureAwait(false);
            if (_probes is { Length: > 0 } chosen) return chosen;
            await Task.Delay(RoundInterval, _time, _stop.Token).ConfigureAwait(false);
        }

        return [_probe];
    }

    private async Task ChooseProbesAsync()
    {
        if (_connection.Multiplexer is not { } multiplexer) return;
        var before = _probes;
        var chosen = ShardProbes.Choose(multiplexer, _probe.ToString(), before, _queues.Keys.Except(before));
        foreach (var channel in before.Except(chosen)) await EndAsync(channel).ConfigureAwait(false);
        foreach (var channel in chosen.Except(before)) await BeginAsync(channel).ConfigureAwait(false);
        _probes = chosen;
    }

    private async Task RenewAsync(RedisChannel[] channels)
    {
        foreach (var channel in channels) await EndAsync(channel).ConfigureAwait(false);

        // The last a server hears of a channel that leaves it must be its end: it may come to life again.
        if (_probe.IsSharded && channels.Length > 0) await _connection.RefreshTopologyAsync().ConfigureAwait(false);
        foreach (var channel in channels) await BeginAsync(channel).ConfigureAwait(false);
    }

    private RedisChannel[] On(IReadOnlySet<EndPoint> servers) => _connection.Multiplexer is { } multiplexer
        ? [.. _queues.Keys.Where(channel => ShardPlaces.Of(multiplexer, channel) is { } place && servers.Contains(place))] : [];

    private RedisChannel[] Renewed(BusChange change) => _probe.IsSharded && change.Unheard is { } unheard && _connection.Multiplexer is { } multiplexer
        ? ShardProbes.SameServer(multiplexer, unheard, _queues.Keys) : [.. _queues.Keys];

    /// <summary>The channels Redis has not confirmed, and those somebody else unsubscribed.</summary>
    private RedisChannel[] Missing() => [.. _queues.Where(one => one.Value is not { Completion.IsCompleted: false } || !Has(one.Key)).Select(one => one.Key)];

    private async Task BeginAsync(RedisChannel channel)
    {
        _queues[channel] = null;
        if (_connection.Multiplexer is not { } multiplexer) return;
        try
        {
            // Without awaiting Redis: the queue exists at once, and the connection subscribes it whenever it is (again) there.
            var queue = await multiplexer.GetSubscriber().SubscribeAsync(channel, CommandFlags.FireAndForget).ConfigureAwait(false);
            _queues[channel] = queue;
            Feed.Follow(queue);
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException or TimeoutException)
        {
            RedisLog.WatchFailed(_logger, channel.ToString(), exception);
        }
    }

    private Task EndAsync(RedisChannel channel) => _queues.Remove(channel, out var queue) ? _move.EndAsync(channel, queue, CommandFlags.FireAndForget) : Task.CompletedTask;

    /// <summary>One round trip behind the changes on their connection: when it is back, Redis has answered them.</summary>
    private async Task ConfirmAsync(List<BusChange> waiting)
    {
        var answers = _probe.IsSharded
            ? await _confirmation.AreHeardAsync(waiting.Where(change => change.Kind == BusChangeKind.Add).Select(change => change.Channel)).ConfigureAwait(false)
            : await _confirmation.AnswersAsync(_stop.Token).ConfigureAwait(false);

        // While it is silent nobody waits for it.
        if (!answers && !_isSilent) Watch.Wake();
        _isSilent = !answers && !_probe.IsSharded;
        foreach (var change in waiting)
        {
            change.Confirmed!.TrySetResult((answers || _probe.IsSharded) && change.Kind switch
            {
                BusChangeKind.Add => Has(change.Channel),
                BusChangeKind.Verify => Missing().Length == 0,
                _ => true,
            });
        }
    }
}
