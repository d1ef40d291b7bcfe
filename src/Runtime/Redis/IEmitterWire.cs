using System.Collections.Immutable;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>How a producer's messages of one namespace look, and where they go: all that an emitter needs.</summary>
internal interface IEmitterWire
{
    /// <summary>Where everything but broadcasts goes.</summary>
    RedisChannel Requests { get; }

    /// <summary>Where a broadcast goes.</summary>
    RedisChannel ChannelOf(BroadcastOptions options);

    /// <summary>Whether nobody hearing a channel says that there are no servers; of a room that has no members it does not.</summary>
    bool HasEveryServer(RedisChannel channel);

    byte[] Broadcast(EventData data, BroadcastOptions options);

    /// <param name="isJoin">Join or leave.</param>
    /// <param name="target">Which sockets.</param>
    /// <param name="rooms">The rooms.</param>
    byte[] Move(bool isJoin, BroadcastOptions target, ImmutableArray<string> rooms);

    byte[] Disconnect(BroadcastOptions target, bool close);

    /// <param name="data">The event.</param>
    /// <param name="requestId">Null: no answer is wanted.</param>
    /// <exception cref="ProtocolException">The event is malformed or too large.</exception>
    byte[] ServerEvent(EventData data, string? requestId);
}
