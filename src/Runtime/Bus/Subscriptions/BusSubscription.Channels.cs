using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <content>The channels of the set and their subscriptions, changed by the loop of changes, and by the end when it has ended.</content>
internal sealed partial class BusSubscription
{
    private const int MaxRefreshes = 3;

    // Null for a channel without a subscription.
    private readonly Dictionary<RedisChannel, ILinkSubscription?> _subscribed = [];

    private RedisChannel[] All => [.. _subscribed.Keys];

    /// <summary>The channels that Redis has not confirmed, and those that were unsubscribed by another user of the connection.</summary>
    private RedisChannel[] Missing =>
        [.. _subscribed.Where(one => one.Value is not { IsOpen: true } || !Has(one.Key)).Select(one => one.Key)];

    /// <summary>Subscribes to a channel without waiting for Redis; never throws for Redis.</summary>
    private async Task BeginAsync(RedisChannel channel)
    {
        _subscribed[channel] = null;
        if (_connection.Link is not { } link) return;
        try
        {
            var subscription = await link.SubscribeAsync(channel).ConfigureAwait(false);
            _subscribed[channel] = subscription;
            _feed.Follow(subscription, channel);
        }
        catch (Exception exception)
        {
            // It is missing, and is subscribed with the next repair.
            RedisLog.AdapterOperationFailed(_logger, $"subscription to {channel}", exception);
        }
    }

    /// <summary>Ends a channel's subscription without waiting for Redis; never throws.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="isKept">A value indicating whether it stays a channel of the set, to be subscribed again.</param>
    /// <param name="isConfirmed">A value indicating whether to wait briefly until Redis has confirmed the end.</param>
    private async Task EndChannelAsync(RedisChannel channel, bool isKept = false, bool isConfirmed = false)
    {
        if (!_subscribed.Remove(channel, out var subscription)) return;
        if (isKept) _subscribed.Add(channel, null);
        if (subscription is null) return;
        var failure = await subscription.EndAsync(_timings, isConfirmed).ConfigureAwait(false);
        if (failure is not null) RedisLog.AdapterOperationFailed(_logger, $"unsubscription from {channel}", failure);
    }

    /// <summary>
    /// Ends channels that stay channels of the set; completes when their servers deliver nothing more, or do not respond. Never throws.
    /// </summary>
    private async Task EndOnServersAsync(RedisChannel[] left)
    {
        foreach (var place in _connection.Link is { } link ? left.GroupBy(link.PlaceOf).ToArray() : [])
        {
            // A server replies in order: the last reply confirms all.
            var channels = place.ToArray();
            for (var i = 0; i < channels.Length; i++)
                await EndChannelAsync(channels[i], isKept: true, isConfirmed: i == channels.Length - 1).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Returns the channels that can be unsubscribed now: those that were settled while no refresh of the servers subscribed them again.
    /// </summary>
    private async Task<RedisChannel[]> SettledAsync(RedisChannel[] ended)
    {
        for (var look = 1; ; look++)
        {
            var before = _connection.Refreshing;
            await _connection.RefreshedAsync().ConfigureAwait(false);
            var settled = await ConfirmedOrLostAsync(ended).ConfigureAwait(false);
            if (look == MaxRefreshes || ReferenceEquals(before, _connection.Refreshing)) return settled;
        }
    }

    /// <summary>Returns the channels whose subscriptions are confirmed, or were never received by a server that responds.</summary>
    private async Task<RedisChannel[]> ConfirmedOrLostAsync(RedisChannel[] channels) =>
        _connection.Link is not { IsConnected: true } || Array.TrueForAll(channels, Has)
            ? channels : await _topology.SettledAsync(_link, channels).ConfigureAwait(false);
}
