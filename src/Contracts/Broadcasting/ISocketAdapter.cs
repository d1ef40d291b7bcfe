using System.Collections.Immutable;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The sockets and rooms of one namespace on this node, and its way to the other nodes.</summary>
internal interface ISocketAdapter : IBroadcastSink, IAsyncDisposable
{
    /// <summary>Puts a socket into rooms; completes when broadcasts to them reach it from the whole cluster.</summary>
    /// <remarks>The socket's first join also makes it a receiver of broadcasts to the whole namespace.</remarks>
    ValueTask JoinAsync(ILocalSocket socket, ImmutableArray<string> rooms, CancellationToken cancellationToken);

    /// <summary>Completes when broadcasts from the whole cluster reach the namespace on this node.</summary>
    /// <remarks>Completes at once while the way to the other nodes is down, and after a few seconds at most.</remarks>
    Task ReadyAsync();

    /// <summary>Lets the adapter leave its subscriptions unchecked while the namespace has no socket here.</summary>
    /// <remarks>For namespaces made on demand, of which there may be thousands without a client.</remarks>
    void PauseWhenEmpty()
    {
    }

    /// <summary>Takes a socket out of rooms; unknown rooms are ignored.</summary>
    ValueTask LeaveAsync(ILocalSocket socket, ImmutableArray<string> rooms, CancellationToken cancellationToken);

    /// <summary>Takes a socket out of all rooms and of the namespace.</summary>
    void Remove(ILocalSocket socket);

    /// <summary>The rooms a socket is in, in the order it joined them; a copy.</summary>
    ImmutableArray<string> RoomsOf(ILocalSocket socket);

    /// <summary>The way to the other servers.</summary>
    IServerSink Servers { get; }

    /// <summary>What is done about the events of other servers.</summary>
    ServerEvents ServerEvents { get; }

    /// <summary>How many nodes have the namespace, this one included.</summary>
    /// <exception cref="TimeoutException">Redis did not answer.</exception>
    Task<int> ServerCountAsync(CancellationToken cancellationToken);

    /// <summary>The rooms that have members, on this node and on all that answer in time.</summary>
    Task<FetchedRooms> AllRoomsAsync(CancellationToken cancellationToken);
}

/// <summary>Makes the adapter of each namespace; one per server.</summary>
internal interface ISocketAdapterFactory
{
    /// <summary>Makes the adapter of a namespace; it starts by itself and works locally at once.</summary>
    /// <param name="path">The namespace, with its leading slash.</param>
    /// <param name="packets">What its clients understand.</param>
    ISocketAdapter Create(string path, IPacketFormat packets);
}
