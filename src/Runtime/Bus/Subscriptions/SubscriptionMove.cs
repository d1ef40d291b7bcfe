using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Moves a set of subscriptions to other servers, so that its messages can be handed over.</summary>
/// <remarks>Called by the loop that changes the set only.</remarks>
/// <param name="feed">The messages of the set.</param>
/// <param name="channels">The channels of the set.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed class SubscriptionMove(BusFeed feed, SubscribedChannels channels, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Ends the subscriptions on former masters, waits until their successors are known, and subscribes the channels with them.
    /// </summary>
    /// <param name="change">The servers, and those that follow.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task LeaveAsync(BusChange change, CancellationToken stop)
    {
        var all = new HashSet<RedisChannel>();
        for (var leave = change.Leave; leave is not null; leave = await leave.Next.WaitAsync(stop).ConfigureAwait(false))
        {
            // Before the client library learns of the successors: it would subscribe there while the former masters still deliver.
            RedisChannel[] left = [.. channels.On(leave.Servers).Union(channels.OnReplicas())];
            await channels.LeaveAsync(left).ConfigureAwait(false);
            feed.Change(left);
            all.UnionWith(left);
            leave.Complete();
        }

        foreach (var channel in all) await channels.BeginAsync(channel).ConfigureAwait(false);
    }

    /// <summary>
    /// Subscribes everything on the next connection, changes over when both have been subscribed for a while, and waits until it is used.
    /// </summary>
    /// <param name="change">The next connection, and the time at which it is used.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task MoveAsync(BusChange change, CancellationToken stop)
    {
        var next = change.Next!;
        var moved = new List<(RedisChannel Channel, ChannelMessageQueue Queue)>();
        feed.BeginNext();
        try
        {
            await Task.Delay(MessageHandover.Lead, time, stop).ConfigureAwait(false);
            await channels.SubscribeAsync(next, (channel, queue) => moved.Add((channel, queue))).ConfigureAwait(false);
            await next.GetSubscriber().PingAsync().Observed().WaitAsync(ConfirmTimeout, time, stop).ConfigureAwait(false);
            await Task.Delay(MessageHandover.Lead, time, stop).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            // Missing channels are found, and their outage reported, when the next connection is in use.
            RedisLog.WatchFailed(logger, "handover", exception);
        }
        catch (OperationCanceledException)
        {
            foreach (var (_, queue) in moved) await SubscriptionGate.Of(next).UnsubscribeAsync(next, queue, time).ConfigureAwait(false);
            throw;
        }

        feed.ChangeToNext();
        foreach (var (channel, queue) in moved) await channels.ReplaceAsync(channel, next, queue).ConfigureAwait(false);
        change.Confirmed!.TrySetResult(true);
        await change.Ready!.WaitAsync(stop).ConfigureAwait(false);
    }
}
