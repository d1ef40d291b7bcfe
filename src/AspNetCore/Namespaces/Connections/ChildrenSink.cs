using System.Collections.Concurrent;
using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Namespaces;

/// <summary>The sink of a chain to dynamic namespaces, which sends to each of them that exists on this node.</summary>
/// <param name="users">The rooms of users.</param>
/// <param name="children">The namespaces that exist, as keys.</param>
internal sealed class ChildrenSink(UserRooms users, ConcurrentDictionary<SocketNamespace, bool> children) : IBroadcastSink
{
    public bool HasLocalClients => true;

    public UserRooms Users => users;

    public void Broadcast(EventData data, BroadcastOptions options)
    {
        foreach (var child in children.Keys) child.Adapter.Broadcast(data, options);
    }

    public ValueTask BroadcastAsync(EventData data, BroadcastOptions options, CancellationToken cancellationToken) =>
        EachAsync(adapter => adapter.BroadcastAsync(data, options, cancellationToken));

    public void SendWithAck(EventData data, BroadcastOptions options, AckCollector acks) => CheckAcks();

    public void CheckAcks() => throw OneByOne("Acknowledgements");

    public Task<FetchedSockets> FetchSocketsAsync(BroadcastOptions target, CancellationToken cancellationToken) =>
        throw OneByOne("Sockets");

    public void CheckFetch() => throw OneByOne("Sockets");

    public ValueTask SocketsJoinAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
        EachAsync(adapter => adapter.SocketsJoinAsync(target, rooms, cancellationToken));

    public ValueTask SocketsLeaveAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
        EachAsync(adapter => adapter.SocketsLeaveAsync(target, rooms, cancellationToken));

    public ValueTask DisconnectSocketsAsync(BroadcastOptions target, bool close, CancellationToken cancellationToken) =>
        EachAsync(adapter => adapter.DisconnectSocketsAsync(target, close, cancellationToken));

    private ValueTask EachAsync(Func<INamespaceAdapter, ValueTask> call)
    {
        // All are called before any is awaited: the borrowed buffers are valid until the call returns.
        Task[] calls = [.. children.Keys.Select(child => call(child.Adapter).AsTask())];
        return new ValueTask(Task.WhenAll(calls));
    }

    // Another node can have namespaces that this one lacks, so the missing acks could not be counted.
    private static NotSupportedException OneByOne(string subject) =>
        new($"{subject} cannot be requested from all dynamic namespaces at once: use each of Children instead.");
}
