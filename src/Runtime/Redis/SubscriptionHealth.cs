namespace TypedSocketRedis.Redis;

/// <summary>What a set of subscriptions is known to do.</summary>
internal enum SubscriptionHealth
{
    /// <summary>Nothing yet: it has just begun.</summary>
    Unknown,

    /// <summary>It received something lately.</summary>
    Healthy,

    /// <summary>The connection was lost; it has to prove itself again.</summary>
    Interrupted,

    /// <summary>The connection is there, and its own probe does not arrive.</summary>
    Unresponsive,
}
