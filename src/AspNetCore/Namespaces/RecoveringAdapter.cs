using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>The in-memory adapter of a namespace whose clients may come back: events that can be missed are numbered and kept.</summary>
/// <param name="local">Does everything else.</param>
/// <param name="recovery">What is kept.</param>
internal sealed class RecoveringAdapter(LocalAdapter local, SessionRecovery recovery) : ISocketAdapter
{
    public bool HasLocalClients => true;

    public IServerSink Servers => local.Servers;

    public ServerEvents ServerEvents => local.ServerEvents;

    public void Broadcast(EventData data, BroadcastOptions options)
    {
        if ((options.Flags & BroadcastFlags.Volatile) == 0) recovery.Broadcast(data, options);
        else local.Broadcast(data, options);
    }

    public ValueTask BroadcastAsync(EventData data, BroadcastOptions options, CancellationToken cancellationToken)
    {
        Broadcast(data, options);
        return ValueTask.CompletedTask;
    }

    public void Ask(EventData data, BroadcastOptions options, AckCollector acks) => local.Ask(data, options, acks);

    public ValueTask JoinAsync(ILocalSocket socket, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
        local.JoinAsync(socket, rooms, cancellationToken);

    public Task ReadyAsync() => local.ReadyAsync();

    public ValueTask LeaveAsync(ILocalSocket socket, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
        local.LeaveAsync(socket, rooms, cancellationToken);

    public void Remove(ILocalSocket socket) => local.Remove(socket);

    public ImmutableArray<string> RoomsOf(ILocalSocket socket) => local.RoomsOf(socket);

    public Task<FetchedSockets> FetchSocketsAsync(BroadcastOptions target, CancellationToken cancellationToken) =>
        Task.FromResult(new FetchedSockets(local.Describe(target, this)));

    public ValueTask SocketsJoinAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
        local.SocketsJoinAsync(target, rooms, cancellationToken);

    public ValueTask SocketsLeaveAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
        local.SocketsLeaveAsync(target, rooms, cancellationToken);

    public ValueTask DisconnectSocketsAsync(BroadcastOptions target, bool close, CancellationToken cancellationToken) =>
        local.DisconnectSocketsAsync(target, close, cancellationToken);

    public Task<int> ServerCountAsync(CancellationToken cancellationToken) => local.ServerCountAsync(cancellationToken);

    public Task<FetchedRooms> AllRoomsAsync(CancellationToken cancellationToken) => local.AllRoomsAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        recovery.Dispose();
        return local.DisposeAsync();
    }
}
