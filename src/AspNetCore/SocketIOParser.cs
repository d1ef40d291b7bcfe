namespace TypedSocketRedis;

/// <summary>How packets are encoded; server and clients must agree, because nothing on the wire tells.</summary>
public enum SocketIOParser
{
    /// <summary>JSON text, with binary values as messages of their own: what clients use unless told otherwise.</summary>
    Default,

    /// <summary>MessagePack, for clients with <c>parser: require("socket.io-msgpack-parser")</c>.</summary>
    MessagePack,
}
