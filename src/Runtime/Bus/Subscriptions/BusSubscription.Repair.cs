using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <content>
/// Subscriptions that are made again on the right servers, or on others so that the messages of the set can be handed over; by the loop of
/// changes.
/// </content>
internal sealed partial class BusSubscription
{
    private const int MaxRounds = 20;

    private volatile bool _isMasterAway;
    private volatile bool _isOnReplica;
    private long? _onReplicaSince;

    /// <summary>Gets a value indicating whether channels are subscribed on a replica.</summary>
    public bool IsOnReplica => _isOnReplica;

    /// <summary>Subscribes the channels again that Redis has not confirmed.</summary>
    private async Task VerifyAsync()
    {
        RedisChannel[] ended = [.. _subscribed.Where(one => one.Value is null).Select(one => one.Key)];
        foreach (var channel in _topology.Reachable(_link, ended)) await BeginAsync(channel).ConfigureAwait(false);

        // Ended by another user of the connection: messages may have been lost although all probes arrive.
        if (_subscribed.Values.Any(static one => one is { IsOpen: false })) _health.Suspect();

        // The connection restores its subscriptions in the background.
        for (var round = 0; round < MaxRounds && await IsRestoringAsync().ConfigureAwait(false); round++)
            await _timings.DelayAsync(_timings.RepairPause, _stopping).ConfigureAwait(false);
        var missing = Missing;
        _isMasterAway = _topology.Reachable(_link, missing).Length < missing.Length;
        await ResubscribeAsync(_topology.Responding(_link, missing)).ConfigureAwait(false);
    }

    private async Task<bool> IsRestoringAsync() =>
        await _topology.RespondsAsync(() => _link.RespondsAsync(_stopping)).ConfigureAwait(false)
            && _topology.Responding(_link, Missing).Length > 0;

    /// <summary>Subscribes all channels again, or those that can be concerned when some received nothing.</summary>
    private Task RenewAsync(RedisChannel[]? unreceived) => ResubscribeAsync(
        unreceived is not null && _connection.Link is { } link ? _topology.Renewed(link, unreceived, All) : All);

    private async Task ResubscribeAsync(RedisChannel[] channels)
    {
        RedisChannel[] renewed = [.. channels.Except(Followed())];
        if (_connection.IsHandingOver) await EndOnServersAsync(renewed).ConfigureAwait(false);
        else foreach (var channel in renewed) await EndChannelAsync(channel, isKept: true).ConfigureAwait(false);
        _feed.Change(renewed);

        // The last command that reaches a server about a channel that leaves it must end it, because the server may be reachable again
        // later.
        if (renewed.Length > 0) await _topology.RefreshAsync(_connection).ConfigureAwait(false);
        foreach (var channel in renewed) await BeginAsync(channel).ConfigureAwait(false);
    }

    /// <summary>
    /// Returns the channels on replicas, which keep delivering until they are handed over; one that does not respond is not waited for.
    /// </summary>
    private RedisChannel[] Followed()
    {
        var followed = _connection.Link is { } link ? _topology.OnReplicas(link, All) : [];
        _isOnReplica = followed.Length > 0;
        if (!_isOnReplica) _onReplicaSince = null;
        else if (_connection.IsHandingOver) _onReplicaSince = _timings.Clock.GetTimestamp();
        else _onReplicaSince ??= _timings.Clock.GetTimestamp();
        return _onReplicaSince is { } since && _timings.Since(since) < _timings.MaxReplicaStay ? followed : [];
    }

    /// <summary>Chooses the channels on which the set receives its own messages, and subscribes them.</summary>
    private async Task ProbeAsync()
    {
        if (_connection.Link is not { } link) return;
        var before = _health.Probes;
        var chosen = _topology.Probes(link, Probe.ToString(), before, All.Except(before));
        RedisChannel[] former = [.. before.Except(chosen)];
        if (former.Length > 0) await SettledAsync(former).ConfigureAwait(false);
        foreach (var channel in former) await EndChannelAsync(channel).ConfigureAwait(false);
        _health.Choose(chosen);
        foreach (var channel in chosen.Except(before)) await BeginAsync(channel).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends the subscriptions on former masters, waits until their successors are known, and subscribes the channels with them.
    /// </summary>
    /// <param name="change">The servers; further ones can follow before their successors are known.</param>
    private async Task LeaveServersAsync(BusChange change)
    {
        var all = new HashSet<RedisChannel>();
        await foreach (var leave in change.Leaves!.ReadAllAsync(_stopping).ConfigureAwait(false))
        {
            // Before the client library learns of the successors: it would subscribe there while the former masters still deliver.
            RedisChannel[] left = _connection.Link is { } link
                ? [.. All.Where(channel => link.PlaceOf(channel) is { } place && leave.Servers.Contains(place))
                    .Union(_topology.OnReplicas(link, All))] : [];
            await EndOnServersAsync(left).ConfigureAwait(false);
            _feed.Change(left);
            all.UnionWith(left);
            leave.Left.SetResult();
        }

        foreach (var channel in all) await BeginAsync(channel).ConfigureAwait(false);
    }

    /// <summary>
    /// Subscribes everything on the next connection, changes over when both have been subscribed for a while, and waits until it is used.
    /// </summary>
    /// <param name="change">The next connection, and the time at which it is used.</param>
    private async Task MoveAsync(BusChange change)
    {
        var next = change.Next!;
        var moved = new List<(RedisChannel Channel, ILinkSubscription Subscription)>();
        _feed.BeginNext();
        try
        {
            await _timings.DelayAsync(_timings.HandoverLead, _stopping).ConfigureAwait(false);
            foreach (var channel in All)
            {
                // The present subscriptions stay until they are replaced.
                var subscription = await next.SubscribeAsync(channel).ConfigureAwait(false);
                moved.Add((channel, subscription));
                _feed.FollowNext(subscription, channel);
            }

            await next.PingSubscriberAsync().Observed().WaitAsync(_timings.MoveTimeout, _timings.Clock, _stopping).ConfigureAwait(false);
            await _timings.DelayAsync(_timings.HandoverLead, _stopping).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            // Missing channels are found, and their outage reported, when the next connection is in use.
            RedisLog.AdapterOperationFailed(_logger, "subscription on the next connection", exception);
        }
        catch (OperationCanceledException)
        {
            foreach (var (_, subscription) in moved) await subscription.EndAsync(_timings).ConfigureAwait(false);
            throw;
        }

        _feed.ChangeToNext();
        foreach (var (channel, subscription) in moved)
        {
            await EndChannelAsync(channel).ConfigureAwait(false);
            _subscribed[channel] = subscription;
        }

        change.Confirmed!.TrySetResult(true);
        await change.Ready!.WaitAsync(_stopping).ConfigureAwait(false);
    }
}
