using System.Collections.Immutable;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Redis;

/// <summary>The wire of <c>@socket.io/redis-adapter</c> and <c>@socket.io/redis-emitter</c>, classic pub/sub.</summary>
internal sealed class ClassicWire : IClusterWire
{
    private readonly RedisAdapterOptions _options;
    private readonly ClassicChannels _channels;
    private readonly ClassicCodec _codec;
    private readonly ClassicRequestCodec _requests;
    private readonly LegacyEmitters? _legacy;
    private readonly string _uid;

    /// <summary>Creates the wire of a server.</summary>
    public ClassicWire(RedisAdapterOptions options, NodeId uid, string path) : this(options, uid, path, EnvelopeOrder.Adapter)
    {
    }

    /// <summary>Creates the wire of an emitter.</summary>
    public ClassicWire(string key, string path) : this(new RedisAdapterOptions { Key = key }, NodeId.Emitter, path, EnvelopeOrder.Emitter)
    {
    }

    private ClassicWire(RedisAdapterOptions options, NodeId uid, string path, EnvelopeOrder order)
    {
        (_options, _uid) = (options, uid.ToString());
        _channels = new ClassicChannels(options.Key, path);
        _codec = new ClassicCodec(uid, path, order);
        _requests = new ClassicRequestCodec(uid, path, options.MaxMessageSize);
        _legacy = options.LegacyEmitters ? new LegacyEmitters(options.Key) : null;
        var probe = _channels.CreateProbe();
        RedisChannel[] requests = [_channels.Request, _channels.Response, _channels.ResponseTo(_uid)];
        BusProbe[] shared = [.. requests.Select(BusProbe.OfRequests)];
        Set = SubscribesRooms
            ? new BusSet(path, probe) { Shared = [BusProbe.OfBroadcasts(_channels.Namespace), .. shared] }
            : new BusSet(path, probe) { Shared = shared, ProbeSubscription = _channels.Pattern };
        Channels = SubscribesRooms ? [_channels.Namespace, probe] : [_channels.Pattern];
        Channels = [.. Channels, .. requests, .. _legacy?.Channels ?? []];
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

    public byte[] Broadcast(EventData data, BroadcastOptions options) => _codec.Write(data, options);

    public byte[] Ask(string requestId, EventData data, BroadcastOptions target) => _requests.Ask(requestId, data, target);

    public byte[] Move(bool isJoin, BroadcastOptions target, ImmutableArray<string> rooms) =>
        _requests.Move(isJoin ? PeerRequestType.Join : PeerRequestType.Leave, target, rooms);

    public byte[] Disconnect(BroadcastOptions target, bool close) => _requests.Disconnect(target, close);

    public byte[] ServerEvent(EventData data, string? requestId) => _requests.ServerEvent(data, requestId);

    public byte[] FetchSockets(string requestId, BroadcastOptions target) => _requests.FetchSockets(requestId, target);

    public byte[] AllRooms(string requestId) => _requests.AllRooms(requestId);

    public (RedisChannel Channel, byte[] Message) Answer(PeerRequest request, PeerResponse answer)
    {
        var id = request.RequestId;
        var message = answer switch
        {
            PeerResponse.SocketIds ids => ResponseCodec.Names(id, "sockets"u8, ids.Ids),
            PeerResponse.Rooms rooms => ResponseCodec.Names(id, "rooms"u8, rooms.Names),
            PeerResponse.Sockets sockets => ResponseCodec.Sockets(id, sockets.List),
            PeerResponse.ServerEvent given => ResponseCodec.ServerAck(id, given.Value),
            PeerResponse.Clients clients => ResponseCodec.ClientCount(id, clients.Count),
            PeerResponse.Ack ack => ResponseCodec.Ack(id, ack.Value),
            _ => ResponseCodec.Done(id),
        };

        // Responses to server events go to all nodes, whatever the option is, because Node's servers send them there.
        var isForOne = _options.PublishOnSpecificResponseChannel && answer is not PeerResponse.ServerEvent;
        return (isForOne ? _channels.ResponseTo(request.Uid) : _channels.Response, message);
    }

    public DropReason ReadAnswer(ReadOnlyMemory<byte> message, out PeerResponseBody answer)
    {
        var body = RequestReader.Body(message, _requests.Reader.Limits);
        var isMap = PeerMessageFields.TryRead(body.Span, out var members);
        answer = new PeerResponseBody(body, members);
        return isMap ? DropReason.None : DropReason.Shape;
    }

    public PeerMessageHandler Receive(LocalAdapter local, PeerRequests requests, PeerResponder responder, DroppedMessages dropped)
    {
        var receiver = new ClassicBroadcastReceiver(local, _codec, _options.MaxMessageSize, _options.LegacyEmitters);
        return (channel, message) =>
        {
            if (_channels.TryGetRoom(channel, out var room)) return receiver.Deliver(room, message);
            if (_channels.IsRequest(channel)) return Request(message, responder);
            if (_channels.IsResponse(channel)) return Answered(message, requests);
            return _legacy is not null && _legacy.Has(channel) ? receiver.DeliverLegacy(message) : DropReason.Channel;
        };
    }

    private DropReason Request(ReadOnlyMemory<byte> message, PeerResponder responder)
    {
        if (_requests.IsOwn(message.Span)) return DropReason.Own;
        if (message.Length > _options.MaxMessageSize) return DropReason.Size;
        if (_requests.Reader.Read(message, out var request) is var reason and not DropReason.None) return reason;
        return request!.Uid == _uid ? DropReason.Own : responder.Handle(request, message.Length);
    }

    // Every node receives the responses on the common channel: most are for other nodes, as their first bytes show.
    private static DropReason Answered(ReadOnlyMemory<byte> message, PeerRequests requests) =>
        ResponseCodec.RequestIdOf(message.Span) is { } id ? requests.Answered(id, message) : DropReason.Shape;
}
