using System.Collections.Immutable;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>The format and the channels of a producer's messages in one namespace: all that an emitter needs.</summary>
internal interface IEmitterWire
{
    /// <summary>The channel of all messages except broadcasts.</summary>
    RedisChannel Requests { get; }

    /// <summary>Returns the channel of a broadcast.</summary>
    RedisChannel ChannelOf(BroadcastOptions options);

    /// <summary>
    /// Returns <c>true</c> if a channel without subscribers means that there are no servers; for a room it means only that it has no
    /// members.
    /// </summary>
    bool ReachesAllServers(RedisChannel channel);

    byte[] Broadcast(EventData data, BroadcastOptions options);

    /// <param name="isJoin">True to join, false to leave.</param>
    /// <param name="target">The target sockets.</param>
    /// <param name="rooms">The rooms.</param>
    byte[] Move(bool isJoin, BroadcastOptions target, ImmutableArray<string> rooms);

    byte[] Disconnect(BroadcastOptions target, bool close);

    /// <param name="data">The event.</param>
    /// <param name="requestId">The id of the request, or null if no response is requested.</param>
    /// <exception cref="ProtocolException">The event is malformed or too large.</exception>
    byte[] ServerEvent(EventData data, string? requestId);
}
