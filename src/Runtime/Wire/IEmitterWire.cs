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

    /// <summary>Writes a broadcast that is not to be acknowledged.</summary>
    /// <param name="data">The event.</param>
    /// <param name="options">The target.</param>
    /// <param name="extension">The map of <see cref="MessageExtension"/>, or nothing.</param>
    byte[] Broadcast(EventData data, BroadcastOptions options, ReadOnlyMemory<byte> extension);

    /// <summary>Writes any other message.</summary>
    /// <exception cref="ProtocolException">The event or the acknowledgement is malformed or too large.</exception>
    /// <exception cref="NotSupportedException">There is no such message.</exception>
    byte[] Write(in PeerMessage message);
}
