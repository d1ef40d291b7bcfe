namespace TypedSocketRedis;

/// <summary>Which messages a node has Redis send it; each node chooses for itself, and all choices work together.</summary>
public enum RedisSubscriptionMode
{
    /// <summary>Every broadcast of the cluster, whoever has members here: one subscription, as the Node.js adapter does it.</summary>
    Pattern,

    /// <summary>Broadcasts to the namespace, to several rooms at once, and to the single rooms that have members on this node.</summary>
    PerRoom,
}

/// <summary>How a server talks to the other nodes over Redis.</summary>
public sealed class RedisAdapterOptions
{
    /// <summary>The start of every channel name; the same on all nodes and emitters.</summary>
    /// <value>Default <c>socket.io</c>, the name the Node.js adapter and emitter use.</value>
    public string Key { get; set; } = "socket.io";

    /// <summary>The largest message accepted from Redis, in bytes; a larger one is dropped and counted before it is read.</summary>
    /// <value>Default 16 MiB.</value>
    public int MaxMessageSize { get; set; } = 16 * 1024 * 1024;

    /// <summary>Which broadcasts Redis sends this node.</summary>
    /// <remarks>
    /// With <see cref="RedisSubscriptionMode.PerRoom"/> joining a room that has no member here yet waits until Redis has confirmed the
    /// subscription, and every room, a socket's own included, costs Redis and this node one subscription.
    /// </remarks>
    /// <value>Default <see cref="RedisSubscriptionMode.Pattern"/>.</value>
    public RedisSubscriptionMode SubscriptionMode { get; set; }
}
