using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>One namespace of a node in a cluster: its own clients, and the others over Redis.</summary>
/// <remarks>A broadcast is published first and then delivered to this node's clients, which never waits for Redis.</remarks>
internal sealed class RedisAdapter : ISocketAdapter
{
    private readonly LocalAdapter _local;
    private readonly IRedisBus _bus;
    private readonly RedisChannels _channels;
    private readonly ClassicCodec _codec;
    private readonly int _maxMessageSize;
    private readonly RedisMetrics _metrics;
    private readonly ILogger _logger;
    private readonly LogGate _gate;
    private readonly IBusSubscription _subscription;
    private readonly RoomSubscriptions? _rooms;

    /// <summary>An adapter that subscribes by itself, now or when Redis appears.</summary>
    /// <param name="local">Its own clients; owned by the adapter.</param>
    /// <param name="bus">The way to the other nodes; shared by the namespaces of a server.</param>
    /// <param name="options">The options.</param>
    /// <param name="metrics">Where messages are counted.</param>
    /// <param name="logger">Where malformed messages are reported.</param>
    /// <param name="gate">Bounds those reports.</param>
    public RedisAdapter(LocalAdapter local, IRedisBus bus, RedisAdapterOptions options, RedisMetrics metrics, ILogger logger, LogGate gate)
    {
        (_local, _bus, _metrics, _logger, _gate) = (local, bus, metrics, logger, gate);
        _maxMessageSize = options.MaxMessageSize;
        _channels = new RedisChannels(options.Key, local.Path);
        _codec = new ClassicCodec(Uid, local.Path, EnvelopeOrder.Adapter);
        var probe = _channels.CreateProbe();
        _subscription = bus.Subscribe(probe, Received);
        if (options.SubscriptionMode == RedisSubscriptionMode.Pattern)
        {
            _ = _subscription.AddAsync(_channels.Pattern);
            return;
        }

        _ = _subscription.AddAsync(_channels.Namespace);
        _ = _subscription.AddAsync(probe);
        _rooms = new RoomSubscriptions(_subscription, _channels.Room, local.Time);
        local.Rooms.RoomChanged = _rooms.Changed;
    }

    public NodeId Uid { get; } = NodeId.Create();

    public bool HasLocalClients => true;

    public void Broadcast(EventData data, BroadcastOptions options)
    {
        if (!IsLocal(options)) _bus.Publish(_channels.Broadcast(options.Rooms), _codec.Write(data, options));
        _local.Deliver(data, options);
    }

    public ValueTask BroadcastAsync(EventData data, BroadcastOptions options, CancellationToken cancellationToken)
    {
        if (IsLocal(options)) return _local.BroadcastAsync(data, options, cancellationToken);

        var published = _bus.PublishAsync(_channels.Broadcast(options.Rooms), _codec.Write(data, options), cancellationToken);
        _local.Deliver(data, options);
        return new ValueTask(published);
    }

    public void Ask(EventData data, BroadcastOptions options, AckCollector acks)
    {
        if (!IsLocal(options)) throw new NotSupportedException(
            "Acknowledgements from clients of other nodes are not supported yet: put Local() on the chain to ask this node's clients.");
        _local.Ask(data, options, acks);
    }

    public IServerSink Servers => _local.Servers;

    public ServerEvents ServerEvents => _local.ServerEvents;

    public Task<int> ServerCountAsync(CancellationToken cancellationToken) => throw NotYet();

    public Task<FetchedRooms> AllRoomsAsync(CancellationToken cancellationToken) => throw NotYet();

    public Task<FetchedSockets> FetchSocketsAsync(BroadcastOptions target, CancellationToken cancellationToken) =>
        IsLocal(target) ? _local.FetchSocketsAsync(target, cancellationToken) : throw NotYet();

    public ValueTask SocketsJoinAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
        IsLocal(target) ? _local.SocketsJoinAsync(target, rooms, cancellationToken) : throw NotYet();

    public ValueTask SocketsLeaveAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
        IsLocal(target) ? _local.SocketsLeaveAsync(target, rooms, cancellationToken) : throw NotYet();

    public ValueTask DisconnectSocketsAsync(BroadcastOptions target, bool close, CancellationToken cancellationToken) =>
        IsLocal(target) ? _local.DisconnectSocketsAsync(target, close, cancellationToken) : throw NotYet();

    private static NotSupportedException NotYet() =>
        new("Operations on the sockets of other nodes are not supported yet: put Local() on the chain for this node's.");

    public async ValueTask JoinAsync(ILocalSocket socket, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        await _local.JoinAsync(socket, rooms, cancellationToken).ConfigureAwait(false);
        if (_rooms is not null) await _rooms.ConfirmedAsync(rooms).WaitAsync(cancellationToken).ConfigureAwait(false);
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

    /// <summary>Handles one message of the bus; whatever it holds and whatever delivering it does, the next one follows.</summary>
    private void Received(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message)
    {
        _metrics.Received(message.Length);
        try
        {
            if (TryDeliver(channel, message) is { } cause) Drop(cause, message.Length);
        }
        catch (ProtocolException exception)
        {
            Drop(exception.Cause, message.Length);
        }
        catch (Exception exception)
        {
            _metrics.Dropped(DropCause.Handler);
            if (_gate.TryEnter(DropCause.Handler)) RedisLog.DeliveryFailed(_logger, _local.Path, exception);
        }
    }

    /// <summary>The receiver's rules, cheapest first: nothing is decoded before the channel's room is known here.</summary>
    private string? TryDeliver(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message)
    {
        if (!_channels.TryGetRoom(channel, out var room)) return DropCause.Channel;
        if (!room.IsEmpty && !_local.Rooms.HasRoom(room)) return DropCause.UnknownRoom;
        if (_codec.IsOwn(message.Span)) return DropCause.Own;
        if (message.Length > _maxMessageSize) return DropCause.Size;
        if (_codec.Reader.TryRead(message, out var envelope) is { } cause) return cause;
        if (IsCopy(room, envelope.Options.Rooms)) return DropCause.Duplicate;

        _local.Deliver(envelope.Data, envelope.Options);
        return null;
    }

    /// <summary>Whether another copy of the same broadcast is the one to deliver.</summary>
    /// <remarks>
    /// Some producers publish a broadcast to several rooms once on each room's channel, every copy listing all of them: the
    /// copy of the first room that has members here counts.
    /// </remarks>
    private bool IsCopy(ReadOnlySpan<byte> channelRoom, ImmutableArray<string> rooms)
    {
        if (channelRoom.IsEmpty || rooms.Length < 2) return false;

        var name = System.Text.Encoding.UTF8.GetString(channelRoom);
        if (!rooms.Contains(name)) return false;
        foreach (var room in rooms)
        {
            if (room == name) return false;
            if (_local.Rooms.HasRoom(room)) return true;
        }

        return false;
    }

    private void Drop(string cause, int length)
    {
        _metrics.Dropped(cause);
        if (cause is DropCause.UnknownRoom or DropCause.Own or DropCause.Namespace or DropCause.Duplicate) return;
        if (_gate.TryEnter(cause)) RedisLog.MessageDropped(_logger, _local.Path, cause, length);
    }
}
