using TypedSocketRedis.Redis;

namespace TypedSocketRedis;

/// <summary>Which messages a node has Redis send it; each node chooses for itself, and all choices work together.</summary>
public enum RedisSubscriptionMode
{
    /// <summary>Every broadcast of the cluster, whoever has members here: one subscription, as the Node.js adapter does it.</summary>
    Pattern,

    /// <summary>Broadcasts to the namespace, to several rooms at once, and to the single rooms that have members on this node.</summary>
    PerRoom,
}

/// <summary>Who may move and disconnect this node's sockets.</summary>
/// <remarks>It goes by what a request says of its sender. Redis does not check that: whoever may publish may also pretend.</remarks>
[Flags]
public enum RedisControlRequests
{
    /// <summary>Nobody: only this node moves and disconnects its sockets.</summary>
    None = 0,

    /// <summary>The other servers.</summary>
    Nodes = 1,

    /// <summary>Emitters: processes that are no servers.</summary>
    Emitters = 2,

    /// <summary>Both, as Node.js servers do it.</summary>
    All = Nodes | Emitters,
}

/// <summary>How a server talks to the other nodes over Redis.</summary>
public sealed class RedisAdapterOptions
{
    /// <summary>The start of every channel name; the same on all nodes and emitters.</summary>
    /// <value>Default <c>socket.io</c>, the name the Node.js adapter and emitter use.</value>
    public string Key { get; set; } = "socket.io";

    /// <summary>The largest message that goes through Redis, in bytes; the same on all nodes and emitters.</summary>
    /// <remarks>
    /// Sending a larger one throws an <see cref="ArgumentException"/>, and nobody receives it. A larger one that arrives is
    /// dropped and counted before it is read. Redis itself cuts off a subscriber for which more than 32 MiB wait, or 8 MiB for a
    /// minute (<c>client-output-buffer-limit pubsub</c>).
    /// </remarks>
    /// <value>At least 1 KiB; default 16 MiB.</value>
    public int MaxMessageSize { get; set; } = MessageSize.Default;

    /// <summary>Which broadcasts Redis sends this node.</summary>
    /// <remarks>
    /// With <see cref="RedisSubscriptionMode.PerRoom"/> joining a room that has no member here yet waits until Redis has confirmed the
    /// subscription, and every room, a socket's own included, costs Redis and this node one subscription.
    /// </remarks>
    /// <value>Default <see cref="RedisSubscriptionMode.Pattern"/>.</value>
    public RedisSubscriptionMode SubscriptionMode { get; set; }

    /// <summary>Whether emitters are heard that do not publish on the channels of namespaces and rooms: those for PHP and Go, and some uses of the one for Java.</summary>
    /// <remarks>
    /// They publish everything on <c>key#emitter</c>, or on names strung together of rooms and namespaces. Every namespace of
    /// this node then receives all of their events. What the Java emitter sends to several rooms is heard with
    /// <see cref="RedisSubscriptionMode.Pattern"/> only.
    /// </remarks>
    /// <value>Default false, as the Node.js adapter.</value>
    public bool LegacyEmitters { get; set; }

    /// <summary>After how long without a message a namespace sends itself one through Redis, to prove that it hears.</summary>
    /// <remarks>
    /// A node that does not hear itself although Redis is connected makes its subscriptions anew until it does, says so in the
    /// log and the metrics, and is unhealthy meanwhile. It looks after each reconnection too, whatever this interval is.
    /// </remarks>
    /// <value>Between one second and one day; default 10 seconds.</value>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the answers of other nodes are awaited: to fetched sockets, all rooms, and server events without a timeout of their own.</summary>
    /// <remarks>When it is over, what has come is the result, and the result says how many nodes are missing.</remarks>
    /// <value>Default 5 seconds.</value>
    public TimeSpan RequestsTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether this node sends its answers to the node that asked alone, and not to all.</summary>
    /// <remarks>All nodes hear answers of either kind, so it can be changed node by node. Answers to server events always go to all.</remarks>
    /// <value>Default false, as the Node.js adapter has it.</value>
    public bool PublishOnSpecificResponseChannel { get; set; }

    /// <summary>Who may have this node's sockets join and leave rooms, and disconnect them.</summary>
    /// <value>Default <see cref="RedisControlRequests.All"/>.</value>
    public RedisControlRequests AcceptControlRequests { get; set; } = RedisControlRequests.All;

    /// <exception cref="ArgumentException">An option cannot be used; the message names it and what is allowed.</exception>
    internal void Validate()
    {
        if (string.IsNullOrEmpty(Key)) throw Refused(nameof(Key), "must not be empty: it is the start of every channel name.");
        if (MaxMessageSize < MessageSize.Least) throw Refused(nameof(MaxMessageSize), $"must be at least {MessageSize.Least} bytes, but is {MaxMessageSize}.");
        if (!Enum.IsDefined(SubscriptionMode)) throw Refused(nameof(SubscriptionMode), $"must be {nameof(RedisSubscriptionMode.Pattern)} or {nameof(RedisSubscriptionMode.PerRoom)}, but is {SubscriptionMode}.");
        if (RequestsTimeout <= TimeSpan.Zero || RequestsTimeout > TimeSpan.FromDays(1))
            throw Refused(nameof(RequestsTimeout), $"must be positive and no longer than a day, but is {RequestsTimeout}.");
        if (!Enum.IsDefined(AcceptControlRequests)) throw Refused(nameof(AcceptControlRequests), $"has no such value: {AcceptControlRequests}.");
        if (ProbeInterval < TimeSpan.FromSeconds(1) || ProbeInterval > TimeSpan.FromDays(1))
            throw Refused(nameof(ProbeInterval), $"must lie between one second and one day, but is {ProbeInterval}.");
    }

    private static ArgumentException Refused(string option, string problem) => new($"{nameof(RedisAdapterOptions)}.{option} {problem}");
}
