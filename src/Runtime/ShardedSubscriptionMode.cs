namespace TypedSocketRedis;

/// <summary>The channels that the servers of a cluster with sharded pub/sub use; the same on all servers and emitters.</summary>
public enum ShardedSubscriptionMode
{
    /// <summary>A channel for each room, but not for the rooms that are sockets' ids: the default of Node.js servers.</summary>
    /// <remarks>A name of 20 characters is taken for the id of a socket.</remarks>
    Dynamic,

    /// <summary>One channel for a namespace: every node receives everything.</summary>
    Static,

    /// <summary>A channel for each room, those of sockets' ids included.</summary>
    DynamicPrivate,
}
