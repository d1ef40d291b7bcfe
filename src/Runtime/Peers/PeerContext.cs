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
    PeerWork Work);
