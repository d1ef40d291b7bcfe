using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Redis;

/// <summary>The sink of an emitter's chains of one namespace.</summary>
internal sealed class EmitterSink : IBroadcastSink, IServerSink
{
    private const string NoAcks = "Acknowledgements are not supported by an emitter, which receives nothing. Send the event from a server.";

    private readonly IRedisBus _bus;
    private readonly EmitterReport _report;
    private readonly IEmitterWire _wire;
    private readonly RoomPublisher _publisher;
    private readonly int _maxMessageSize;

    /// <param name="bus">The connection to the servers.</param>
    /// <param name="options">The emitter's options.</param>
    /// <param name="report">The report of events that reach no server.</param>
    /// <param name="timings">The clock and the times.</param>
    /// <param name="path">The namespace.</param>
    public EmitterSink(IRedisBus bus, RedisEmitterOptions options, EmitterReport report, BusTimings timings, string path)
    {
        (_bus, _report, _maxMessageSize) = (bus, report, options.MaxMessageSize);
        _wire = options.CreateWire(path);
        Users = options.CreateUsers();
        _publisher = new RoomPublisher(bus, _wire, report.Metrics, timings);
    }

    public bool HasLocalClients => false;

    public UserRooms Users { get; }

    public void Broadcast(EventData data, BroadcastOptions options)
    {
        var channel = _publisher.ChannelOf(options);
        var message = Written(data, options);
        if (_wire.ReachesAllServers(channel) && _report.ShouldCheckReply())
            _ = _report.WatchAsync(channel, _publisher.PublishAsync(options, message, CancellationToken.None));
        else
            _publisher.Publish(options, message);
    }

    public ValueTask BroadcastAsync(EventData data, BroadcastOptions options, CancellationToken cancellationToken)
    {
        var channel = _publisher.ChannelOf(options);
        var published = _publisher.PublishAsync(options, Written(data, options), cancellationToken);
        if (_wire.ReachesAllServers(channel)) published = _report.TakeAsync(channel, published);
        return new ValueTask(options.Receipt?.TakeAsync(published) ?? published);
    }

    public void SendWithAck(EventData data, BroadcastOptions options, AckCollector acks) => CheckAcks();

    public void CheckAcks() => throw new NotSupportedException(NoAcks);

    public Task<FetchedSockets> FetchSocketsAsync(BroadcastOptions target, CancellationToken cancellationToken) => throw NoFetch();

    public void CheckFetch() => throw NoFetch();

    public ValueTask SocketsJoinAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        var request = Checked(_wire.Write(new PeerMessage(PeerMessageKind.Join) { Target = target, Rooms = rooms }));
        _publisher.Joined(rooms);
        return RequestAsync(request, target.Receipt, cancellationToken);
    }

    public ValueTask SocketsLeaveAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
        RequestAsync(
            _wire.Write(new PeerMessage(PeerMessageKind.Leave) { Target = target, Rooms = rooms }), target.Receipt, cancellationToken);

    public ValueTask DisconnectSocketsAsync(BroadcastOptions target, bool close, CancellationToken cancellationToken) =>
        RequestAsync(
            _wire.Write(new PeerMessage(PeerMessageKind.Disconnect) { Target = target, Close = close }), target.Receipt, cancellationToken);

    public void Send(EventData data) => _bus.Publish(_wire.Requests, Checked(ServerEvent(data)));

    public ValueTask SendAsync(EventData data, CancellationToken cancellationToken) =>
        RequestAsync(ServerEvent(data), receipt: null, cancellationToken);

    public void SendWithAck(EventData data, TimeSpan? timeout, AckCollector acks) => throw new NotSupportedException(NoAcks);

    private static NotSupportedException NoFetch() =>
        new("Sockets cannot be fetched by an emitter, which receives nothing. Fetch them from a server.");

    private ValueTask RequestAsync(byte[] request, EmitReceipt? receipt, CancellationToken cancellationToken)
    {
        var published = _report.TakeAsync(_wire.Requests, _bus.PublishAsync(_wire.Requests, Checked(request), cancellationToken));
        return new ValueTask(receipt?.TakeAsync(published) ?? published);
    }

    private byte[] ServerEvent(EventData data) => _wire.Write(new PeerMessage(PeerMessageKind.ServerEvent) { Data = data.Memory });

    private byte[] Written(EventData data, BroadcastOptions options) => Checked(_wire.Broadcast(data, options));

    private byte[] Checked(byte[] message) => MessageSize.Checked(message, _maxMessageSize);
}
