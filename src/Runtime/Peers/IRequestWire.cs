using StackExchange.Redis;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>The protocol of a process that sends requests to the servers of one namespace and receives the responses.</summary>
internal interface IRequestWire : IEmitterWire
{
    /// <summary>The channels that a server subscribes to from its start, that of broadcasts first, and an emitter from its first request
    /// on.</summary>
    /// <remarks>The subscribers of <see cref="IEmitterWire.Requests"/> are the nodes: an emitter is not one of them.</remarks>
    IEnumerable<RedisChannel> Channels { get; }

    /// <summary>The set of these subscriptions.</summary>
    BusSet Set { get; }

    /// <summary>Gets a value indicating whether nodes can be asked for their rooms.</summary>
    bool SupportsListRooms { get; }

    /// <summary>Reads a response.</summary>
    /// <param name="message">The message.</param>
    /// <param name="response">The response, a slice of the message or of memory of its own.</param>
    /// <returns>The reason why the response was dropped, or <see cref="DropReason.None"/>.</returns>
    /// <exception cref="ProtocolException">The response is malformed.</exception>
    DropReason ReadResponse(ReadOnlyMemory<byte> message, out PeerMessageFields response);

    /// <summary>The dispatch of the messages of a process that receives responses only.</summary>
    PeerMessageHandler ReceiveResponses(PeerRequests requests);
}
