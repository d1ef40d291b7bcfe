using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis;

/// <summary>The broadcasts that Redis sends to a node; each node chooses for itself, and all choices work together.</summary>
public enum RedisSubscriptionMode
{
    /// <summary>
    /// Every broadcast of the cluster, regardless of the rooms on this node: one subscription, as in the Node.js adapter.
    /// </summary>
    Pattern,

    /// <summary>Broadcasts to the namespace, to several rooms at once, and to the single rooms that have members on this node.</summary>
    PerRoom,
}

/// <summary>The options of the Redis adapter on the channels of the classic Node.js adapter.</summary>
public sealed class RedisAdapterOptions : RedisNodeOptions
{
    /// <summary>Gets or sets the start of every channel name; the same on all nodes and emitters.</summary>
    /// <value>Default <c>socket.io</c>, the name the Node.js adapter and emitter use. For a named server <c>name:socket.io</c>, so that
    /// the servers of an application do not receive each other's events.</value>
    public string Key { get; set; } = "socket.io";

    /// <summary>Gets or sets the broadcasts that Redis sends to this node.</summary>
    /// <remarks>
    /// With <see cref="RedisSubscriptionMode.PerRoom"/> joining a room that has no member here yet waits until Redis has confirmed the
    /// subscription, and every room, a socket's own included, costs Redis and this node one subscription.
    /// </remarks>
    /// <value>Default <see cref="RedisSubscriptionMode.Pattern"/>.</value>
    public RedisSubscriptionMode SubscriptionMode { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether emitters are supported that do not publish on the channels of namespaces and rooms: those
    /// for PHP and Go, and some uses of the one for Java.
    /// </summary>
    /// <remarks>
    /// These emitters publish everything on <c>key#emitter</c>, or on names strung together of rooms and namespaces. Every namespace of
    /// this node then receives all of their events. Events that the Java emitter sends to several rooms are received with
    /// <see cref="RedisSubscriptionMode.Pattern"/> only.
    /// </remarks>
    /// <value>Default false, as the Node.js adapter.</value>
    public bool LegacyEmitters { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether this node sends its responses only to the requesting node, and not to all.
    /// </summary>
    /// <remarks>
    /// All nodes receive responses of either kind, so it can be changed node by node. Responses to server events always go to all.
    /// </remarks>
    /// <value>Default false, as the Node.js adapter has it.</value>
    public bool PublishOnSpecificResponseChannel { get; set; }

    internal override string Prefix
    {
        set => Key = value;
    }

    internal override string Method => "AddRedisAdapter";

    internal override NodeId CreateNodeId() => NodeId.Create();

    internal override BusTopology CreateTopology() => new PinnedTopology();

    internal override IClusterWire CreateWire(NodeId uid, string path) => new ClassicWire(this, uid, path);

    private protected override void Check(OptionCheck check)
    {
        check(!string.IsNullOrEmpty(Key), nameof(Key), "must not be empty: it is the start of every channel name.");
        check(Enum.IsDefined(SubscriptionMode), nameof(SubscriptionMode),
            $"must be {nameof(RedisSubscriptionMode.Pattern)} or {nameof(RedisSubscriptionMode.PerRoom)}, but is {SubscriptionMode}.");
        base.Check(check);
    }
}
