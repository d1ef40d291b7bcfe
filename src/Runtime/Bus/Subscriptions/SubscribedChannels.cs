using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>The channels of one set and the queues in which their messages arrive. Changed by one caller at a time.</summary>
/// <param name="connection">The connection of the subscriptions.</param>
/// <param name="feed">The common stream of their messages.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed class SubscribedChannels(RedisConnection connection, BusFeed feed, TimeProvider time, ILogger logger)
{
    private readonly Dictionary<RedisChannel, Subscribed?> _queues = [];

    /// <summary>All channels of the set; a copy.</summary>
    public RedisChannel[] All => [.. _queues.Keys];

    /// <summary>The channels without a subscription.</summary>
    public RedisChannel[] Ended => [.. _queues.Where(one => one.Value is null).Select(one => one.Key)];

    /// <summary>The channels that Redis has not confirmed, and those that were unsubscribed by another user of the connection.</summary>
    public RedisChannel[] Missing =>
        [.. _queues.Where(one => one.Value is not { IsOpen: true } || !IsConfirmed(one.Key)).Select(one => one.Key)];

    /// <summary>Returns <c>true</c> if Redis has confirmed a channel on the present connection.</summary>
    public bool IsConfirmed(RedisChannel channel) =>
        connection.Multiplexer is { IsConnected: true } multiplexer && ShardPlaces.IsConfirmed(multiplexer, channel);

    /// <summary>Returns <c>true</c> if a channel of the set has a subscription, confirmed or not.</summary>
    public bool Has(RedisChannel channel) => _queues.GetValueOrDefault(channel) is not null;

    /// <summary>Returns the channels that are subscribed on any of some servers.</summary>
    public RedisChannel[] On(IReadOnlySet<EndPoint> servers) => connection.Multiplexer is { } multiplexer
        ? [.. _queues.Keys.Where(channel => ShardPlaces.Of(multiplexer, channel) is { } place && servers.Contains(place))] : [];

    /// <summary>Returns the channels that are subscribed on a replica, which delivers them but is not their server.</summary>
    public RedisChannel[] OnReplicas() => connection.Multiplexer is { } multiplexer
        ? On(multiplexer.GetServers().Where(server => server is { IsConnected: true, IsReplica: true }).Select(server => server.EndPoint)
            .ToHashSet()) : [];

    /// <summary>Subscribes to a channel without waiting for Redis; never throws for Redis.</summary>
    public async Task BeginAsync(RedisChannel channel)
    {
        _queues[channel] = null;
        if (connection.Multiplexer is not { } multiplexer) return;
        try
        {
            var queue = await SubscriptionGate.Of(multiplexer).SubscribeAsync(multiplexer, channel).ConfigureAwait(false);
            _queues[channel] = new Subscribed(multiplexer, queue);
            feed.Follow(queue, channel);
        }
        catch (Exception exception)
        {
            // It is missing, and is subscribed with the next repair.
            RedisLog.WatchFailed(logger, channel.ToString(), exception);
        }
    }

    /// <summary>Ends a channel's subscription without waiting for Redis; never throws.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="isKept">A value indicating whether it stays a channel of the set, to be subscribed again.</param>
    /// <param name="isConfirmed">A value indicating whether to wait briefly until Redis has confirmed the end.</param>
    public async Task EndAsync(RedisChannel channel, bool isKept = false, bool isConfirmed = false)
    {
        if (!_queues.Remove(channel, out var subscribed)) return;
        if (isKept) _queues.Add(channel, null);
        if (subscribed is null) return;
        var (multiplexer, queue) = subscribed;
        var failure = await SubscriptionGate.Of(multiplexer).UnsubscribeAsync(multiplexer, queue, time, isConfirmed).ConfigureAwait(false);
        if (failure is not null) RedisLog.WatchFailed(logger, channel.ToString(), failure);
    }

    /// <summary>Records that channels change servers, for a handover in progress.</summary>
    public void Moved(RedisChannel[] moved) => feed.Change(moved);

    /// <summary>
    /// Ends channels that stay channels of the set; completes when their servers deliver nothing more, or do not respond. Never throws.
    /// </summary>
    public async Task LeaveAsync(RedisChannel[] left)
    {
        var places = connection.Multiplexer is { } multiplexer ? left.GroupBy(channel => ShardPlaces.Of(multiplexer, channel)).ToArray()
            : [];
        foreach (var place in places)
        {
            // A server replies in order: the last reply confirms all.
            var channels = place.ToArray();
            for (var i = 0; i < channels.Length; i++)
                await EndAsync(channels[i], isKept: true, isConfirmed: i == channels.Length - 1).ConfigureAwait(false);
        }
    }

    /// <summary>Subscribes to all channels on another connection, too; the existing subscriptions stay until they are replaced.</summary>
    /// <param name="next">The connection.</param>
    /// <param name="subscribed">Called with each subscription.</param>
    public async Task SubscribeAsync(IConnectionMultiplexer next, Action<RedisChannel, ChannelMessageQueue> subscribed)
    {
        foreach (var channel in All)
        {
            var queue = await SubscriptionGate.Of(next).SubscribeAsync(next, channel).ConfigureAwait(false);
            subscribed(channel, queue);
            feed.FollowNext(queue, channel);
        }
    }

    /// <summary>Replaces the current subscription with the one on another connection.</summary>
    public async Task ReplaceAsync(RedisChannel channel, IConnectionMultiplexer next, ChannelMessageQueue queue)
    {
        await EndAsync(channel).ConfigureAwait(false);
        _queues[channel] = new Subscribed(next, queue);
    }

    private sealed record Subscribed(IConnectionMultiplexer Multiplexer, ChannelMessageQueue Queue)
    {
        public bool IsOpen => !Queue.Completion.IsCompleted;
    }
}
