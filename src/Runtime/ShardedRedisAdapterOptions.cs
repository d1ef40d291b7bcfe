using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis;

/// <summary>The options of the Redis adapter on the channels of the sharded Node.js adapter.</summary>
public sealed class ShardedRedisAdapterOptions : RedisNodeOptions
{
    /// <summary>Gets or sets the start of every channel name; the same on all nodes and emitters.</summary>
    /// <value>Default <c>socket.io</c>, the name the Node.js adapter uses. For a named server <c>name:socket.io</c>, so that the servers of
    /// an application do not receive each other's events.</value>
    public string ChannelPrefix { get; set; } = "socket.io";

    /// <summary>
    /// Gets or sets the mode, which determines the rooms with a channel of their own; the same on all nodes and emitters.
    /// </summary>
    /// <remarks>
    /// Nodes of different modes miss each other's events to single rooms. A node that detects another mode logs it.
    /// If rooms have channels, joining one that has no member here yet waits until Redis has confirmed the subscription.
    /// </remarks>
    /// <value>Default <see cref="ShardedSubscriptionMode.Dynamic"/>, as the Node.js adapter.</value>
    public ShardedSubscriptionMode SubscriptionMode { get; set; }

    internal override string Prefix
    {
        set => ChannelPrefix = value;
    }

    internal override string Method => "AddShardedRedisAdapter";

    internal override NodeId CreateNodeId() => NodeId.CreateLong();

    internal override BusTopology CreateTopology() => new ShardedTopology();

    internal override IClusterWire CreateWire(NodeId uid, string path) => new ShardedWire(this, uid, path);

    private protected override void Check(OptionCheck check)
    {
        check(!string.IsNullOrEmpty(ChannelPrefix), nameof(ChannelPrefix), "must not be empty: it is the start of every channel name.");
        check(Enum.IsDefined(SubscriptionMode), nameof(SubscriptionMode), $"has no such value: {SubscriptionMode}.");
        base.Check(check);
    }
}
