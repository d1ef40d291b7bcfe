namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>The target of a valid event between the malformed messages.</summary>
internal enum FuzzValid
{
    /// <summary>All clients.</summary>
    Everyone,

    /// <summary>The members of a room, on the channel of the room if it has one.</summary>
    Room,

    /// <summary>All clients except for the members of the room.</summary>
    Others,

    /// <summary>The handlers of server events.</summary>
    Servers,
}

/// <summary>A change to a valid message that must cause faults, which shows that a run detects them.</summary>
internal enum FuzzTrick
{
    None,
    Drop,
    Twice,
    Swap,
    Alter,
    Throw,
}
