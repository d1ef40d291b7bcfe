using System.Collections.Immutable;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The sockets and rooms of one namespace on this node, and its connection to the other nodes.</summary>
internal interface INamespaceAdapter : IBroadcastSink, IAsyncDisposable
{
    /// <summary>Adds a socket to rooms; completes when broadcasts of the whole cluster to them reach it.</summary>
    /// <remarks>The socket's first join also makes it a receiver of broadcasts to the whole namespace.</remarks>
    ValueTask JoinAsync(ILocalSocket socket, ImmutableArray<string> rooms, CancellationToken cancellationToken);

    /// <summary>Returns a task that completes when broadcasts of the whole cluster reach the namespace on this node.</summary>
    /// <remarks>The task completes at once while the other nodes cannot be reached, and after at most a few seconds.</remarks>
    Task ReadyAsync();

    /// <summary>Allows the adapter to skip the checks of its subscriptions while the namespace has no sockets on this node.</summary>
    /// <remarks>For namespaces created on demand, of which thousands can exist without a client.</remarks>
    void PauseWhenEmpty()
    {
    }

    /// <summary>Sets the rooms of users, whose names chains refuse; called once, before the adapter is used.</summary>
    void SetUsers(UserRooms users);

    /// <summary>Counts the users and sockets in a room, on this node and all nodes that respond in time.</summary>
    /// <param name="request">The room and the scope of the request.</param>
    /// <param name="cancellationToken">The token that ends the wait.</param>
    Task<RoomPresence> CountAsync(PresenceRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Disconnects the sockets of rooms with a name, on this node in this namespace only, on other nodes that run this library in each
    /// of their namespaces.
    /// </summary>
    /// <remarks>Servers on Node.js disconnect those of this namespace only.</remarks>
    /// <returns>A task that completes when the sockets of this node are disconnected and Redis has accepted the request.</returns>
    ValueTask DisconnectEverywhereAsync(string room, bool close, CancellationToken cancellationToken);

    /// <summary>Removes a socket from rooms; unknown rooms are ignored.</summary>
    ValueTask LeaveAsync(ILocalSocket socket, ImmutableArray<string> rooms, CancellationToken cancellationToken);

    /// <summary>Removes a socket from all rooms and from the namespace.</summary>
    void Remove(ILocalSocket socket);

    /// <summary>Returns a copy of the rooms of a socket, in the order in which it joined them.</summary>
    ImmutableArray<string> RoomsOf(ILocalSocket socket);

    /// <summary>The sink of events for the other servers.</summary>
    IServerSink Servers { get; }

    /// <summary>The handlers of events from other servers.</summary>
    ServerEventHandlers ServerEvents { get; }

    /// <summary>The handlers of the changes of rooms on this node.</summary>
    RoomEvents RoomEvents { get; }

    /// <summary>Returns the number of nodes that have the namespace, including this one.</summary>
    /// <exception cref="TimeoutException">Redis did not respond.</exception>
    Task<int> ServerCountAsync(CancellationToken cancellationToken);

    /// <summary>Returns the rooms with members, on this node and all nodes that respond in time.</summary>
    Task<FetchedRooms> AllRoomsAsync(CancellationToken cancellationToken);
}

/// <summary>The factory of the namespaces' adapters; one per server.</summary>
internal interface INamespaceAdapterFactory
{
    /// <summary>Creates the adapter of a namespace, which starts by itself and works locally at once.</summary>
    /// <param name="path">The namespace, with its leading slash.</param>
    /// <param name="packets">The packet format of its clients.</param>
    INamespaceAdapter Create(string path, IPacketFormat packets);
}
