using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Checks that a set of subscriptions receives: it publishes probes to the set, which have to arrive.</summary>
/// <remarks>
/// The set is checked after each (re)connection, and after every interval in which one of its subscriptions received nothing; messages on
/// other subscriptions do not count. A set that receives nothing is resubscribed until it does; then the time in
/// which it may have missed messages is reported. A set of sharded channels has a connection to each master of a cluster, any of
/// which may be lost while the others are busy: all of them are checked, after every interval.
/// </remarks>
/// <param name="connection">The connection to publish on.</param>
/// <param name="set">The set and its probes.</param>
/// <param name="reader">The stream of the set's messages.</param>
/// <param name="metrics">The counters of outages and repairs.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class BusWatch(
    RedisConnection connection, BusSet set, BusReader reader, RedisMetrics metrics, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan SuddenSilence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestBacklog = TimeSpan.FromSeconds(10);

    // After a suspension of the process the timeout is over before the waiting messages are read.
    private const int LeastAttempts = 3;

    private static readonly Task<bool> Answered = Task.FromResult(true);

    private readonly Channel<bool> _wake =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _gate = new();
    private readonly RedisAttempts _attempts = new(set.Probe, time, logger);
    private readonly bool _isSharded = set.Probe.IsSharded;
    private readonly ProbedSubscription[] _shared = [.. set.Shared.Select(probe => new ProbedSubscription(probe, time))];
    private volatile ProbedSubscription[] _own =
        set.Probe.IsSharded ? [] : [new ProbedSubscription(new BusProbe(set.ProbeSubscription, set.Probe, BusProbe.Private), time)];
    private TimeSpan _interval = TimeSpan.MaxValue;
    private SubscriptionHealth _state;
    private long _handled;
    private long _seen;
    private bool _wasBusy;
    private long _active = time.GetTimestamp();
    private long _lastProbe = time.GetTimestamp();
    private long _looked = time.GetTimestamp();

    /// <summary>The private probe channel; its name identifies the set in the log.</summary>
    public RedisChannel Probe => set.Probe;

    /// <summary>Checks that Redis has confirmed every channel, and subscribes the others again.</summary>
    public required Func<Task<bool>> Verify { private get; init; }

    /// <summary>Chooses the private sharded channels, one for each server, and calls <see cref="Choose"/>.</summary>
    public required Func<Task> ChooseProbes { private get; init; }

    /// <summary>Renews the subscriptions that share a server with channels that received nothing.</summary>
    public required Func<RedisChannel[], Task> Renew { private get; init; }

    /// <summary>Returns <c>true</c> if channels are missing because their master is, which is the same for every node.</summary>
    public required Func<bool> IsMasterAway { private get; init; }

    public SubscriptionHealth State
    {
        get { lock (_gate) return _state; }
    }

    /// <summary>The time since the set was last known to receive.</summary>
    public TimeSpan TimeSinceLastProbe
    {
        get { lock (_gate) return time.GetElapsedTime(_lastProbe); }
    }

    /// <summary>Returns the probed subscription of that name, or null if it is not probed.</summary>
    public ProbedSubscription? Of(RedisChannel subscription)
    {
        return Array.Find(_own, IsIt) ?? Array.Find(_shared, IsIt);

        bool IsIt(ProbedSubscription one) => one.Probe.Subscription == subscription;
    }

    /// <summary>Sets the sharded channels on which the set receives its own messages.</summary>
    public void Choose(RedisChannel[] channels)
    {
        var before = _own;
        _own = [.. channels.Select(channel => Array.Find(before, one => one.Probe.Subscription == channel)
            ?? new ProbedSubscription(new BusProbe(channel, channel, BusProbe.Private), time))];
    }

    /// <summary>Starts a check of the set; has no effect while one is pending.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Records a lost connection: the set received messages until now, and has to be checked again.</summary>
    public void Interrupt()
    {
        lock (_gate)
        {
            if (_state != SubscriptionHealth.Healthy) return;
            _state = SubscriptionHealth.Interrupted;
            _lastProbe = time.GetTimestamp();
        }

        Wake();
    }

    /// <summary>Records that the connection was lost at some time since the last successful check, or since an earlier time.</summary>
    public void Suspect(long since = long.MaxValue)
    {
        Missed();
        lock (_gate) _lastProbe = _state == SubscriptionHealth.Unknown ? _lastProbe : Math.Min(_lastProbe, since);
        Wake();
    }

    /// <summary>Records that a message other than a probe was handled.</summary>
    public void Handled() => Volatile.Write(ref _handled, _handled + 1);

    /// <summary>Returns <c>true</c> if the next check is due; called every second.</summary>
    /// <remarks>
    /// Subscriptions that received messages since the last call need no probe. A set that received any and then none for two seconds
    /// is checked before the interval is over: the first sign of a dead connection.
    /// </remarks>
    public bool IsDue(TimeSpan interval)
    {
        var handled = Volatile.Read(ref _handled);
        var isIdle = set.IsIdle();
        lock (_gate)
        {
            _interval = interval;
            if (isIdle && _state == SubscriptionHealth.Healthy)
            {
                _lastProbe = time.GetTimestamp();
                return false;
            }

            if (handled != _seen) (_seen, _wasBusy, _active) = (handled, true, time.GetTimestamp());
            var isSilent = false;
            foreach (var one in _own)
            {
                isSilent |= one.TimeSinceLastMessage(out var isActive) >= interval;
                if (isActive && !_isSharded && _state == SubscriptionHealth.Healthy) _lastProbe = time.GetTimestamp();
            }

            foreach (var one in _shared) isSilent |= one.TimeSinceLastMessage(out _) >= interval;
            if (_isSharded) return time.GetElapsedTime(_looked) >= interval;
            if (isSilent && time.GetElapsedTime(_looked) >= interval) return true;
            if (!_wasBusy || time.GetElapsedTime(_active) < SuddenSilence) return false;
            _wasBusy = false;
            return true;
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await connection.Ready.WaitAsync(stop).ConfigureAwait(false);
            Wake();
            while (await _wake.Reader.ReadAsync(stop).ConfigureAwait(false))
            {
                lock (_gate) _looked = time.GetTimestamp();
                if (connection.Multiplexer is { } multiplexer) await LookAsync(multiplexer, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The set ends.
        }
    }

    private async Task LookAsync(IConnectionMultiplexer multiplexer, CancellationToken stop)
    {
        // A replica accepts publishes for its master, so if ROLE is refused nothing else shows that the two changed places.
        if (_isSharded) await connection.FollowTopologyAsync().WaitAsync(stop).ConfigureAwait(false);
        long? unconfirmed = null;
        for (var round = 0; IsCurrent(multiplexer); round++)
        {
            // Pings at once, because a client library closes a dead connection only some time after a command was sent.
            var answers = _isSharded ? Answered : AnswersAsync(multiplexer, ProbeTimeout, stop);
            var pending = await PendingAsync(multiplexer, stop).ConfigureAwait(false);
            var isVerified = (pending.Length == 0 || _isSharded) && await Verify().WaitAsync(stop).ConfigureAwait(false);
            if (isVerified && pending.Length == 0)
            {
                MarkHealthy();
                return;
            }

            // The end of the set, and another connection in place of this one, look like a loss but are not.
            stop.ThrowIfCancellationRequested();
            if (!IsCurrent(multiplexer)) return;
            Missed();
            unconfirmed = pending.Length > 0 ? null : unconfirmed ?? time.GetTimestamp();
            var isLost = unconfirmed is { } since ? time.GetElapsedTime(since) >= ProbeTimeout : !_isSharded || round > 0;

            // Sharded channels that are on their way to another master are not lost yet.
            if (isLost && !(_isSharded && IsMasterAway())) MarkUnresponsive();
            if (_isSharded) await connection.FollowTopologyAsync().WaitAsync(stop).ConfigureAwait(false);
            if (pending.Length > 0 && await answers.ConfigureAwait(false)) await Renew(pending).WaitAsync(stop).ConfigureAwait(false);
            if (_isSharded || pending.Length == 0) await Task.Delay(ProbeInterval, time, stop).ConfigureAwait(false);
        }
    }

    private bool IsCurrent(IConnectionMultiplexer multiplexer) =>
        multiplexer.IsConnected && ReferenceEquals(multiplexer, connection.Multiplexer);

    /// <summary>Probes the private channels, and the others that have received nothing for an interval.</summary>
    /// <returns>The channels that received nothing.</returns>
    private async Task<RedisChannel[]> PendingAsync(IConnectionMultiplexer multiplexer, CancellationToken stop)
    {
        if (_isSharded) await ChooseProbes().WaitAsync(stop).ConfigureAwait(false);
        if (_own.Length == 0) return [Probe];
        ProbedSubscription[] probed;
        lock (_gate) probed = [.. _own, .. _shared.Where(one => one.TimeSinceLastMessage(out _) >= _interval)];
        using var round = new ProbeRound(probed);
        Task<bool>? echo = null;
        var start = time.GetTimestamp();
        var (arrived, active) = (reader.Arrived, start);
        for (var attempts = 0; attempts < LeastAttempts || !IsOver(start, active, echo);)
        {
            var sent = await Task.WhenAll(round.Pending.Select(one => SendAsync(multiplexer, one.Probe, stop))).ConfigureAwait(false);
            if (await IsCompletedAsync(round.Completed, stop).ConfigureAwait(false)) return [];
            if (reader.Arrived is var now && now != arrived) (arrived, active) = (now, time.GetTimestamp());

            // A connection that accepts nothing is not given more attempts.
            attempts = Array.TrueForAll(sent, static one => one) ? attempts + 1 : LeastAttempts;

            // The reply comes behind the probes on the same connection.
            if (!_isSharded) echo ??= AnswersAsync(multiplexer, LongestBacklog, stop);
        }

        return [.. round.Pending.Select(one => one.Probe.Subscription)];
    }

    /// <summary>
    /// Returns <c>true</c> when a probe that has not arrived is lost. While other messages arrive it may wait behind them, unless
    /// the connection has replied to a command that was sent after it.
    /// </summary>
    private bool IsOver(long start, long active, Task<bool>? echo)
    {
        var waited = time.GetElapsedTime(start);
        if (waited < ProbeTimeout) return false;
        if (waited >= LongestBacklog || time.GetElapsedTime(active) >= ProbeTimeout) return true;
        return echo is { IsCompletedSuccessfully: true, Result: true };
    }

    /// <summary>Publishes a probe; it is repeated, because the first may be faster than the subscription.</summary>
    private Task<bool> SendAsync(IConnectionMultiplexer multiplexer, BusProbe probe, CancellationToken stop) =>
        _attempts.TryAsync(() => multiplexer.GetSubscriber().PublishAsync(probe.Target, probe.Message), ProbeTimeout, stop);

    /// <summary>Returns <c>true</c> if the subscribing connection responds; while it does not, resubscribing would only queue
    /// commands.</summary>
    private Task<bool> AnswersAsync(IConnectionMultiplexer multiplexer, TimeSpan timeout, CancellationToken stop) =>
        _attempts.TryAsync(() => multiplexer.GetSubscriber().PingAsync(), timeout, stop);

    private async Task<bool> IsCompletedAsync(Task received, CancellationToken stop)
    {
        try
        {
            await received.WaitAsync(ProbeInterval, time, stop).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
