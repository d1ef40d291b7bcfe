using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>The channels of one set and the queues in which their messages arrive. Changed by one caller at a time.</summary>
/// <param name="connection">The connection they are subscribed on.</param>
/// <param name="reader">The common stream of their messages.</param>
/// <param name="watch">What has to show that it receives.</param>
/// <param name="logger">The log.</param>
internal sealed class SubscribedChannels(RedisConnection connection, BusReader reader, BusWatch watch, ILogger logger)
{
    private readonly Dictionary<RedisChannel, Subscribed?> _queues = [];

    /// <summary>All channels of the set; a copy.</summary>
    public RedisChannel[] All => [.. _queues.Keys];

    /// <summary>The channels without a subscription.</summary>
    public RedisChannel[] Ended => [.. _queues.Where(one => one.Value is null).Select(one => one.Key)];

    /// <summary>The channels that Redis has not confirmed, and those that were unsubscribed by somebody else.</summary>
    public RedisChannel[] Missing =>
        [.. _queues.Where(one => one.Value is not { IsOpen: true } || !IsConfirmed(one.Key)).Select(one => one.Key)];

    /// <summary>Returns <c>true</c> if Redis has confirmed a channel on the present connection.</summary>
    public bool IsConfirmed(RedisChannel channel) =>
        connection.Multiplexer is { IsConnected: true } multiplexer && ShardPlaces.IsHeard(multiplexer, channel);

    /// <summary>Returns <c>true</c> if a channel of the set has a subscription, confirmed or not.</summary>
    public bool Has(RedisChannel channel) => _queues.GetValueOrDefault(channel) is not null;

    /// <summary>The channels that are subscribed on any of some servers.</summary>
    public RedisChannel[] On(IReadOnlySet<EndPoint> servers) => connection.Multiplexer is { } multiplexer
        ? [.. _queues.Keys.Where(channel => ShardPlaces.Of(multiplexer, channel) is { } place && servers.Contains(place))] : [];

    /// <summary>Subscribes a channel without waiting for Redis; never throws for Redis.</summary>
    public async Task BeginAsync(RedisChannel channel)
    {
        _queues[channel] = null;
        if (connection.Multiplexer is not { } multiplexer) return;
        try
        {
            var queue = await SubscriptionGate.Of(multiplexer).SubscribeAsync(multiplexer, channel).ConfigureAwait(false);
            _queues[channel] = new Subscribed(multiplexer, queue);
            _ = reader.Follow(queue, watch.Of(channel));
        }
        catch (Exception exception)
        {
            // It is missing, and is subscribed with the next repair.
            RedisLog.WatchFailed(logger, channel.ToString(), exception);
        }
    }

    /// <summary>Ends a channel's subscription without waiting for Redis; never throws.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="isKept">Whether it stays a channel of the set, to be subscribed again.</param>
    public async Task EndAsync(RedisChannel channel, bool isKept = false)
    {
        if (!_queues.Remove(channel, out var subscribed)) return;
        if (isKept) _queues.Add(channel, null);
        if (subscribed is null) return;
        var (multiplexer, queue) = subscribed;
        var failure = await SubscriptionGate.Of(multiplexer).UnsubscribeAsync(multiplexer, queue).ConfigureAwait(false);
        if (failure is not null) RedisLog.WatchFailed(logger, channel.ToString(), failure);
    }

    private sealed record Subscribed(IConnectionMultiplexer Multiplexer, ChannelMessageQueue Queue)
    {
        public bool IsOpen => !Queue.Completion.IsCompleted;
    }
}
