using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis;

/// <summary>The users and sockets in the rooms of one namespace.</summary>
/// <param name="adapter">The adapter of the namespace.</param>
/// <param name="users">The rooms of users.</param>
internal sealed class SocketPresence(INamespaceAdapter adapter, UserRooms users) : ISocketPresence
{
    public Task<RoomPresence> GetAsync(string room, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(room);
        return adapter.CountAsync(new PresenceRequest(room, users.Prefix), cancellationToken);
    }

    public async Task<int> CountAsync(string room, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(room);
        var presence = await adapter.CountAsync(new PresenceRequest(room, UserPrefix: ""), cancellationToken).ConfigureAwait(false);
        return Complete(presence).Sockets;
    }

    /// <exception cref="MissingNodesException">A node did not respond in time.</exception>
    public static RoomPresence Complete(RoomPresence presence) => presence.MissingNodes == 0
        ? presence
        : throw new MissingNodesException(
            $"Only {presence.RespondedNodes} of {presence.ExpectedNodes} nodes responded with their sockets in time.",
            presence.ExpectedNodes,
            presence.RespondedNodes);
}
