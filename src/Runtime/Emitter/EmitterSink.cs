using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Redis;

/// <summary>The sink of an emitter's chains of one namespace.</summary>
/// <remarks>
/// Events, and requests without a response, are only published. The first request with a response subscribes to responses; servers respond
/// to it as they do to each other.
/// </remarks>
internal sealed class EmitterSink : IBroadcastSink, IServerSink, IAsyncDisposable
{
    private readonly EmitterContext _context;
    private readonly EmitterReport _report;
    private readonly EmitterPublisher _bus;
    private readonly IRequestWire _wire;
    private readonly RoomPublisher _publisher;
    private readonly string _path;
    private readonly PeerRequests _requests;
    private readonly EmitterResponses _responses;

    /// <param name="context">The services of the emitter.</param>
    /// <param name="path">The namespace.</param>
    public EmitterSink(EmitterContext context, string path)
    {
        (_context, _report, _path) = (context, context.Report, path);
        var options = context.Options;
        _bus = new EmitterPublisher(context.Bus, _report);
        _wire = options.CreateWire(path);
        Users = options.CreateUsers();
        _publisher = new RoomPublisher(_bus, _wire, _report.Metrics, context.Timings);
        var dropped = new DroppedMessages(path, _report.Metrics, _report.Logger, context.Gate);
        _requests = new PeerRequests(new RequestContext(
            path, new EmitterRequester(context.Timings.Clock), _bus, _wire, options.RequestsTimeout, options.MaxMessageSize,
            context.Timings, dropped, PeerWork.OfMessages(context.Work, dropped)));
        _responses = new EmitterResponses(context, _bus, _wire, new PeerReceiver(_wire.ReceiveResponses(_requests), dropped));
    }

    public bool HasLocalClients => false;

    public UserRooms Users { get; }

    public void Broadcast(EventData data, BroadcastOptions options)
    {
        using var span = EventTracing.Send(_path, data, options);
        var message = Written(data, options);
        var channel = _publisher.ChannelOf(options);
        if (_wire.ReachesAllServers(channel) && _report.ShouldCheckReply())
            _ = _report.WatchAsync(channel, _publisher.PublishAsync(options, message, CancellationToken.None));
        else
            _publisher.Publish(options, message);
    }

    public ValueTask BroadcastAsync(EventData data, BroadcastOptions options, CancellationToken cancellationToken)
    {
        using var span = EventTracing.Send(_path, data, options);
        var message = Written(data, options);
        var channel = _publisher.ChannelOf(options);
        var published = _publisher.PublishAsync(options, message, cancellationToken);
        if (_wire.ReachesAllServers(channel)) published = _report.TakeAsync(channel, published);
        return new ValueTask(options.Receipt?.TakeAsync(published) ?? published);
    }

    public void SendWithAck(EventData data, BroadcastOptions options, AckCollector acks)
    {
        _ = _responses.ReadyAsync();
        _requests.SendToClientsWithAck(data, options, acks);
    }

    public async Task<FetchedSockets> FetchSocketsAsync(BroadcastOptions target, CancellationToken cancellationToken)
    {
        await _responses.ReadyAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return await _requests.FetchSocketsAsync(target, this, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fetches the rooms of all servers.</summary>
    public async Task<FetchedRooms> AllRoomsAsync(CancellationToken cancellationToken)
    {
        await _responses.ReadyAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return await _requests.AllRoomsAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts the servers that have the namespace, without a subscription.</summary>
    public async Task<int> ServerCountAsync(CancellationToken cancellationToken)
    {
        _context.ThrowIfDisposed();
        return (int)await _context.Bus.CountSubscribersAsync(_wire.Requests, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask SocketsJoinAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        var request = Written(new PeerMessage(PeerMessageKind.Join) { Target = target, Rooms = rooms });
        _publisher.Joined(rooms);
        return RequestAsync(request, target.Receipt, cancellationToken);
    }

    public ValueTask SocketsLeaveAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
        RequestAsync(
            Written(new PeerMessage(PeerMessageKind.Leave) { Target = target, Rooms = rooms }), target.Receipt, cancellationToken);

    public ValueTask DisconnectSocketsAsync(BroadcastOptions target, bool close, CancellationToken cancellationToken) =>
        RequestAsync(
            Written(new PeerMessage(PeerMessageKind.Disconnect) { Target = target, Close = close }), target.Receipt, cancellationToken);

    public void Send(EventData data)
    {
        using var span = EventTracing.SendToServers(_path, data);
        _bus.Publish(_wire.Requests, ServerEvent(data));
    }

    public ValueTask SendAsync(EventData data, CancellationToken cancellationToken)
    {
        using var span = EventTracing.SendToServers(_path, data);
        return RequestAsync(ServerEvent(data), receipt: null, cancellationToken);
    }

    public void SendWithAck(EventData data, TimeSpan? timeout, AckCollector acks)
    {
        _ = _responses.ReadyAsync();
        ((IServerSink)_requests).SendWithAck(data, timeout, acks);
    }

    /// <summary>Ends the pending requests and the subscriptions; called when the emitter is disposed.</summary>
    public ValueTask DisposeAsync()
    {
        _requests.End();
        return _responses.DisposeAsync();
    }

    private ValueTask RequestAsync(byte[] request, EmitReceipt? receipt, CancellationToken cancellationToken)
    {
        var published = _report.TakeAsync(_wire.Requests, _bus.PublishAsync(_wire.Requests, request, cancellationToken));
        return new ValueTask(receipt?.TakeAsync(published) ?? published);
    }

    private byte[] ServerEvent(EventData data)
    {
        _context.ThrowIfDisposed();
        return _wire.Traced(new PeerMessage(PeerMessageKind.ServerEvent) { Data = data.Memory }, _context.Options.MaxMessageSize);
    }

    private byte[] Written(EventData data, BroadcastOptions options)
    {
        _context.ThrowIfDisposed();
        return _wire.Traced(data, options, _context.Options.MaxMessageSize);
    }

    private byte[] Written(in PeerMessage message) => Checked(_wire.Write(message));

    private byte[] Checked(byte[] message)
    {
        _context.ThrowIfDisposed();
        return MessageSize.Checked(message, _context.Options.MaxMessageSize);
    }
}
