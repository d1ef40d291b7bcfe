using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>What asking and answering share in one namespace of a node.</summary>
/// <param name="Local">This node's sockets.</param>
/// <param name="Bus">The way to the others.</param>
/// <param name="Wire">How messages look, and where they go.</param>
/// <param name="Options">The options.</param>
/// <param name="Dropped">Where what is not used is counted.</param>
/// <param name="Work">What takes long and is therefore not done where messages are read.</param>
internal sealed record PeerServices(
    LocalAdapter Local,
    IRedisBus Bus,
    IClusterWire Wire,
    RedisNodeOptions Options,
    DroppedMessages Dropped,
    PeerWork Work);
