using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <content>The loop that makes the changes, and their confirmation.</content>
internal sealed partial class BusSubscription
{
    // The maximum number of changes before those with a waiting caller are confirmed.
    private const int MaxWaiting = 1000;

    // Read and written by the loop of changes only, and by the end when that loop has ended.
    private readonly HashSet<RedisChannel> _leaving = [];
    private bool _isWaitingForRefresh;
    private volatile bool _isConnectionUnresponsive;

    private async Task ChangeAsync()
    {
        List<BusChange> waiting = [];
        try
        {
            await _connection.Ready.WaitAsync(_stopping).ConfigureAwait(false);
            Check();
            while (await _changes.Reader.WaitToReadAsync(_stopping).ConfigureAwait(false))
            {
                while (waiting.Count < MaxWaiting && _changes.Reader.TryRead(out var change))
                {
                    if (change.Confirmed is not null) waiting.Add(change);
                    await MakeAsync(change).ConfigureAwait(false);
                }

                if (waiting.Count > 0) await ConfirmAsync(waiting).ConfigureAwait(false);
                waiting.Clear();
                if (_leaving.Count > 0 && _connection.Refreshing.IsCompleted) await UnsubscribeRemovedAsync().ConfigureAwait(false);
                else if (_leaving.Count > 0) _ = SettleLaterAsync();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            foreach (var change in waiting) change.Confirmed!.TrySetResult(false);
        }
    }

    private Task MakeAsync(BusChange change) => change.Kind switch
    {
        BusChangeKind.Add => AddAsync(change),
        BusChangeKind.Remove => RemoveAsync(change.Channel),
        BusChangeKind.Settle => SettleAsync(),
        BusChangeKind.Check => ScheduleCheckAsync(isEnd: false),
        BusChangeKind.Checked => ScheduleCheckAsync(isEnd: true),
        BusChangeKind.Probe => ProbeAsync(),
        BusChangeKind.Verify => VerifyAsync(),
        BusChangeKind.Renew => RenewAsync(change.Unreceived),
        BusChangeKind.Leave => LeaveServersAsync(change),
        _ => MoveAsync(change),
    };

    private Task AddAsync(BusChange change)
    {
        _leaving.Remove(change.Channel);
        return _subscribed.GetValueOrDefault(change.Channel) is null ? BeginAsync(change.Channel) : Task.CompletedTask;
    }

    private Task RemoveAsync(RedisChannel channel)
    {
        if (_isConnectionUnresponsive || (Has(channel) && _connection.Refreshing.IsCompleted)) return EndChannelAsync(channel);
        _leaving.Add(channel);
        return Task.CompletedTask;
    }

    private Task SettleAsync()
    {
        _isWaitingForRefresh = false;
        return UnsubscribeRemovedAsync();
    }

    /// <summary>
    /// Unsubscribes channels that were unconfirmed when they were removed, or removed during a refresh of the servers. Those that Redis
    /// may still confirm wait for the next time.
    /// </summary>
    private async Task UnsubscribeRemovedAsync()
    {
        var refresh = _connection.Refreshing;
        var settled = await ConfirmedOrLostAsync([.. _leaving]).ConfigureAwait(false);
        if (!ReferenceEquals(refresh, _connection.Refreshing))
        {
            _ = SettleLaterAsync();
            return;
        }

        foreach (var channel in settled)
        {
            _leaving.Remove(channel);
            await EndChannelAsync(channel).ConfigureAwait(false);
        }
    }

    /// <summary>Lets other changes go on until a refresh of the servers has ended, which may take long when one does not respond.</summary>
    private async Task SettleLaterAsync()
    {
        if (_isWaitingForRefresh) return;
        _isWaitingForRefresh = true;
        await _connection.RefreshedAsync().ConfigureAwait(false);
        Post(new BusChange(BusChangeKind.Settle, default));
    }

    /// <summary>Waits until Redis has replied to the changes.</summary>
    private async Task ConfirmAsync(List<BusChange> waiting)
    {
        var added = waiting.Where(change => change.Kind == BusChangeKind.Add).Select(change => change.Channel).ToArray();
        var confirmation = await _topology.ConfirmAsync(_link, added, _stopping).ConfigureAwait(false);

        // While the connection is unresponsive, no caller waits for it.
        if (confirmation != Confirmation.Complete && !_isConnectionUnresponsive) Check();
        _isConnectionUnresponsive = confirmation == Confirmation.None;
        foreach (var change in waiting)
        {
            change.Confirmed!.TrySetResult(!_isConnectionUnresponsive && change.Kind switch
            {
                BusChangeKind.Add => Has(change.Channel),
                BusChangeKind.Verify => Missing.Length == 0,
                _ => true,
            });
        }
    }
}
