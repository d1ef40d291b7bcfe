using System.Net;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Chooses the probe channels of a set of sharded subscriptions: one on each master it is subscribed with.</summary>
internal static class ShardProbes
{
    /// <summary>Returns the channels: one for each master that channels of the set belong to, in the slot of one of those.</summary>
    /// <param name="multiplexer">The connection.</param>
    /// <param name="name">The start of their names.</param>
    /// <param name="before">The channels chosen before, which stay as long as they are usable.</param>
    /// <param name="channels">The channels of the set.</param>
    public static RedisChannel[] Choose(IConnectionMultiplexer multiplexer, string name, RedisChannel[] before,
        IEnumerable<RedisChannel> channels)
    {
        var needed = new HashSet<EndPoint>();
        var first = new Dictionary<EndPoint, RedisChannel>();
        foreach (var channel in channels)
        {
            if (ShardPlaces.OwnerOf(multiplexer, channel) is not { } owner) continue;
            needed.Add(owner);
            if (!first.ContainsKey(owner) && (ShardPlaces.Beside(name, channel) ?? With(owner)) is { } probe) first.Add(owner, probe);
        }

        var chosen = new List<RedisChannel>();
        foreach (var probe in before)
        {
            if (ShardPlaces.OwnerOf(multiplexer, probe) is { } owner && needed.Remove(owner)) chosen.Add(probe);
        }

        chosen.AddRange(needed.Where(first.ContainsKey).Select(owner => first[owner]));
        return [.. chosen];

        // If a slot cannot be named, the channel of that name is used if it happens to be with the same master: always, without a cluster.
        RedisChannel? With(EndPoint owner) =>
            RedisChannel.Sharded(name) is var plain && owner.Equals(ShardPlaces.OwnerOf(multiplexer, plain)) ? plain
                : default(RedisChannel?);
    }

    /// <summary>
    /// Returns the channels of a set that share a server with any of some others, or belong there and are not subscribed.
    /// </summary>
    public static RedisChannel[] SameServer(IConnectionMultiplexer multiplexer, RedisChannel[] others, IEnumerable<RedisChannel> channels)
    {
        var servers = others.Select(other => PlaceOf(multiplexer, other)).OfType<EndPoint>().ToHashSet();
        return [.. channels.Where(channel => PlaceOf(multiplexer, channel) is { } place && servers.Contains(place))];
    }

    private static EndPoint? PlaceOf(IConnectionMultiplexer multiplexer, RedisChannel channel) =>
        ShardPlaces.Of(multiplexer, channel) ?? ShardPlaces.OwnerOf(multiplexer, channel);
}
