using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <content>The moves of the set to other servers, so that its messages can be handed over; made by the loop of changes.</content>
internal sealed partial class BusSubscription
{
    /// <summary>
    /// Ends the subscriptions on former masters, waits until their successors are known, and subscribes the channels with them.
    /// </summary>
    /// <param name="change">The servers, and those that follow.</param>
    private async Task LeaveAsync(BusChange change)
    {
        var all = new HashSet<RedisChannel>();
        for (var leave = change.Leave; leave is not null; leave = await leave.Next.WaitAsync(_stopping).ConfigureAwait(false))
        {
            // Before the client library learns of the successors: it would subscribe there while the former masters still deliver.
            RedisChannel[] left = _connection.Link is { } link
                ? [.. All.Where(channel => link.PlaceOf(channel) is { } place && leave.Servers.Contains(place))
                    .Union(_topology.OnReplicas(link, All))] : [];
            await EndOnServersAsync(left).ConfigureAwait(false);
            _feed.Change(left);
            all.UnionWith(left);
            leave.Complete();
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
            RedisLog.WatchFailed(_logger, "handover", exception);
        }
        catch (OperationCanceledException)
        {
            foreach (var (_, subscription) in moved) await subscription.EndAsync(_timings).ConfigureAwait(false);
            throw;
        }

        _feed.ChangeToNext();
        foreach (var (channel, subscription) in moved)
        {
            await EndAsync(channel).ConfigureAwait(false);
            _subscribed[channel] = subscription;
        }

        change.Confirmed!.TrySetResult(true);
        await change.Ready!.WaitAsync(_stopping).ConfigureAwait(false);
    }
}
