using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>
/// A set of subscriptions: a loop that changes it in call order, one that reads it, and a watch over the received messages.
/// </summary>
/// <remarks>
/// Changes that come together are sent together and confirmed by one round trip on the subscribing connection. Changes that Redis does
/// not confirm now, because it is not connected, are made by the connection itself when it is restored.
/// </remarks>
internal sealed class BusSubscription : IBusSubscription
{
    private static readonly TimeSpan RoundInterval = TimeSpan.FromMilliseconds(50);
    private const int MaxRounds = 20;

    // The maximum wait for the end of a set: a handler may hang, and Redis may not respond.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(2);

    // The maximum number of changes before those with a waiting caller are confirmed.
    private const int MaxWaiting = 1000;

    private static readonly Task<bool> NotNow = Task.FromResult(false);
    private readonly RedisConnection _connection;
    private readonly RedisChannel _probe;
    private readonly TimeProvider _time;
    private readonly BusConfirmation _confirmation;
    private readonly BusReader _reader;
    private readonly SubscribedChannels _channels;
    private readonly SubscriptionRepair _repair;
    private readonly SubscriptionMove _move;
    private readonly Channel<BusChange> _changes = Channel.CreateUnbounded<BusChange>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _stopReading = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Outlives its source, which is disposed while abandoned work may still use the token.
    private readonly CancellationToken _stopping;

    // Read and written by the loop of changes only, and by the end when that loop has ended.
    private readonly HashSet<RedisChannel> _leaving = [];
    private bool _isWaitingForLook;
    private Task _predecessor = Task.CompletedTask;
    private Task _changing = Task.CompletedTask;
    private Task _reading = Task.CompletedTask;
    private volatile bool _isStarted;
    private volatile bool _isSilent;
    private int _disposed;

    public BusSubscription(
        RedisConnection connection, BusSet set, BusMessageHandler received, RedisMetrics metrics, TimeProvider time, ILogger logger)
    {
        (_connection, _time, _stopping) = (connection, time, _stop.Token);
        (_probe, Name) = (set.Probe, set.Name);
        _confirmation = new BusConfirmation(connection, _probe, time, logger);
        _reader = new BusReader(BusBacklog.Create(() => Watch!, metrics, time, logger));
        Watch = new BusWatch(connection, set, _reader, metrics, time, logger)
        {
            ChooseProbes = ChooseProbesAsync,
            Verify = () => MadeAsync(BusChangeKind.Verify),
            Renew = silent => MadeAsync(new BusChange(BusChangeKind.Renew, default) { Silent = silent }),
            IsMasterAway = () => _repair!.IsMasterAway,
        };
        Feed = new BusFeed(_reader, Watch, received, time);
        _channels = new SubscribedChannels(connection, Feed, time, logger);
        _repair = new SubscriptionRepair(connection, _probe, _channels, _confirmation, Watch, time);
        _move = new SubscriptionMove(Feed, _channels, time, logger);
    }

    /// <summary>The name shared by the sets that follow each other.</summary>
    public string Name { get; }

    /// <summary>The watch that checks whether the set receives.</summary>
    public BusWatch Watch { get; }

    /// <summary>The messages of the set.</summary>
    public BusFeed Feed { get; }

    /// <summary>Returns <c>true</c> if channels are subscribed on a replica.</summary>
    public bool IsOnReplica => _repair.IsOnReplica;

    /// <summary>Called once, when the set begins to end.</summary>
    public required Action<BusSubscription> Ending { private get; init; }

    /// <summary>A task that completes when the set, and the previous one of its name, have left nothing behind.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Starts after the end of the previous set of the same name.</summary>
    public void Start(Task predecessor)
    {
        _predecessor = predecessor;
        _reading = Task.Run(() => Feed.RunAsync(_stopReading.Token));
        _changing = Task.Run(RunAsync);
    }

    public Task<bool> AddAsync(RedisChannel channel) => ConfirmedAsync(new BusChange(BusChangeKind.Add, channel));

    public bool Has(RedisChannel channel) => _confirmation.Has(channel);

    public void Remove(RedisChannel channel) => _changes.Writer.TryWrite(new BusChange(BusChangeKind.Remove, channel));

    /// <summary>Subscribes everything again, on the current connection, and probes the set.</summary>
    public void Renew()
    {
        Watch.Interrupt();
        _ = MadeAsync(BusChangeKind.Renew);
        Watch.Wake();
    }

    /// <summary>Applies a change and completes when it is made; completes at once for a set that has not started.</summary>
    public Task ApplyAsync(BusChange change) => _isStarted ? MadeAsync(change) : Task.CompletedTask;

    /// <summary>Moves sharded channels after a slot moved.</summary>
    /// <param name="isReady">A value indicating whether ended subscriptions can be made again at once.</param>
    public void Moved(bool isReady)
    {
        if (isReady) _ = MadeAsync(BusChangeKind.Verify);
        if (_probe.IsSharded) Watch.Wake();
    }

    /// <summary>Unsubscribes everything, delivers the messages that have arrived, and ends.</summary>
    /// <remarks>
    /// Never throws. A Redis that does not respond, or a handler, delays it by two seconds; the end then continues in the background.
    /// </remarks>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Ending(this);
            _ = EndAsync();
        }

        await _ended.Task.WaitAsync(LongestEnd, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Adds a channel; completes when it is confirmed, or known not to be.</summary>
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

    private async Task RunAsync()
    {
        try
        {
            await _predecessor.WaitAsync(LongestEnd, _time, _stopping).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The channels of the previous set are still subscribed, and stay so for this set.
        }
        catch (OperationCanceledException)
        {
            return;
        }

        _isStarted = true;
        await Task.WhenAll(ChangeAsync(), Watch.RunAsync(_stopping)).ConfigureAwait(false);
    }

    private async Task ChangeAsync()
    {
        List<BusChange> waiting = [];
        try
        {
            await _connection.Ready.WaitAsync(_stopping).ConfigureAwait(false);
            while (await _changes.Reader.WaitToReadAsync(_stopping).ConfigureAwait(false))
            {
                while (waiting.Count < MaxWaiting && _changes.Reader.TryRead(out var change))
                {
                    if (change.Confirmed is not null) waiting.Add(change);
                    await MakeAsync(change).ConfigureAwait(false);
                }

                if (waiting.Count > 0) await ConfirmAsync(waiting).ConfigureAwait(false);
                waiting.Clear();
                if (_leaving.Count > 0 && _connection.TopologyLook.IsCompleted) await LeaveAsync().ConfigureAwait(false);
                else if (_leaving.Count > 0) LeaveLater();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
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
                if (!_channels.Has(change.Channel)) await _channels.BeginAsync(change.Channel).ConfigureAwait(false);
                break;
            case BusChangeKind.Remove:
                var isSettled = _isSilent || (Has(change.Channel) && _connection.TopologyLook.IsCompleted);
                if (isSettled) await _channels.EndAsync(change.Channel).ConfigureAwait(false);
                else _leaving.Add(change.Channel);
                break;
            case BusChangeKind.Verify:
                await _repair.VerifyAsync(_stopping).ConfigureAwait(false);
                break;
            case BusChangeKind.Probe:
                await _repair.ProbeAsync().ConfigureAwait(false);
                break;
            case BusChangeKind.Leave:
                await _move.LeaveAsync(change, _stopping).ConfigureAwait(false);
                break;
            case BusChangeKind.Move:
                await _move.MoveAsync(change, _stopping).ConfigureAwait(false);
                break;
            case BusChangeKind.Settle:
                _isWaitingForLook = false;
                await LeaveAsync().ConfigureAwait(false);
                break;
            default:
                await _repair.RenewAsync(change).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>
    /// Unsubscribes channels that were unconfirmed when they were removed, or removed during a refresh of the servers. Those that Redis
    /// may still confirm wait for the next time.
    /// </summary>
    private async Task LeaveAsync()
    {
        var look = _connection.TopologyLook;
        var settled = await _confirmation.SettledAsync([.. _leaving]).ConfigureAwait(false);
        if (!ReferenceEquals(look, _connection.TopologyLook))
        {
            LeaveLater();
            return;
        }

        foreach (var channel in settled)
        {
            _leaving.Remove(channel);
            await _channels.EndAsync(channel).ConfigureAwait(false);
        }
    }

    /// <summary>Lets other changes go on until a refresh of the servers has ended, which may take long when one does not respond.</summary>
    private void LeaveLater()
    {
        if (_isWaitingForLook) return;
        _isWaitingForLook = true;
        _ = LookedAsync();

        async Task LookedAsync()
        {
            await _connection.TopologyLookedAsync(_time).ConfigureAwait(false);
            _changes.Writer.TryWrite(new BusChange(BusChangeKind.Settle, default));
        }
    }

    private async Task ChooseProbesAsync()
    {
        // A set that has just begun is empty for a moment.
        for (var round = 0; round < MaxRounds; round++)
        {
            if (await MadeAsync(BusChangeKind.Probe).ConfigureAwait(false) && _repair.HasProbes) return;
            await Task.Delay(RoundInterval, _time, _stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Makes one round trip behind the changes on their connection: when it is back, Redis has replied to them.</summary>
    private async Task ConfirmAsync(List<BusChange> waiting)
    {
        var answers = _probe.IsSharded
            ? await _confirmation.AreConfirmedAsync(Added(waiting)).ConfigureAwait(false)
            : await _confirmation.AnswersAsync(_stopping).ConfigureAwait(false);

        // While the connection is unresponsive, no caller waits for it.
        if (!answers && !_isSilent) Watch.Wake();
        _isSilent = !answers && !_probe.IsSharded;
        foreach (var change in waiting)
        {
            change.Confirmed!.TrySetResult((answers || _probe.IsSharded) && change.Kind switch
            {
                BusChangeKind.Add => Has(change.Channel),
                BusChangeKind.Verify => _channels.Missing.Length == 0,
                _ => true,
            });
        }
    }

    private static IEnumerable<RedisChannel> Added(List<BusChange> changes) =>
        changes.Where(change => change.Kind == BusChangeKind.Add).Select(change => change.Channel);

    private async Task EndAsync()
    {
        try
        {
            // In this order: callers that wait for a change learn that the set ends before they learn that the change is not made.
            await _stop.CancelAsync().ConfigureAwait(false);
            _changes.Writer.TryComplete();
            await _changing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (_changes.Reader.TryRead(out var change)) change.Confirmed?.TrySetResult(false);
            await _repair.EndAsync(_reader.Complete).ConfigureAwait(false);
            await _reading.WaitAsync(LongestEnd, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
}
