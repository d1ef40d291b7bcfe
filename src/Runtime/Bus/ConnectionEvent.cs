namespace TypedSocketRedis.Redis;

/// <summary>The events of a connection.</summary>
internal enum ConnectionEvent
{
    /// <summary>The connection, or a part of it, was lost: messages that are published now may not arrive.</summary>
    Lost,

    /// <summary>The connection is established, perhaps after a short loss.</summary>
    Restored,

    /// <summary>A part of the connection was replaced without a report of the loss of the former one.</summary>
    Renewed,

    /// <summary>Another connection replaced this one: everything has to be subscribed again.</summary>
    Replaced,

    /// <summary>A slot of the cluster belongs to another master, or the set of servers changed.</summary>
    Moved,

    /// <summary>The subscriptions on a former master were ended, and can be made with its successor.</summary>
    Followed,

    /// <summary>A second passed.</summary>
    Tick,
}
