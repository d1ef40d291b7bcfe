namespace TypedSocketRedis;

/// <summary>The users and sockets in the rooms of a namespace, over the cluster.</summary>
public interface ISocketPresence
{
    /// <summary>Returns the users and the number of sockets in a room.</summary>
    /// <remarks>
    /// Servers that run this library respond with ids and counts, at most 65,536 ids each; servers on Node.js respond with their sockets,
    /// whose users are read from their rooms. The wait ends after the requests timeout of the adapter at the latest.
    /// </remarks>
    /// <param name="room">The room. That of a user, <c>user:42</c>, is allowed here.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>A task with the users and sockets of the nodes that responded in time, and the number of nodes that did not. A missing
    /// response does not throw.</returns>
    /// <exception cref="ArgumentNullException">The room is null.</exception>
    Task<RoomPresence> GetAsync(string room, CancellationToken cancellationToken = default);

    /// <summary>Returns the number of sockets in a room.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>A task with the number.</returns>
    /// <exception cref="ArgumentNullException">The room is null.</exception>
    /// <exception cref="MissingNodesException">A node did not respond in time; <see cref="GetAsync"/> returns the number of the
    /// others.</exception>
    Task<int> CountAsync(string room, CancellationToken cancellationToken = default);
}
