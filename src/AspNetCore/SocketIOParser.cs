namespace TypedSocketRedis;

/// <summary>The encoding of packets. Server and clients must agree, because nothing on the wire identifies it.</summary>
public enum SocketIOParser
{
    /// <summary>JSON text, with binary values as separate messages: the default of clients.</summary>
    Default,

    /// <summary>MessagePack, for clients with <c>parser: require("socket.io-msgpack-parser")</c>.</summary>
    MessagePack,
}
