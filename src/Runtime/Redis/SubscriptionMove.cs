using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Changes the servers of a set of subscriptions, so that its messages can be handed over.</summary>
/// <remarks>Called by the loop that changes the set only.</remarks>
/// <param name="feed">The messages of the set.</param>
/// <param name="queues">The subscriptions of the set; a channel without one is not subscribed.</param>
/// <param name="begin">Subscribes a channel where it belongs now.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed class SubscriptionMove(
    BusFeed feed, Dictionary<RedisChannel, ChannelMessageQueue?> queues, Func<RedisChannel, Task> begin, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Ends the subscriptions on former masters, and subscribes their channels with the successors.</summary>
    /// <param name="change">The servers, and the time at which the client library knows their successors.</param>
    /// <param name="on">Finds the channels that are subscribed on servers.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task LeaveAsync(BusChange change, Func<IReadOnlySet<EndPoint>, RedisChannel[]> on, CancellationToken stop)
    {
        await change.Ready!.WaitAsync(stop).ConfigureAwait(false);
        var channels = on(change.Servers!);
        try
        {
            // Awaited: from then on the former servers deliver nothing more.
            var ended = channels.Select(channel => EndAsync(channel, queues[channel], CommandFlags.None));
            await Task.WhenAll(ended).WaitAsync(ConfirmTimeout, time, stop).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            RedisLog.WatchFailed(logger, "handover", exception);
        }

        feed.Change(channels);
        foreach (var channel in channels) await begin(channel).ConfigureAwait(false);
    }

    /// <summary>Subscribes everything on the next connection, changes over when both have been subscribed for a while, and waits until it is used.</summary>
    /// <param name="change">The next connection, and the time at which it is used.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task MoveAsync(BusChange change, CancellationToken stop)
    {
        feed.BeginNext();
        var moved = new List<(RedisChannel Channel, ChannelMessageQueue Queue)>();
        try
        {
            await Task.Delay(BusHandover.Lead, time, stop).ConfigureAwait(false);
            await SubscribeAsync(change.Next!, moved, stop).ConfigureAwait(false);
            await Task.Delay(BusHandover.Lead, time, stop).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException or TimeoutException)
        {
            // What is not subscribed is found, and its time reported, when the next connection is in use.
            RedisLog.WatchFailed(logger, "handover", exception);
        }
        catch (OperationCanceledException)
        {
            foreach (var (channel, queue) in moved) await EndAsync(channel, queue, CommandFlags.FireAndForget).ConfigureAwait(false);
            throw;
        }

        feed.ChangeToNext();
        foreach (var (channel, queue) in moved)
        {
            await EndAsync(channel, queues[channel], CommandFlags.FireAndForget).ConfigureAwait(false);
            queues[channel] = queue;
        }

        change.Confirmed!.TrySetResult(true);
        await change.Ready!.WaitAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Ends a subscription; never throws for Redis.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="queue">The subscription, if there is one.</param>
    /// <param name="flags">Whether to wait for the confirmation.</param>
    public async Task EndAsync(RedisChannel channel, ChannelMessageQueue? queue, CommandFlags flags)
    {
        if (queue is null) return;
        try
        {
            await queue.UnsubscribeAsync(flags).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException or TimeoutException)
        {
            RedisLog.WatchFailed(logger, channel.ToString(), exception);
        }
    }

    private async Task SubscribeAsync(
        IConnectionMultiplexer next, List<(RedisChannel Channel, ChannelMessageQueue Queue)> moved, CancellationToken stop)
    {
        foreach (var channel in queues.Keys)
        {
            var queue = await next.GetSubscriber().SubscribeAsync(channel, CommandFlags.FireAndForget).ConfigureAwait(false);
            moved.Add((channel, queue));
            feed.FollowNext(queue);
        }

        await next.GetSubscriber().PingAsync().WaitAsync(ConfirmTimeout, time, stop).ConfigureAwait(false);
    }
}
