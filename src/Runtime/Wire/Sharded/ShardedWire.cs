using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Redis;

/// <summary>The wire of the sharded adapter of <c>@socket.io/redis-adapter</c>, sharded pub/sub.</summary>
/// <param name="prefix">The start of every channel.</param>
/// <param name="mode">The mode, which determines the rooms with channels.</param>
/// <param name="uid">The producer's id.</param>
/// <param name="path">The namespace.</param>
/// <param name="maxMessageSize">The maximum size of a message that is read, in bytes.</param>
/// <param name="requester">The id that its requests name if they request a response: that of the producer if it is a server.</param>
internal sealed class ShardedWire(
    string prefix, ShardedSubscriptionMode mode, NodeId uid, string path, int maxMessageSize, NodeId requester) : IClusterWire
{
    private readonly ShardedChannels _channels = new(prefix, path, mode);
    private readonly ShardedFormat _format = new(uid, path, maxMessageSize);
    private readonly ShardedFormat _requests = new(requester, path, maxMessageSize);
    private readonly string _uid = requester.ToString();
    private BusSet? _set;

    /// <summary>Creates the wire of a server.</summary>
    public ShardedWire(ShardedRedisAdapterOptions options, NodeId uid, string path)
        : this(options.ChannelPrefix, options.SubscriptionMode, uid, path, options.MaxMessageSize, uid)
    {
    }

    // The bus itself subscribes probe channels on the masters of these.
    public IEnumerable<RedisChannel> Channels => uid == requester
        ? [_channels.Namespace, _channels.ResponsesTo(_uid)]
        : [_channels.ResponsesTo(_uid)];

    public BusSet Set => _set ??= new BusSet(path, _channels.CreateProbe()) { Shared = [.. Channels.Select(BusProbe.OfRequests)] };

    public bool SubscribesRooms => mode != ShardedSubscriptionMode.Static;

    public bool SupportsListRooms => false;

    public RedisChannel Requests => _channels.Namespace;

    public RedisChannel ChannelOf(BroadcastOptions options) => _channels.Broadcast(options.Rooms);

    public bool ReachesAllServers(RedisChannel channel) => channel == _channels.Namespace;

    // The channel of a room named like this node is that of its responses: it is subscribed already, and must never be unsubscribed.
    public bool HasRoomChannel(string room) => room != _uid && _channels.HasRoomChannel(room);

    public RedisChannel Room(string room) => _channels.Room(room);

    public byte[] Broadcast(EventData data, BroadcastOptions options, ReadOnlyMemory<byte> extension) =>
        Write(new PeerMessage(PeerMessageKind.Broadcast) { Data = data.Memory, Target = options, Extension = extension });

    public byte[] Write(in PeerMessage message) => (message.WantsResponse ? _requests : _format).Write(message);

    public RedisChannel ResponseChannel(in PeerMessage response) => _channels.ResponsesTo(response.Uid);

    public DropReason ReadResponse(ReadOnlyMemory<byte> message, out PeerMessageFields response) =>
        _format.ReadResponse(message, out response);

    public PeerMessageHandler Receive(LocalAdapter local, PeerRequests requests, PeerResponder responder, DroppedMessages dropped)
    {
        var responses = (byte[])_channels.ResponsesTo(_uid)!;
        var joined = new RecentJoins(BusTimings.Default with { Clock = local.Time });
        return (channel, message) =>
        {
            if (_format.IsOwn(message.Span)) return DropReason.Own;
            if (channel.SequenceEqual(responses)) return ReceiveResponse(message, requests);
            if (message.Length > maxMessageSize) return DropReason.Size;
            if (_format.Read(message, out var request, out var response) is var reason and not DropReason.None) return reason;
            if (response.Kind is not null) return requests.Receive(response);
            if (request.Uid == _uid) return DropReason.Own;
            if (request.Kind == PeerMessageKind.Join) joined.Add(request.Rooms);
            if (request is not { Kind: PeerMessageKind.Broadcast, WantsResponse: false }) return responder.Handle(request, message.Length);

            if (_channels.IsNamespace(channel) && IsOfAnotherMode(request.Target!, joined)) dropped.OfAnotherMode(request.Uid ?? "", mode);
            local.DeliverReceived(new EventData(request.Data), request.Target!, MessageExtension.TraceOf(request.Extension.Span));
            return DropReason.None;
        };
    }

    public PeerMessageHandler ReceiveResponses(PeerRequests requests) => (_, message) => ReceiveResponse(message, requests);

    /// <summary>Returns <c>true</c> if a broadcast would have come on the channel of its room if its sender had this node's mode.</summary>
    /// <remarks>For a room that sockets were just told to join it would not: see <see cref="RecentJoins"/>.</remarks>
    private bool IsOfAnotherMode(BroadcastOptions target, RecentJoins joined) =>
        SubscribesRooms && target.Rooms is [var room] && HasRoomChannel(room) && !joined.Contains(room);

    private static DropReason ReceiveResponse(ReadOnlyMemory<byte> message, PeerRequests requests) =>
        PeerMessageFields.RequestIdOf(message.Span, isInData: true) is { } id ? requests.Receive(id, message) : DropReason.Shape;
}
