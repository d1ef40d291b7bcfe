using System.Net;
using System.Text;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Where channels are subscribed, and where in a Redis Cluster those of sharded pub/sub belong: with the master of their slot.</summary>
internal static class ShardPlaces
{
    /// <summary>Whether a channel is heard as far as the client library knows: Redis has confirmed it, and a sharded one with the master it belongs to.</summary>
    /// <remarks>
    /// A master that became a replica goes on delivering, but a subscription there is not counted among the masters', and ends
    /// when the slot moves on.
    /// </remarks>
    public static bool IsConfirmed(IConnectionMultiplexer multiplexer, RedisChannel channel) =>
        Of(multiplexer, channel) is { } place && (!channel.IsSharded || place.Equals(OwnerOf(multiplexer, channel)));

    /// <summary>The server a channel is subscribed on; null when Redis has not confirmed it.</summary>
    public static EndPoint? Of(IConnectionMultiplexer multiplexer, RedisChannel channel) => multiplexer.GetSubscriber().SubscribedEndpoint(channel);

    /// <summary>The master a sharded channel belongs to; null while it is not connected or not known.</summary>
    public static EndPoint? OwnerOf(IConnectionMultiplexer multiplexer, RedisChannel channel)
    {
        try
        {
            return multiplexer.GetServer((RedisKey)(byte[])channel!) is { IsConnected: true, IsReplica: false } server ? server.EndPoint : null;
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception) || exception is InvalidOperationException or NotSupportedException)
        {
            // No server has the slot as far as is known.
            return null;
        }
    }

    /// <summary>A channel in the slot of another one, which it follows wherever the slot goes.</summary>
    /// <param name="name">The start of its name.</param>
    /// <param name="other">The other channel.</param>
    /// <returns>The channel <c>name{…}</c>; null when the other's slot cannot be named like that.</returns>
    public static RedisChannel? Beside(string name, RedisChannel other)
    {
        var tag = Hashed(Encoding.UTF8.GetString((byte[])other!));
        var beside = $"{name}{{{tag}}}";
        return Hashed(beside) == tag ? RedisChannel.Sharded(beside) : default(RedisChannel?);
    }

    /// <summary>The part of a name that decides its slot: what stands in the first braces, unless that is nothing.</summary>
    public static string Hashed(string name)
    {
        var start = name.IndexOf('{', StringComparison.Ordinal);
        var end = start < 0 ? -1 : name.IndexOf('}', start + 1);
        return end > start + 1 ? name[(start + 1)..end] : name;
    }
}
