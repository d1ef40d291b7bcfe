namespace TypedSocketRedis;

/// <summary>The users of the cluster: the clients with a user id, in every namespace and on every node.</summary>
/// <remarks>
/// A server on Node.js takes part if its sockets join the room of their user themselves: <c>socket.join("user:42")</c>. Of its namespaces,
/// the main one is included, and those that the calling node has too.
/// </remarks>
public interface ISocketUsers
{
    /// <summary>Disconnects all sockets of a user, closes their connections, and drops what is kept to recover them.</summary>
    /// <remarks>
    /// <para>A user whose token or session was revoked is disconnected this way: revoke first, then disconnect, because official clients
    /// do not reconnect by themselves, but another program can. A client that has been authenticated and is still being admitted at that
    /// moment is not included.</para>
    /// <para>The sockets of this node are disconnected when the method returns its task, also if Redis is not connected.</para>
    /// </remarks>
    /// <param name="userId">The id of the user.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The sockets of this node are disconnected in any case.</param>
    /// <returns>A task that completes when Redis, if configured, has accepted the requests for the other nodes.</returns>
    /// <exception cref="ArgumentNullException">The id is null.</exception>
    /// <exception cref="ArgumentException">The id is empty, longer than 1,024 characters, or not valid Unicode text.</exception>
    /// <exception cref="InvalidOperationException"><see cref="SocketIOOptions.UserRoomPrefix"/> is empty.</exception>
    Task DisconnectAsync(string userId, CancellationToken cancellationToken = default);

    /// <summary>Returns <c>true</c> if a user has a socket anywhere in the cluster.</summary>
    /// <param name="userId">The id of the user.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>A task with the result. The first socket that is found completes it.</returns>
    /// <exception cref="ArgumentNullException">The id is null.</exception>
    /// <exception cref="ArgumentException">The id is empty, longer than 1,024 characters, or not valid Unicode text.</exception>
    /// <exception cref="InvalidOperationException"><see cref="SocketIOOptions.UserRoomPrefix"/> is empty.</exception>
    /// <exception cref="MissingNodesException">No socket was found, but a node did not respond in time.</exception>
    Task<bool> IsOnlineAsync(string userId, CancellationToken cancellationToken = default);
}
