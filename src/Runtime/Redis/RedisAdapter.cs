using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>One namespace of a node in a cluster: its own clients, and the others over Redis.</summary>
/// <remarks>A broadcast is published first and then delivered to this node's clients, which never waits for Redis.</remarks>
internal sealed class RedisAdapter : ISocketAdapter
{
    // Requests and answers of other nodes that wait to be worked on; more than that is a flood.
    private const int MaxWaitingWork = 1000;

    private readonly LocalAdapter _local;
    private readonly IRedisBus _bus;
    private readonly RedisChannels _channels;
    private readonly ClassicCodec _codec;
    private readonly BroadcastReceiver _receiver;
    private readonly LegacyEmitters? _legacy;
    private readonly int _maxMessageSize;
    private readonly RedisMetrics _metrics;
    private readonly DroppedMessages _dropped;
    private readonly IBusSubscription _subscription;
    private readonly RoomSubscriptions? _rooms;
    private readonly RecentJoins _recent;
    private readonly RequestCodec _requestCodec;
    private readonly PeerRequests _requests;
    private readonly PeerResponder _responder;

    /// <summary>An adapter that subscribes by itself, now or when Redis appears.</summary>
    /// <param name="local">Its own clients; owned by the adapter.</param>
    /// <param name="bus">The way to the other nodes; shared by the namespaces of a server.</param>
    /// <param name="options">The options.</param>
    /// <param name="metrics">Where messages are counted.</param>
    /// <param name="logger">Where malformed messages are reported.</param>
    /// <param name="gate">Bounds those reports.</param>
    public RedisAdapter(LocalAdapter local, IRedisBus bus, RedisAdapterOptions options, RedisMetrics metrics, ILogger logger, LogGate gate)
    {
        (_local, _bus, _metrics) = (local, bus, metrics);
        _maxMessageSize = options.MaxMessageSize;
        _channels = new RedisChannels(options.Key, local.Path);
        _codec = new ClassicCodec(Uid, local.Path, EnvelopeOrder.Adapter);
        _legacy = options.LegacyEmitters ? new LegacyEmitters(options.Key) : null;
        _receiver = new BroadcastReceiver(local, _codec, options.MaxMessageSize, options.LegacyEmitters);
        _requestCodec = new RequestCodec(Uid, local.Path, options.MaxMessageSize);
        _dropped = new DroppedMessages(local.Path, metrics, logger, gate);
        var work = new PeerWork(MaxWaitingWork, side: 1, _dropped.Failed);
        var services = new PeerServices(local, bus, _channels, _requestCodec, options, _dropped, work);
        _requests = new PeerRequests(services, this);
        _responder = new PeerResponder(services, Uid, ConfirmedAsync);

        _recent = new RecentJoins(local.Time);
        var probe = _channels.CreateProbe();
        _subscription = bus.Subscribe(probe, Received);
        if (options.SubscriptionMode == RedisSubscriptionMode.PerRoom)
        {
            _rooms = new RoomSubscriptions(_subscription, _channels.Room, local.Time);
            local.Rooms.RoomChanged = _rooms.Changed;
        }

        foreach (var channel in _rooms is null ? [_channels.Pattern] : (RedisChannel[])[_channels.Namespace, probe]) _ = _subscription.AddAsync(channel);
        foreach (var channel in (RedisChannel[])[_channels.Request, _channels.Response, _channels.ResponseTo(Uid.ToString())])
            _ = _subscription.AddAsync(channel);
        foreach (var channel in _legacy?.Channels ?? []) _ = _subscription.AddAsync(channel);
    }

    public NodeId Uid { get; } = NodeId.Create();

    public bool HasLocalClients => true;

    public void Broadcast(EventData data, BroadcastOptions options)
    {
        if (!IsLocal(options)) _bus.Publish(ChannelOf(options), Written(data, options));
        _local.Deliver(data, options);
    }

    public ValueTask BroadcastAsync(EventData data, BroadcastOptions options, CancellationToken cancellationToken)
    {
        if (IsLocal(options)) return _local.BroadcastAsync(data, options, cancellationToken);

        var published = _bus.PublishAsync(ChannelOf(options), Written(data, options), cancellationToken);
        _local.Deliver(data, options);
        return new ValueTask(options.Receipt?.TakeAsync(published) ?? published);
    }

    public void Ask(EventData data, BroadcastOptions options, AckCollector acks)
    {
        if (IsLocal(options)) _local.Ask(data, options, acks);
        else _requests.AskClients(data, options, acks);
    }

    public IServerSink Servers => _requests;

    public ServerEvents ServerEvents => _local.ServerEvents;

    public Task<int> ServerCountAsync(CancellationToken cancellationToken) => _requests.CountNodesAsync(cancellationToken);

    public Task<FetchedRooms> AllRoomsAsync(CancellationToken cancellationToken) => _requests.AllRoomsAsync(cancellationToken);

    public Task<FetchedSockets> FetchSocketsAsync(BroadcastOptions target, CancellationToken cancellationToken) => IsLocal(target)
        ? Task.FromResult(new FetchedSockets(_local.Describe(target, this)))
        : _requests.FetchSocketsAsync(target, cancellationToken);

    public async ValueTask SocketsJoinAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        if (!IsLocal(target)) _recent.Add(rooms);
        var sent = IsLocal(target) ? Task.CompletedTask : SendAsync(_requestCodec.Move(PeerRequestType.Join, target, rooms), target, cancellationToken);
        _local.Join(target, rooms);
        await ConfirmedAsync(rooms).WaitAsync(cancellationToken).ConfigureAwait(false);
        await sent.ConfigureAwait(false);
    }

    public ValueTask SocketsLeaveAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        var sent = IsLocal(target) ? Task.CompletedTask : SendAsync(_requestCodec.Move(PeerRequestType.Leave, target, rooms), target, cancellationToken);
        _local.Leave(target, rooms);
        return new ValueTask(sent);
    }

    public ValueTask DisconnectSocketsAsync(BroadcastOptions target, bool close, CancellationToken cancellationToken)
    {
        var sent = IsLocal(target) ? Task.CompletedTask : SendAsync(_requestCodec.Disconnect(target, close), target, cancellationToken);
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

    public void Remove(ILocalSocket socket) => _local.Remove(socket);

    public ImmutableArray<string> RoomsOf(ILocalSocket socket) => _local.RoomsOf(socket);

    public async ValueTask DisposeAsync()
    {
        if (_rooms is not null) await _rooms.DisposeAsync().ConfigureAwait(false);
        await _subscription.DisposeAsync().ConfigureAwait(false);
        await _local.DisposeAsync().ConfigureAwait(false);
    }

    private static bool IsLocal(BroadcastOptions options) => (options.Flags & BroadcastFlags.Local) != 0;

    private RedisChannel ChannelOf(BroadcastOptions options) =>
        options.Rooms.Length == 1 && _recent.Contains(options.Rooms[0]) ? _channels.Namespace : _channels.Broadcast(options.Rooms);

    /// <summary>Completes when broadcasts to rooms that were joined are heard; at once when all broadcasts are.</summary>
    private Task ConfirmedAsync(ImmutableArray<string> rooms) => _rooms?.ConfirmedAsync(rooms) ?? Task.CompletedTask;

    private Task SendAsync(byte[] request, BroadcastOptions target, CancellationToken cancellationToken)
    {
        var sent = _bus.PublishAsync(_channels.Request, MessageSize.Checked(request, _maxMessageSize), cancellationToken);
        return target.Receipt?.TakeAsync(sent) ?? sent;
    }

    private byte[] Written(EventData data, BroadcastOptions options) => MessageSize.Checked(_codec.Write(data, options), _maxMessageSize);

    /// <summary>Handles one message of the bus; whatever it holds and whatever handling it does, the next one follows.</summary>
    private void Received(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message)
    {
        _metrics.Received(message.Length);
        try
        {
            if (Handle(channel, message) is { } cause) _dropped.Add(cause, message.Length);
        }
        catch (ProtocolException exception)
        {
            _dropped.Add(exception.Cause, message.Length);
        }
        catch (Exception exception)
        {
            _dropped.Failed(exception);
        }
    }

    private string? Handle(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message)
    {
        if (_channels.TryGetRoom(channel, out var room)) return _receiver.Deliver(room, message);
        if (_channels.IsRequest(channel)) return _responder.Handle(message);
        if (_channels.IsResponse(channel)) return _requests.Answered(message);
        return _legacy is not null && _legacy.Has(channel) ? _receiver.DeliverLegacy(message) : DropCause.Channel;
    }
}
