using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Namespaces;

/// <summary>The users in all namespaces of the cluster.</summary>
/// <remarks>
/// The request in the main namespace, which every node has, is for all namespaces of a node that runs this library, also those that this
/// node does not have. The requests in the other namespaces are for servers on Node.js.
/// </remarks>
/// <param name="namespaces">The namespaces of this node.</param>
/// <param name="users">The rooms of users.</param>
internal sealed class SocketUsers(NamespaceTable namespaces, UserRooms users) : ISocketUsers
{
    // Thousands of dynamic namespaces are possible.
    private const int MaxConcurrentRequests = 64;

    public async Task DisconnectAsync(string userId, CancellationToken cancellationToken = default)
    {
        var target = BroadcastOptions.Everyone with { Rooms = [users.Of(userId)] };
        var here = target with { Flags = BroadcastFlags.Local };
        var all = namespaces.All;
        foreach (var one in all)
        {
            await one.Adapter.DisconnectSocketsAsync(here, close: true, CancellationToken.None).ConfigureAwait(false);
            one.Recovery?.Drop(target.Rooms[0]);
        }

        var main = namespaces.Of(NamespacePath.Root);
        await main.Adapter.DisconnectEverywhereAsync(target.Rooms[0], close: true, cancellationToken).ConfigureAwait(false);
        foreach (var some in all.Where(one => one != main).Chunk(MaxConcurrentRequests))
        {
            await Task.WhenAll(some.Select(one => one.Adapter.DisconnectSocketsAsync(target, close: true, cancellationToken).AsTask()))
                .ConfigureAwait(false);
        }
    }

    public async Task<bool> IsOnlineAsync(string userId, CancellationToken cancellationToken = default)
    {
        var request = new PresenceRequest(users.Of(userId), UserPrefix: "") { EndsAtFirst = true };
        var all = namespaces.All;
        if (await AnyAsync(all, request with { IsLocal = true }, cancellationToken).ConfigureAwait(false)) return true;

        // A node that is missing here is missing in the other namespaces, too.
        var main = namespaces.Of(NamespacePath.Root);
        if (await AnyAsync([main], request with { IsEverywhere = true }, cancellationToken).ConfigureAwait(false)) return true;
        foreach (var some in all.Where(one => one != main).Chunk(MaxConcurrentRequests))
        {
            if (await AnyAsync(some, request, cancellationToken).ConfigureAwait(false)) return true;
        }

        return false;
    }

    /// <exception cref="MissingNodesException">No socket was found, but a node did not respond in time.</exception>
    private static async Task<bool> AnyAsync(
        IReadOnlyCollection<SocketNamespace> some, PresenceRequest request, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(some.Select(one => one.Adapter.CountAsync(request, cancellationToken))).ConfigureAwait(false);
        if (found.Any(static one => one.Sockets > 0)) return true;
        foreach (var one in found) SocketPresence.Complete(one);
        return false;
    }
}
