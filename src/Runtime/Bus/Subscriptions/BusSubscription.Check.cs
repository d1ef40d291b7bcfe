using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <content>The check that the set receives: it publishes probes to the set, which have to arrive.</content>
/// <remarks>
/// The set is checked after each (re)connection, and after every interval in which one of its subscriptions received nothing; messages on
/// other subscriptions do not count. A set that receives nothing is resubscribed until it does; then the time in which it may have missed
/// messages is reported.
/// </remarks>
internal sealed partial class BusSubscription
{
    // After a suspension of the process the timeout is over before the waiting messages are read.
    private const int LeastAttempts = 3;

    // Read and written by the loop of changes only.
    private bool _isChecking;
    private bool _isCheckDue;
    private Task _checking = Task.CompletedTask;

    /// <summary>Returns <c>true</c> if the next check is due; called every second.</summary>
    public bool IsCheckDue() => _health.IsDue(_feed.Handled);

    /// <summary>Starts a check of the set, after the one in progress.</summary>
    public void Check() => Post(new BusChange(BusChangeKind.Check, default));

    /// <summary>Records that messages may have been lost since the last successful check, or since an earlier time, and checks.</summary>
    public void Suspect(long since = long.MaxValue)
    {
        _health.Suspect(since);
        Check();
    }

    /// <summary>Handles an event of the connection other than a tick.</summary>
    public void Handle(ConnectionEvent change)
    {
        if (change == ConnectionEvent.Renewed) _health.Suspect();
        if (change == ConnectionEvent.Replaced) _health.TryInterrupt();
        if (change == ConnectionEvent.Replaced) _ = MadeAsync(new BusChange(BusChangeKind.Renew, default));
        if (change == ConnectionEvent.Followed) _ = MadeAsync(new BusChange(BusChangeKind.Verify, default));
        if (change is ConnectionEvent.Moved or ConnectionEvent.Followed) _topology.Moved(Check);
        else if (change != ConnectionEvent.Lost || _health.TryInterrupt()) Check();
    }

    /// <summary>Prepares for other servers on the same connection.</summary>
    public void BeginHandover() => _feed.Begin();

    /// <summary>Ends the time in which messages of two servers can come twice.</summary>
    public void EndHandover() => _feed.End();

    /// <summary>Starts a check, unless one is in progress: then when that has ended.</summary>
    private Task ScheduleCheckAsync(bool isEnd)
    {
        if (isEnd) _isChecking = false;
        else _isCheckDue = true;
        if (_isChecking || !_isCheckDue) return Task.CompletedTask;
        (_isChecking, _isCheckDue) = (true, false);
        _checking = Task.Run(RunCheckAsync);
        return Task.CompletedTask;
    }

    private async Task RunCheckAsync()
    {
        _health.BeginCheck();

        // It is canceled when the set ends.
        if (_connection.Link is { } link) await CheckAsync(link).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Post(new BusChange(BusChangeKind.Checked, default));
    }

    private async Task CheckAsync(IRedisLink link)
    {
        await _topology.FollowAsync(_connection).WaitAsync(_stopping).ConfigureAwait(false);
        long? unconfirmed = null;
        for (var round = 1; IsCurrent(link); round++)
        {
            // Pings at once, because a client library closes a dead connection only some time after a command was sent.
            var response = _topology.RespondsAsync(() => PingAsync(link, _timings.ProbeTimeout));
            var pending = await PendingAsync(link).ConfigureAwait(false);
            var isVerified = await _topology.VerifyAsync(pending, VerifiedAsync).WaitAsync(_stopping).ConfigureAwait(false);
            if (isVerified && pending.Length == 0)
            {
                _health.MarkHealthy();
                return;
            }

            // The end of the set, and another connection in place of this one, look like a loss but are not.
            _stopping.ThrowIfCancellationRequested();
            if (!IsCurrent(link)) return;
            _health.Suspect();
            unconfirmed = pending.Length > 0 ? null : unconfirmed ?? _timings.Clock.GetTimestamp();
            var isLost = unconfirmed is { } since ? _timings.Since(since) >= _timings.ProbeTimeout : round >= _topology.RoundsUntilLost;

            // Channels are missing because their master is: the same for every node.
            if (isLost && !_isMasterAway) _health.MarkUnresponsive();
            await _topology.FollowAsync(_connection).WaitAsync(_stopping).ConfigureAwait(false);
            var renewal = new BusChange(BusChangeKind.Renew, default) { Unreceived = pending };
            if (pending.Length > 0 && await response.ConfigureAwait(false))
                await MadeAsync(renewal).WaitAsync(_stopping).ConfigureAwait(false);
            await _timings.DelayAsync(_topology.PauseAfter(pending, _timings.ProbeRepetition), _stopping).ConfigureAwait(false);
        }
    }

    private bool IsCurrent(IRedisLink link) => link.IsConnected && ReferenceEquals(link, _connection.Link);

    private Task<bool> VerifiedAsync() => MadeAsync(new BusChange(BusChangeKind.Verify, default));

    private async Task ChooseProbesAsync()
    {
        // A set that has just begun is empty for a moment.
        for (var round = 0; round < MaxRounds; round++)
        {
            if (await MadeAsync(new BusChange(BusChangeKind.Probe, default)).ConfigureAwait(false) && _health.Probes.Length > 0) return;
            await _timings.DelayAsync(_timings.RepairPause, _stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Probes the private channels, and the others that have received nothing for an interval.</summary>
    /// <returns>The channels that received nothing.</returns>
    private async Task<RedisChannel[]> PendingAsync(IRedisLink link)
    {
        await _topology.ChooseAsync(ChooseProbesAsync).WaitAsync(_stopping).ConfigureAwait(false);
        if (_health.Probes.Length == 0) return [Probe];
        var probed = Array.ConvertAll(_health.Probed(), one => (one.Probe, Arrived: one.NextAsync()));
        var arrivals = Task.WhenAll(probed.Select(one => one.Arrived));
        Task<bool>? echo = null;
        var start = _timings.Clock.GetTimestamp();
        var (arrived, active) = (_feed.Arrived, start);
        for (var attempts = 0; attempts < LeastAttempts || !IsOver(start, active, echo);)
        {
            var sent = await Task.WhenAll(Pending().Select(probe => SendAsync(link, probe))).ConfigureAwait(false);
            await arrivals.WaitAsync(_timings.ProbeRepetition, _timings.Clock, _stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stopping.ThrowIfCancellationRequested();
            if (arrivals.IsCompleted) return [];
            if (_feed.Arrived is var now && now != arrived) (arrived, active) = (now, _timings.Clock.GetTimestamp());

            // A connection that accepts nothing is not given more attempts.
            attempts = Array.TrueForAll(sent, static one => one) ? attempts + 1 : LeastAttempts;

            // The reply comes behind the probes on the same connection.
            echo ??= _topology.EchoAsync(() => PingAsync(link, _timings.MaxProbeDelay));
        }

        return [.. Pending().Select(probe => probe.Subscription)];

        IEnumerable<BusProbe> Pending() => probed.Where(one => !one.Arrived.IsCompleted).Select(one => one.Probe);
    }

    /// <summary>
    /// Returns <c>true</c> when a probe that has not arrived is lost. While other messages arrive it may wait behind them, unless
    /// the connection has replied to a command that was sent after it.
    /// </summary>
    private bool IsOver(long start, long active, Task<bool>? echo)
    {
        var waited = _timings.Since(start);
        if (waited < _timings.ProbeTimeout) return false;
        if (waited >= _timings.MaxProbeDelay || _timings.Since(active) >= _timings.ProbeTimeout) return true;
        return echo is { IsCompletedSuccessfully: true, Result: true };
    }

    /// <summary>Publishes a probe; it is repeated, because the first may be faster than the subscription.</summary>
    private Task<bool> SendAsync(IRedisLink link, BusProbe probe) =>
        _link.TryAsync(() => link.PublishAsync(probe.Target, probe.Message), _timings.ProbeTimeout, _stopping);

    private Task<bool> PingAsync(IRedisLink link, TimeSpan timeout) => _link.TryAsync(link.PingSubscriberAsync, timeout, _stopping);
}
