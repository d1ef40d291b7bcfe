using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Redis;

/// <summary>The wire of <c>@socket.io/redis-adapter</c> and <c>@socket.io/redis-emitter</c>, classic pub/sub.</summary>
internal sealed class ClassicWire : IClusterWire
{
    private readonly RedisAdapterOptions _options;
    private readonly ClassicChannels _channels;
    private readonly ClassicEnvelopeCodec _envelopes;
    private readonly ClassicFormat _format;
    private readonly LegacyEmitters? _legacy;
    private readonly ClassicFormat _requests;
    private readonly string _uid;

    /// <summary>Creates the wire of a server.</summary>
    public ClassicWire(RedisAdapterOptions options, NodeId uid, string path) : this(options, uid, path, TargetOrder.Adapter)
    {
        var probe = _channels.CreateProbe();
        RedisChannel[] requests = [_channels.Request, _channels.Response, _channels.ResponseTo(_uid)];
        BusProbe[] shared = [.. requests.Select(BusProbe.OfRequests)];
        Set = SubscribesRooms
            ? new BusSet(path, probe) { Shared = [BusProbe.OfBroadcasts(_channels.Namespace), .. shared] }
            : new BusSet(path, probe) { Shared = shared, ProbeSubscription = _channels.Pattern };
        Channels = SubscribesRooms ? [_channels.Namespace, probe] : [_channels.Pattern];
        Channels = [.. Channels, .. requests, .. _legacy?.Channels ?? []];
    }

    /// <summary>Creates the wire of an emitter.</summary>
    /// <param name="key">The start of every channel name.</param>
    /// <param name="requester">The id that its requests name if they request a response; its other messages are those of any
    /// emitter.</param>
    /// <param name="path">The namespace.</param>
    /// <param name="maxMessageSize">The maximum size of a response, in bytes.</param>
    public ClassicWire(string key, NodeId requester, string path, int maxMessageSize)
        : this(new RedisAdapterOptions { Key = key, MaxMessageSize = maxMessageSize }, NodeId.Emitter, path, TargetOrder.Emitter)
    {
        _requests = new ClassicFormat(requester, path, maxMessageSize);

        // Servers respond on either channel, as they choose, and to server events always on the common one.
        RedisChannel[] responses = [_channels.Response, _channels.ResponseTo(requester.ToString())];
        var probe = _channels.CreateResponseProbe();
        Set = new BusSet(path, probe) { Shared = [.. responses.Select(BusProbe.OfRequests)] };
        Channels = [.. responses, probe];
    }

    private ClassicWire(RedisAdapterOptions options, NodeId uid, string path, TargetOrder order)
    {
        (_options, _uid) = (options, uid.ToString());
        _channels = new ClassicChannels(options.Key, path);
        _envelopes = new ClassicEnvelopeCodec(uid, path, order);
        _format = _requests = new ClassicFormat(uid, path, options.MaxMessageSize);
        _legacy = options.LegacyEmitters ? new LegacyEmitters(options.Key) : null;
        (Channels, Set) = ([], new BusSet(path, default));
    }

    public IEnumerable<RedisChannel> Channels { get; }

    public BusSet Set { get; }

    public bool SubscribesRooms => _options.SubscriptionMode == RedisSubscriptionMode.PerRoom;

    public bool SupportsListRooms => true;

    public RedisChannel Requests => _channels.Request;

    public RedisChannel ChannelOf(BroadcastOptions options) => _channels.Broadcast(options.Rooms);

    public bool ReachesAllServers(RedisChannel channel) => true;

    public bool HasRoomChannel(string room) => true;

    public RedisChannel Room(string room) => _channels.Room(room);

    public byte[] Broadcast(EventData data, BroadcastOptions options, ReadOnlyMemory<byte> extension) =>
        _envelopes.Write(data, options, extension.Span);

    public byte[] Write(in PeerMessage message) => (message.WantsResponse ? _requests : _format).Write(message);

    // Responses to server events go to all nodes, whatever the option is, because Node's servers send them there.
    public RedisChannel ResponseChannel(in PeerMessage response) =>
        _options.PublishOnSpecificResponseChannel && response.Kind != PeerMessageKind.ServerEventResponse
            ? _channels.ResponseTo(response.Uid)
            : _channels.Response;

    public DropReason ReadResponse(ReadOnlyMemory<byte> message, out PeerMessageFields response) =>
        _format.ReadResponse(message, out response);

    public PeerMessageHandler Receive(LocalAdapter local, PeerRequests requests, PeerResponder responder, DroppedMessages dropped)
    {
        var receiver = new ClassicBroadcastReceiver(local, _envelopes, _options.MaxMessageSize, _options.LegacyEmitters);
        return (channel, message) =>
        {
            if (_channels.TryGetRoom(channel, out var room)) return receiver.Deliver(room, message);
            if (_channels.IsRequest(channel)) return ReceiveRequest(message, responder);
            if (_channels.IsResponse(channel)) return ReceiveResponse(message, requests);
            return _legacy is not null && _legacy.Has(channel) ? receiver.DeliverLegacy(message) : DropReason.Channel;
        };
    }

    public PeerMessageHandler ReceiveResponses(PeerRequests requests) => (channel, message) =>
        _channels.IsResponse(channel) ? ReceiveResponse(message, requests) : DropReason.Channel;

    private DropReason ReceiveRequest(ReadOnlyMemory<byte> message, PeerResponder responder)
    {
        if (_format.IsOwn(message.Span)) return DropReason.Own;
        if (message.Length > _options.MaxMessageSize) return DropReason.Size;
        if (_format.ReadRequest(message, out var request) is var reason and not DropReason.None) return reason;
        return request.Uid == _uid ? DropReason.Own : responder.Handle(request, message.Length);
    }

    // Every node receives the responses on the common channel: most are for other nodes, as their first bytes show.
    private static DropReason ReceiveResponse(ReadOnlyMemory<byte> message, PeerRequests requests) =>
        PeerMessageFields.RequestIdOf(message.Span, isInData: false) is { } id ? requests.Receive(id, message) : DropReason.Shape;
}
