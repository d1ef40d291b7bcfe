namespace TypedSocketRedis.Broadcasting;

/// <summary>The question for the users and sockets in a room.</summary>
/// <param name="Room">The room.</param>
/// <param name="UserPrefix">The prefix of user rooms, by which nodes determine the users; empty to count the sockets only.</param>
internal sealed record PresenceRequest(string Room, string UserPrefix)
{
    /// <summary>
    /// Gets a value indicating whether other nodes that run this library count the sockets of all their namespaces.
    /// </summary>
    public bool IsEverywhere { get; init; }

    /// <summary>Gets a value indicating whether only the sockets of this node are counted.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Gets a value indicating whether the first socket completes the request.</summary>
    public bool EndsAtFirst { get; init; }
}
