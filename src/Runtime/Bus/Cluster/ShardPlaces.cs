using System.Net;
using System.Text;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>
/// Finds the server on which a channel is subscribed, and the one where a sharded channel belongs: the master of its slot.
/// </summary>
internal static class ShardPlaces
{
    /// <summary>
    /// Returns <c>true</c> if, as far as the client library knows, Redis has confirmed a channel, and a sharded one with the master of its
    /// slot.
    /// </summary>
    /// <remarks>
    /// A master that became a replica keeps delivering, but a subscription there is not counted among the masters', and ends
    /// when the slot moves on.
    /// </remarks>
    public static bool IsConfirmed(IConnectionMultiplexer multiplexer, RedisChannel channel) =>
        Of(multiplexer, channel) is { } place && (!channel.IsSharded || place.Equals(OwnerOf(multiplexer, channel)));

    /// <summary>Returns the server a channel is subscribed on; null when Redis has not confirmed it.</summary>
    public static EndPoint? Of(IConnectionMultiplexer multiplexer, RedisChannel channel) =>
        multiplexer.GetSubscriber().SubscribedEndpoint(channel);

    /// <summary>Returns the master of a sharded channel; null while it is not connected or not known.</summary>
    public static EndPoint? OwnerOf(IConnectionMultiplexer multiplexer, RedisChannel channel)
    {
        try
        {
            return multiplexer.GetServer((RedisKey)(byte[])channel!) is { IsConnected: true, IsReplica: false } server ? server.EndPoint
                : null;
        }
        catch (Exception exception)
            when (RedisReason.IsFailure(exception) || exception is InvalidOperationException or NotSupportedException)
        {
            // No server has the slot as far as is known.
            return null;
        }
    }

    /// <summary>Returns a channel in the slot of another one, so that both move together.</summary>
    /// <param name="name">The start of the channel's name.</param>
    /// <param name="other">The other channel.</param>
    /// <returns>The channel <c>name{…}</c>; null when the other's slot cannot be named like that.</returns>
    public static RedisChannel? Beside(string name, RedisChannel other)
    {
        var tag = Hashed(Encoding.UTF8.GetString((byte[])other!));
        var beside = $"{name}{{{tag}}}";
        return Hashed(beside) == tag ? RedisChannel.Sharded(beside) : default(RedisChannel?);
    }

    /// <summary>Returns the part of a name that determines its slot: the text in the first braces, unless it is empty.</summary>
    public static string Hashed(string name)
    {
        var start = name.IndexOf('{', StringComparison.Ordinal);
        var end = start < 0 ? -1 : name.IndexOf('}', start + 1);
        return end > start + 1 ? name[(start + 1)..end] : name;
    }
}
