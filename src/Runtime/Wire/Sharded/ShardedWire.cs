using System.Collections.Immutable;
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
internal sealed class ShardedWire(string prefix, ShardedSubscriptionMode mode, NodeId uid, string path, int maxMessageSize) : IClusterWire
{
    private readonly ShardedChannels _channels = new(prefix, path, mode);
    private readonly ShardedWriter _writer = new(uid, path);
    private readonly ShardedReader _reader = new(path, maxMessageSize);
    private readonly string _uid = uid.ToString();

    /// <summary>Creates the wire of a server.</summary>
    public ShardedWire(ShardedRedisAdapterOptions options, NodeId uid, string path)
        : this(options.ChannelPrefix, options.SubscriptionMode, uid, path, options.MaxMessageSize) =>
        Set = new BusSet(path, _channels.CreateProbe()) { Shared = [.. Channels.Select(BusProbe.OfRequests)] };

    // The bus itself subscribes probe channels on the masters of these.
    public IEnumerable<RedisChannel> Channels => [_channels.Namespace, _channels.AnswersTo(_uid)];

    public BusSet Set { get; } = new(path, default);

    public bool SubscribesRooms => mode != ShardedSubscriptionMode.Static;

    public bool SupportsListRooms => false;

    public RedisChannel Requests => _channels.Namespace;

    public RedisChannel ChannelOf(BroadcastOptions options) => _channels.Broadcast(options.Rooms);

    public bool ReachesAllServers(RedisChannel channel) => channel == _channels.Namespace;

    // The channel of a room named like this node is that of its responses: it is subscribed already, and must never be unsubscribed.
    public bool HasRoomChannel(string room) => room != _uid && _channels.HasRoomChannel(room);

    public RedisChannel Room(string room) => _channels.Room(room);

    public byte[] Broadcast(EventData data, BroadcastOptions options) => _writer.Broadcast(data, options);

    public byte[] Ask(string requestId, EventData data, BroadcastOptions target) => _writer.Broadcast(data, target, requestId);

    public byte[] Move(bool isJoin, BroadcastOptions target, ImmutableArray<string> rooms) =>
        _writer.Move(isJoin ? ShardedMessageType.Join : ShardedMessageType.Leave, target, rooms);

    public byte[] Disconnect(BroadcastOptions target, bool close) => _writer.Disconnect(target, close);

    public byte[] ServerEvent(EventData data, string? requestId) => _writer.ServerEvent(data, requestId);

    public byte[] FetchSockets(string requestId, BroadcastOptions target) => _writer.FetchSockets(requestId, target);

    public byte[] AllRooms(string requestId) =>
        throw new NotSupportedException("Sharded adapters have no request for rooms: they fetch sockets.");

    public (RedisChannel Channel, byte[] Message) Answer(PeerRequest request, PeerResponse answer)
    {
        var id = request.RequestId;
        return (_channels.AnswersTo(request.Uid), answer switch
        {
            PeerResponse.Sockets sockets => _writer.Sockets(id, sockets.List),
            PeerResponse.ServerEvent given => _writer.Ack(ShardedMessageType.ServerEventAnswer, id, given.Value),
            PeerResponse.Clients clients => _writer.ClientCount(id, clients.Count),
            PeerResponse.Ack ack => _writer.Ack(ShardedMessageType.Ack, id, ack.Value),
            _ => throw new NotSupportedException($"Sharded adapters have no response of this kind: {answer}."),
        });
    }

    public DropReason ReadAnswer(ReadOnlyMemory<byte> message, out PeerResponseBody answer) => _reader.ReadAnswer(message, out answer);

    public PeerMessageHandler Receive(LocalAdapter local, PeerRequests requests, PeerResponder responder, DroppedMessages dropped)
    {
        var answers = (byte[])_channels.AnswersTo(_uid)!;
        var joined = new RecentJoins(BusTimings.Default with { Clock = local.Time });
        return (channel, message) =>
        {
            if (_writer.IsOwn(message.Span)) return DropReason.Own;
            if (channel.SequenceEqual(answers)) return Answered(message, requests);
            if (message.Length > maxMessageSize) return DropReason.Size;
            if (_reader.Read(message, out var read) is var reason and not DropReason.None) return reason;
            if (read is not { } request) return Answered(message, requests);
            if (request.Uid == _uid) return DropReason.Own;
            if (request.Type == PeerRequestType.Join) joined.Add(request.Rooms);
            if (request is not { Type: PeerRequestType.Ask, WantsAnswer: false }) return responder.Handle(request, message.Length);

            if (_channels.IsNamespace(channel) && IsOfAnotherMode(request.Target!, joined)) dropped.OfAnotherMode(request.Uid ?? "", mode);
            local.Deliver(request.Data, request.Target!);
            return DropReason.None;
        };
    }

    /// <summary>Returns <c>true</c> if a broadcast would have come on the channel of its room if its sender had this node's mode.</summary>
    /// <remarks>For a room that sockets were just told to join it would not: see <see cref="RecentJoins"/>.</remarks>
    private bool IsOfAnotherMode(BroadcastOptions target, RecentJoins joined) =>
        SubscribesRooms && target.Rooms is [var room] && HasRoomChannel(room) && !joined.Contains(room);

    private static DropReason Answered(ReadOnlyMemory<byte> message, PeerRequests requests) =>
        ShardedReader.RequestIdOf(message.Span) is { } id ? requests.Answered(id, message) : DropReason.Shape;
}
