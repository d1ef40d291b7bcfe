namespace TypedSocketRedis.Redis;

/// <summary>The health of a set of subscriptions.</summary>
internal enum SubscriptionHealth
{
    /// <summary>The set has just started and is not checked yet.</summary>
    Unknown,

    /// <summary>The set received a message lately.</summary>
    Healthy,

    /// <summary>The connection was lost, or a message may have been; the set has to be checked again.</summary>
    Interrupted,

    /// <summary>Redis is connected, but the probes of the set do not arrive.</summary>
    Unresponsive,
}
