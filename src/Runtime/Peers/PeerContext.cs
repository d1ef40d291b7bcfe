using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>The services of the responses to other nodes in one namespace of a node.</summary>
/// <param name="Local">This node's sockets.</param>
/// <param name="Bus">The connection to the other nodes.</param>
/// <param name="Wire">The format and the channels of messages.</param>
/// <param name="Options">The options.</param>
/// <param name="Dropped">The counters of dropped messages.</param>
/// <param name="Uid">The id of this node in the namespace.</param>
/// <param name="Namespaces">The namespaces of this node.</param>
/// <param name="Work">The queue of slow work, which is not done where messages are read.</param>
internal sealed record PeerContext(
    LocalAdapter Local,
    IBusPublisher Bus,
    IClusterWire Wire,
    RedisNodeOptions Options,
    DroppedMessages Dropped,
    NodeId Uid,
    NodeNamespaces Namespaces,
    PeerWork Work)
{
    /// <summary>Sends a response to the node that made the request.</summary>
    public void Respond(PeerMessage response) => Send(response, Wire.Write(response));

    /// <summary>Sends a response that is written already.</summary>
    public void Send(PeerMessage response, byte[] message)
    {
        // No node would read it, and Redis might disconnect every node that waits for responses of others.
        if (message.Length > Options.MaxMessageSize) Dropped.TooLarge(message.Length);
        else Bus.Publish(Wire.ResponseChannel(response), message);
    }
}
