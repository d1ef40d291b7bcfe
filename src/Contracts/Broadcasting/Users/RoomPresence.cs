namespace TypedSocketRedis;

/// <summary>The users and sockets in a room, from all nodes that responded in time.</summary>
/// <param name="UserIds">The ids of the users with a socket in the room, each once, in no particular order.</param>
/// <param name="Sockets">The number of sockets in the room. A user can have several.</param>
/// <param name="Anonymous">The number of those sockets that are in the room of no user.</param>
/// <param name="IsComplete">A value indicating whether every node responded with all its users.</param>
public sealed record RoomPresence(IReadOnlyList<string> UserIds, int Sockets, int Anonymous, bool IsComplete)
{
    /// <summary>The number of nodes known to have the namespace, including this one.</summary>
    public int ExpectedNodes { get; init; } = 1;

    /// <summary>The number of those nodes that responded in time, including this one.</summary>
    public int RespondedNodes { get; init; } = 1;

    /// <summary>The number of nodes that did not respond in time. Their sockets and users are missing.</summary>
    public int MissingNodes => Math.Max(0, ExpectedNodes - RespondedNodes);
}
