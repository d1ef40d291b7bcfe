namespace TypedSocketRedis.Redis;

/// <summary>What happened to a connection.</summary>
internal enum ConnectionEvent
{
    /// <summary>It was lost, or a part of it: what is published now may not arrive.</summary>
    Lost,

    /// <summary>It is there, perhaps after a moment in which it was not.</summary>
    Restored,

    /// <summary>A part of it was made anew, and nobody was told that and when the former was lost.</summary>
    Renewed,

    /// <summary>Another connection took its place: everything has to be subscribed again.</summary>
    Replaced,

    /// <summary>A slot of the cluster belongs to another master, or the servers are not the same ones any more.</summary>
    Moved,

    /// <summary>What was subscribed on a master that is none any more was ended, and can be subscribed with its successor.</summary>
    Followed,

    /// <summary>A second passed.</summary>
    Tick,
}
