using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Handles one message of the bus; the bytes are valid until the call returns.</summary>
/// <returns>The reason why the message was dropped, or <see cref="DropReason.None"/>.</returns>
/// <exception cref="ProtocolException">The message is malformed.</exception>
internal delegate DropReason PeerMessageHandler(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message);

/// <summary>The protocol between the servers of one namespace: the differences between the classic and the sharded adapter.</summary>
internal interface IClusterWire : IRequestWire
{
    /// <summary>Gets a value indicating whether single rooms have channels that a node subscribes to while it has members.</summary>
    bool SubscribesRooms { get; }

    /// <summary>Returns <c>true</c> if a room has a channel of its own.</summary>
    bool HasRoomChannel(string room);

    /// <summary>Returns the channel of a room that has one.</summary>
    RedisChannel Room(string room);

    /// <summary>Returns the channel of a response, which names the requesting node.</summary>
    RedisChannel ResponseChannel(in PeerMessage response);

    /// <summary>The dispatch of a node's messages to their handlers.</summary>
    PeerMessageHandler Receive(LocalAdapter local, PeerRequests requests, PeerResponder responder, DroppedMessages dropped);
}
