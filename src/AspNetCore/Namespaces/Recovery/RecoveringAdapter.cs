using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Namespaces;

/// <summary>The in-memory adapter of a namespace with recovery: events that clients can miss are numbered and kept.</summary>
/// <param name="local">The adapter for all other operations.</param>
/// <param name="recovery">The kept events and sockets.</param>
internal sealed class RecoveringAdapter(LocalAdapter local, SessionRecovery recovery) : INamespaceAdapter
{
    public bool HasLocalClients => true;

    public UserRooms Users => local.Users;

    public void SetUsers(UserRooms users) => local.SetUsers(users);

    public Task<RoomPresence> CountAsync(PresenceRequest request, CancellationToken cancellationToken) =>
        local.CountAsync(request, cancellationToken);

    public ValueTask DisconnectEverywhereAsync(string room, bool close, CancellationToken cancellationToken) =>
        local.DisconnectEverywhereAsync(room, close, cancellationToken);

    public IServerSink Servers => local.Servers;

    public ServerEventHandlers ServerEvents => local.ServerEvents;

    public RoomEvents RoomEvents => local.RoomEvents;

    public void Broadcast(EventData data, BroadcastOptions options)
    {
        if ((options.Flags & BroadcastFlags.Volatile) != 0)
        {
            local.Broadcast(data, options);
            return;
        }

        using var span = EventTracing.Send(local.Path, data, options);
        recovery.Broadcast(local.Rooms, data, options);
    }

    public ValueTask BroadcastAsync(EventData data, BroadcastOptions options, CancellationToken cancellationToken)
    {
        Broadcast(data, options);
        return ValueTask.CompletedTask;
    }

    public void SendWithAck(EventData data, BroadcastOptions options, AckCollector acks) => local.SendWithAck(data, options, acks);

    public ValueTask JoinAsync(ILocalSocket socket, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        ((SocketCore)socket).Joining(rooms, recovery.Position);
        return local.JoinAsync(socket, rooms, cancellationToken);
    }

    public Task ReadyAsync() => local.ReadyAsync();

    public ValueTask LeaveAsync(ILocalSocket socket, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        var left = local.LeaveAsync(socket, rooms, cancellationToken);
        ((SocketCore)socket).Left(rooms);
        return left;
    }

    public void Remove(ILocalSocket socket) => local.Remove(socket);

    public ImmutableArray<string> RoomsOf(ILocalSocket socket) => local.RoomsOf(socket);

    public Task<FetchedSockets> FetchSocketsAsync(BroadcastOptions target, CancellationToken cancellationToken) =>
        Task.FromResult(new FetchedSockets(this, local.Describe(target)));

    public ValueTask SocketsJoinAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        using (var selected = local.Rooms.Select(target))
        {
            foreach (var socket in selected.Sockets) ((SocketCore)socket).Joining(rooms, recovery.Position);
        }

        return local.SocketsJoinAsync(target, rooms, cancellationToken);
    }

    public ValueTask SocketsLeaveAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        using var selected = local.Rooms.Select(target);
        var left = local.SocketsLeaveAsync(target, rooms, cancellationToken);
        foreach (var socket in selected.Sockets) ((SocketCore)socket).Left(rooms);
        return left;
    }

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
