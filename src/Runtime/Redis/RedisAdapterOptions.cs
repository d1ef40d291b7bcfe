namespace TypedSocketRedis;

/// <summary>How a server talks to the other nodes over Redis.</summary>
public sealed class RedisAdapterOptions
{
    /// <summary>The start of every channel name; the same on all nodes and emitters.</summary>
    /// <value>Default <c>socket.io</c>, the name the Node.js adapter and emitter use.</value>
    public string Key { get; set; } = "socket.io";

    /// <summary>The largest message accepted from Redis, in bytes; a larger one is dropped and counted before it is read.</summary>
    /// <value>Default 16 MiB.</value>
    public int MaxMessageSize { get; set; } = 16 * 1024 * 1024;
}
