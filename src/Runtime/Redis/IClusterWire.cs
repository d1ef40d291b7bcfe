using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Handles one message of the bus; the bytes are lent for the call.</summary>
/// <returns>Null, or why nothing was done about it.</returns>
/// <exception cref="ProtocolException">It is malformed.</exception>
internal delegate string? PeerMessageHandler(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message);

/// <summary>How the servers of one namespace speak with each other: what tells the classic adapter from the sharded one, and nothing else.</summary>
internal interface IClusterWire : IEmitterWire
{
    /// <summary>The channels a node subscribes from its start, that of broadcasts first.</summary>
    /// <remarks>The subscribers of <see cref="IEmitterWire.Requests"/> are the nodes.</remarks>
    IEnumerable<RedisChannel> Channels { get; }

    /// <summary>The set of a node's subscriptions.</summary>
    BusSet Set { get; }

    /// <summary>Whether single rooms have channels that a node subscribes while it has members.</summary>
    bool SubscribesRooms { get; }

    /// <summary>Whether answers can be asked for that list the rooms of a node.</summary>
    bool ListsRooms { get; }

    /// <summary>Whether this room is one of those.</summary>
    bool HasOwn(string room);

    /// <summary>The channel of a room that has one.</summary>
    RedisChannel Room(string room);

    byte[] Ask(string requestId, EventData data, BroadcastOptions target);

    byte[] FetchSockets(string requestId, BroadcastOptions target);

    /// <exception cref="NotSupportedException">There is no such request; see <see cref="ListsRooms"/>.</exception>
    byte[] AllRooms(string requestId);

    /// <summary>An answer, and where it goes.</summary>
    (RedisChannel Channel, byte[] Message) Answer(PeerRequest request, PeerAnswer answer);

    /// <summary>Reads an answer.</summary>
    /// <param name="message">What came.</param>
    /// <param name="answer">What it says, a slice of the message or of memory of its own.</param>
    /// <returns>Null, or why it counts for nothing.</returns>
    /// <exception cref="ProtocolException">It is malformed.</exception>
    string? ReadAnswer(ReadOnlyMemory<byte> message, out PeerResponse answer);

    /// <summary>What is done with the messages of a node: each goes to whom it is for.</summary>
    PeerMessageHandler Receive(LocalAdapter local, PeerRequests requests, PeerResponder responder, DroppedMessages dropped);
}
