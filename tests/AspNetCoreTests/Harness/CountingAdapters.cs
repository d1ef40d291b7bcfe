using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>A factory of in-memory adapters that records the created and the disposed ones.</summary>
internal sealed class CountingAdapters : INamespaceAdapterFactory
{
    private readonly LocalAdapterFactory _factory = new(NullLoggerFactory.Instance, TimeProvider.System);

    public ConcurrentQueue<string> Made { get; } = new();

    public ConcurrentQueue<string> Ended { get; } = new();

    /// <summary>The namespaces whose adapters may pause while they are empty.</summary>
    public ConcurrentQueue<string> Paused { get; } = new();

    /// <summary>The task that completes when the other nodes can reach an adapter.</summary>
    public Task Ready { get; set; } = Task.CompletedTask;

    /// <summary>Called first by the members that sockets use, with the name of the member.</summary>
    public Action<string> Called { get; set; } = static _ => { };

    /// <summary>The exception thrown by the disposal of an adapter, or null for none.</summary>
    public Exception? Failure { get; init; }

    public INamespaceAdapter Create(string path, IPacketFormat packets)
    {
        Made.Enqueue(path);
        return new Adapter(_factory.Create(path, packets), member => Called(member), () => Ready, () => Paused.Enqueue(path), () =>
        {
            Ended.Enqueue(path);
            if (Failure is not null) throw Failure;
        });
    }

    private sealed class Adapter(
        INamespaceAdapter inner, Action<string> called, Func<Task> ready, Action paused, Action ended) : INamespaceAdapter
    {
        public bool HasLocalClients => inner.HasLocalClients;

        public UserRooms Users => inner.Users;

        public void SetUsers(UserRooms users) => inner.SetUsers(users);

        public Task<RoomPresence> CountAsync(PresenceRequest request, CancellationToken cancellationToken) =>
            inner.CountAsync(request, cancellationToken);

        public ValueTask DisconnectEverywhereAsync(string room, bool close, CancellationToken cancellationToken) =>
            inner.DisconnectEverywhereAsync(room, close, cancellationToken);

        public void PauseWhenEmpty() => paused();

        public IServerSink Servers => inner.Servers;

        public ServerEventHandlers ServerEvents => inner.ServerEvents;

        public RoomEvents RoomEvents => inner.RoomEvents;

        public void Broadcast(EventData data, BroadcastOptions options) => inner.Broadcast(data, options);

        public ValueTask BroadcastAsync(EventData data, BroadcastOptions options, CancellationToken cancellationToken) =>
            inner.BroadcastAsync(data, options, cancellationToken);

        public void SendWithAck(EventData data, BroadcastOptions options, AckCollector acks) => inner.SendWithAck(data, options, acks);

        public Task<FetchedSockets> FetchSocketsAsync(BroadcastOptions target, CancellationToken cancellationToken) =>
            inner.FetchSocketsAsync(target, cancellationToken);

        public ValueTask SocketsJoinAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
            inner.SocketsJoinAsync(target, rooms, cancellationToken);

        public ValueTask SocketsLeaveAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
            inner.SocketsLeaveAsync(target, rooms, cancellationToken);

        public ValueTask DisconnectSocketsAsync(BroadcastOptions target, bool close, CancellationToken cancellationToken) =>
            inner.DisconnectSocketsAsync(target, close, cancellationToken);

        public ValueTask JoinAsync(ILocalSocket socket, ImmutableArray<string> rooms, CancellationToken cancellationToken)
        {
            called(nameof(JoinAsync));
            return inner.JoinAsync(socket, rooms, cancellationToken);
        }

        public Task ReadyAsync() => ready();

        public ValueTask LeaveAsync(ILocalSocket socket, ImmutableArray<string> rooms, CancellationToken cancellationToken)
        {
            called(nameof(LeaveAsync));
            return inner.LeaveAsync(socket, rooms, cancellationToken);
        }

        public void Remove(ILocalSocket socket)
        {
            called(nameof(Remove));
            inner.Remove(socket);
        }

        public ImmutableArray<string> RoomsOf(ILocalSocket socket)
        {
            called(nameof(RoomsOf));
            return inner.RoomsOf(socket);
        }

        public Task<int> ServerCountAsync(CancellationToken cancellationToken) => inner.ServerCountAsync(cancellationToken);

        public Task<FetchedRooms> AllRoomsAsync(CancellationToken cancellationToken) => inner.AllRoomsAsync(cancellationToken);

        public ValueTask DisposeAsync()
        {
            ended();
            return inner.DisposeAsync();
        }
    }
}
