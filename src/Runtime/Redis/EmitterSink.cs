using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Where an emitter's chains of one namespace end.</summary>
/// <param name="bus">The way to the servers.</param>
/// <param name="options">The emitter's options.</param>
/// <param name="report">Looks at what Redis says about its events.</param>
/// <param name="path">The namespace.</param>
internal sealed class EmitterSink(IRedisBus bus, RedisEmitterOptions options, EmitterReport report, string path) : IBroadcastSink, IServerSink
{
    private const string NoAcks = "Acknowledgements are not supported by an emitter: it never receives. Ask from a server.";

    private readonly RedisChannels _channels = new(options.Key, path);
    private readonly ClassicCodec _codec = new(NodeId.Emitter, path, EnvelopeOrder.Emitter);
    private readonly RequestCodec _requests = new(NodeId.Emitter, path, maxSize: 0);
    private readonly int _maxMessageSize = options.MaxMessageSize;

    public bool HasLocalClients => false;

    public void Broadcast(EventData data, BroadcastOptions options)
    {
        var channel = _channels.Broadcast(options.Rooms);
        var message = Written(data, options);
        if (report.ShouldAsk()) _ = report.WatchAsync(channel, bus.PublishAsync(channel, message, CancellationToken.None));
        else bus.Publish(channel, message);
    }

    public ValueTask BroadcastAsync(EventData data, BroadcastOptions options, CancellationToken cancellationToken)
    {
        var channel = _channels.Broadcast(options.Rooms);
        var published = report.TakeAsync(channel, bus.PublishAsync(channel, Written(data, options), cancellationToken));
        return new ValueTask(options.Receipt?.TakeAsync(published) ?? published);
    }

    public void Ask(EventData data, BroadcastOptions options, AckCollector acks) =>
        throw new NotSupportedException(NoAcks);

    public Task<FetchedSockets> FetchSocketsAsync(BroadcastOptions target, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Sockets cannot be fetched by an emitter: it never receives. Fetch them from a server.");

    public ValueTask SocketsJoinAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
        RequestAsync(_requests.Move(PeerRequestType.Join, target, rooms), cancellationToken);

    public ValueTask SocketsLeaveAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
        RequestAsync(_requests.Move(PeerRequestType.Leave, target, rooms), cancellationToken);

    public ValueTask DisconnectSocketsAsync(BroadcastOptions target, bool close, CancellationToken cancellationToken) =>
        RequestAsync(_requests.Disconnect(target, close), cancellationToken);

    public void Send(EventData data) => bus.Publish(_channels.Request, _requests.ServerEvent(data, requestId: null));

    public ValueTask SendAsync(EventData data, CancellationToken cancellationToken) =>
        RequestAsync(_requests.ServerEvent(data, requestId: null), cancellationToken);

    public void Ask(EventData data, TimeSpan? timeout, AckCollector acks) => throw new NotSupportedException(NoAcks);

    private ValueTask RequestAsync(byte[] request, CancellationToken cancellationToken) =>
        new(report.TakeAsync(_channels.Request, bus.PublishAsync(_channels.Request, Checked(request), cancellationToken)));

    private byte[] Written(EventData data, BroadcastOptions options) => Checked(_codec.Write(data, options));

    private byte[] Checked(byte[] message) => MessageSize.Checked(message, _maxMessageSize);
}
