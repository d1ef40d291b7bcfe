using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Redis;

/// <summary>One namespace of a node in a cluster: its own clients, and those of other nodes over Redis.</summary>
/// <remarks>A broadcast is published first and then delivered to this node's clients, which never waits for Redis.</remarks>
internal sealed class RedisAdapter : INamespaceAdapter
{
    private readonly LocalAdapter _local;
    private readonly IRedisBus _bus;
    private readonly IClusterWire _wire;
    private readonly BusTimings _timings;
    private readonly PeerContext _context;
    private readonly int _maxMessageSize;
    private readonly NodeNamespaces _namespaces;
    private readonly DroppedMessages _dropped;
    private readonly RoomPublisher _publisher;
    private readonly PeerRequests _requests;
    private readonly RedisChannel _broadcasts;
    private PeerResponder? _responder;
    private IBusSubscription? _subscription;
    private RoomSubscriptions? _rooms;
    private volatile Task _subscribed = Task.CompletedTask;

    /// <summary>Creates an adapter, which is to be started.</summary>
    /// <param name="local">Its own clients; owned by the adapter.</param>
    /// <param name="bus">The connection to the other nodes; shared by the namespaces of a server.</param>
    /// <param name="options">The options.</param>
    /// <param name="metrics">The counters of messages.</param>
    /// <param name="logger">The log of malformed messages.</param>
    /// <param name="gate">The limit on log entries.</param>
    /// <param name="namespaces">The namespaces of the node, to which this one is added while it runs; null if it is the only one.</param>
    public RedisAdapter(LocalAdapter local, IRedisBus bus, RedisNodeOptions options, RedisMetrics metrics, ILogger logger, LogGate gate,
        NodeNamespaces? namespaces = null)
    {
        _namespaces = namespaces ?? new NodeNamespaces();
        (_local, _bus) = (local, bus);
        _maxMessageSize = options.MaxMessageSize;
        _timings = BusTimings.Default with { Clock = local.Time };
        Uid = options.CreateNodeId();
        _wire = options.CreateWire(Uid, local.Path);
        _dropped = new DroppedMessages(local.Path, metrics, logger, gate);
        var work = PeerWork.OfMessages(_namespaces.Work, _dropped);
        _context = new PeerContext(local, bus, _wire, options, _dropped, Uid, _namespaces, work);
        _requests = new PeerRequests(new RequestContext(
            local.Path, new NodeRequester(local), bus, _wire, options.RequestsTimeout, options.MaxMessageSize, _timings, _dropped, work));
        _publisher = new RoomPublisher(bus, _wire, metrics, _timings);
        _broadcasts = _wire.Channels.First();
    }

    public NodeId Uid { get; }

    public bool HasLocalClients => true;

    /// <summary>Subscribes in the background, now or when Redis is reachable.</summary>
    /// <returns>The adapter.</returns>
    public RedisAdapter Start()
    {
        _namespaces.Add(_local);
        _responder = new PeerResponder(_context, ConfirmedAsync);
        var receiver = new PeerReceiver(_wire.Receive(_local, _requests, _responder, _dropped), _dropped);
        _subscription = _bus.Subscribe(_wire.Set with { IsIdle = _local.IsPaused }, receiver.Receive);
        if (_wire.SubscribesRooms)
        {
            var wire = _wire;
            _rooms = new RoomSubscriptions(
                _subscription, _local.Rooms, room => wire.HasRoomChannel(room) ? wire.Room(room) : default(RedisChannel?), _timings);
            _local.Rooms.RoomChanged = _rooms.Changed;
        }

        _subscribed = SubscribeAsync();
        return this;
    }

    public void PauseWhenEmpty() => _local.PauseWhenEmpty();

    public void Broadcast(EventData data, BroadcastOptions options)
    {
        using var span = EventTracing.Send(_local.Path, data, options);
        if (!IsLocal(options)) _publisher.Publish(options, Written(data, options));
        _local.Deliver(data, options);
    }

    public ValueTask BroadcastAsync(EventData data, BroadcastOptions options, CancellationToken cancellationToken)
    {
        if (IsLocal(options)) return _local.BroadcastAsync(data, options, cancellationToken);

        using var span = EventTracing.Send(_local.Path, data, options);
        var published = _publisher.PublishAsync(options, Written(data, options), cancellationToken);
        _local.Deliver(data, options);
        return new ValueTask(options.Receipt?.TakeAsync(published) ?? published);
    }

    public void SendWithAck(EventData data, BroadcastOptions options, AckCollector acks)
    {
        if (IsLocal(options)) _local.SendWithAck(data, options, acks);
        else SendToClientsWithAck(data, options, acks);
    }

    public UserRooms Users => _local.Users;

    public void SetUsers(UserRooms users) => _local.SetUsers(users);

    public Task<RoomPresence> CountAsync(PresenceRequest request, CancellationToken cancellationToken) =>
        request.IsLocal ? _local.CountAsync(request, cancellationToken) : _requests.CountAsync(request, cancellationToken);

    public ValueTask DisconnectEverywhereAsync(string room, bool close, CancellationToken cancellationToken)
    {
        var target = BroadcastOptions.Everyone with { Rooms = [room] };
        var sent = SendAsync(
            new PeerMessage(PeerMessageKind.Disconnect) { Target = target, Close = close, IsEverywhere = true }, cancellationToken);
        _local.Disconnect(target, close);
        return new ValueTask(sent);
    }

    public IServerSink Servers => _requests;

    public ServerEventHandlers ServerEvents => _local.ServerEvents;

    public RoomEvents RoomEvents => _local.RoomEvents;

    public Task<int> ServerCountAsync(CancellationToken cancellationToken) => _requests.CountNodesAsync(cancellationToken);

    public Task<FetchedRooms> AllRoomsAsync(CancellationToken cancellationToken) => _requests.AllRoomsAsync(cancellationToken);

    public Task<FetchedSockets> FetchSocketsAsync(BroadcastOptions target, CancellationToken cancellationToken) => IsLocal(target)
        ? Task.FromResult(new FetchedSockets(this, _local.Describe(target)))
        : _requests.FetchSocketsAsync(target, this, cancellationToken);

    public async ValueTask SocketsJoinAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        if (!IsLocal(target)) _publisher.Joined(rooms);
        var sent = SendAsync(new PeerMessage(PeerMessageKind.Join) { Target = target, Rooms = rooms }, cancellationToken);
        _local.Join(target, rooms);
        await ConfirmedAsync(rooms).WaitAsync(cancellationToken).ConfigureAwait(false);
        await sent.ConfigureAwait(false);
    }

    public ValueTask SocketsLeaveAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        var sent = SendAsync(new PeerMessage(PeerMessageKind.Leave) { Target = target, Rooms = rooms }, cancellationToken);
        _local.Leave(target, rooms);
        return new ValueTask(sent);
    }

    public ValueTask DisconnectSocketsAsync(BroadcastOptions target, bool close, CancellationToken cancellationToken)
    {
        var sent = SendAsync(new PeerMessage(PeerMessageKind.Disconnect) { Target = target, Close = close }, cancellationToken);
        _local.Disconnect(target, close);
        return new ValueTask(sent);
    }

    public async ValueTask JoinAsync(ILocalSocket socket, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        await _local.JoinAsync(socket, rooms, cancellationToken).ConfigureAwait(false);
        await ConfirmedAsync(rooms).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask LeaveAsync(ILocalSocket socket, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
        _local.LeaveAsync(socket, rooms, cancellationToken);

    public Task ReadyAsync() => ConfirmedAsync([]);

    public void Remove(ILocalSocket socket) => _local.Remove(socket);

    public ImmutableArray<string> RoomsOf(ILocalSocket socket) => _local.RoomsOf(socket);

    public async ValueTask DisposeAsync()
    {
        _namespaces.Remove(_local);
        if (_rooms is not null) await _rooms.DisposeAsync().ConfigureAwait(false);
        if (_subscription is not null) await _subscription.DisposeAsync().ConfigureAwait(false);

        // Other nodes no longer count this one, and have the responses to their earlier requests.
        if (_responder is not null)
        {
            await _responder.IdleAsync().WaitAsync(_timings.ResponseEndTimeout, _timings.Clock)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _local.DisposeAsync().ConfigureAwait(false);
    }

    private static bool IsLocal(BroadcastOptions options) => (options.Flags & BroadcastFlags.Local) != 0;

    /// <summary>Completes when broadcasts to everyone and to joined rooms are received, or known not to be for now.</summary>
    private Task ConfirmedAsync(ImmutableArray<string> rooms)
    {
        var everyone = SubscribedAsync();
        var joined = _rooms?.ConfirmedAsync(rooms) ?? Task.CompletedTask;
        return everyone.IsCompleted && joined.IsCompleted ? Task.CompletedTask : BoundAsync(Task.WhenAll(everyone, joined));
    }

    private Task SubscribedAsync()
    {
        if (!_subscribed.IsCompleted) return _subscribed;

        // Redis was not connected, or has just been reconnected: the subscription is requested again.
        return _subscription!.Has(_broadcasts) ? Task.CompletedTask : _subscribed = SubscribeAsync();
    }

    private Task<bool[]> SubscribeAsync() => Task.WhenAll(_wire.Channels.Select(_subscription!.AddAsync));

    private async Task BoundAsync(Task confirmed) =>
        await confirmed.WaitAsync(_timings.JoinTimeout, _timings.Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private Task SendAsync(PeerMessage request, CancellationToken cancellationToken)
    {
        var target = request.Target!;
        if (IsLocal(target)) return Task.CompletedTask;
        var sent = _bus.PublishAsync(_wire.Requests, MessageSize.Checked(_wire.Write(request), _maxMessageSize), cancellationToken);
        return target.Receipt?.TakeAsync(sent) ?? sent;
    }

    private void SendToClientsWithAck(EventData data, BroadcastOptions options, AckCollector acks)
    {
        using var span = EventTracing.Send(_local.Path, data, options);
        _requests.SendToClientsWithAck(data, options, acks);
    }

    private byte[] Written(EventData data, BroadcastOptions options) => _wire.Traced(data, options, _maxMessageSize);
}
