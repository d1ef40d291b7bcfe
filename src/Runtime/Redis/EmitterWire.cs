using System.Collections.Immutable;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>How an emitter's messages of one namespace look, and where they go.</summary>
internal interface IEmitterWire
{
    /// <summary>Where everything but broadcasts goes.</summary>
    RedisChannel Requests { get; }

    /// <summary>Where a broadcast goes.</summary>
    RedisChannel ChannelOf(BroadcastOptions options);

    /// <summary>Whether nobody hearing a channel says that there are no servers; of a room that has no members it does not.</summary>
    bool HasEveryServer(RedisChannel channel);

    byte[] Broadcast(EventData data, BroadcastOptions options);

    /// <param name="isJoin">Join or leave.</param>
    /// <param name="target">Which sockets.</param>
    /// <param name="rooms">The rooms.</param>
    byte[] Move(bool isJoin, BroadcastOptions target, ImmutableArray<string> rooms);

    byte[] Disconnect(BroadcastOptions target, bool close);

    byte[] ServerEvent(EventData data);
}

/// <summary>As the classic emitter of Node.js has it.</summary>
/// <param name="key">The start of every channel.</param>
/// <param name="path">The namespace.</param>
internal sealed class ClassicEmitterWire(string key, string path) : IEmitterWire
{
    private readonly RedisChannels _channels = new(key, path);
    private readonly ClassicCodec _codec = new(NodeId.Emitter, path, EnvelopeOrder.Emitter);
    private readonly RequestCodec _requests = new(NodeId.Emitter, path, maxSize: 0);

    public RedisChannel Requests => _channels.Request;

    public RedisChannel ChannelOf(BroadcastOptions options) => _channels.Broadcast(options.Rooms);

    public bool HasEveryServer(RedisChannel channel) => true;

    public byte[] Broadcast(EventData data, BroadcastOptions options) => _codec.Write(data, options);

    public byte[] Move(bool isJoin, BroadcastOptions target, ImmutableArray<string> rooms) =>
        _requests.Move(isJoin ? PeerRequestType.Join : PeerRequestType.Leave, target, rooms);

    public byte[] Disconnect(BroadcastOptions target, bool close) => _requests.Disconnect(target, close);

    public byte[] ServerEvent(EventData data) => _requests.ServerEvent(data, requestId: null);
}

/// <summary>As a server with the sharded adapter has it.</summary>
/// <param name="key">The start of every channel.</param>
/// <param name="path">The namespace.</param>
/// <param name="mode">That of the servers.</param>
internal sealed class ShardedEmitterWire(string key, string path, ShardedSubscriptionMode mode) : IEmitterWire
{
    private readonly ShardedChannels _channels = new(key, path, mode);
    private readonly ShardedWriter _writer = new(NodeId.Emitter, path);

    public RedisChannel Requests => _channels.Namespace;

    public RedisChannel ChannelOf(BroadcastOptions options) => _channels.Broadcast(options.Rooms);

    public bool HasEveryServer(RedisChannel channel) => channel == _channels.Namespace;

    public byte[] Broadcast(EventData data, BroadcastOptions options) => _writer.Broadcast(data, options);

    public byte[] Move(bool isJoin, BroadcastOptions target, ImmutableArray<string> rooms) =>
        _writer.Move(isJoin ? ShardedMessageType.Join : ShardedMessageType.Leave, target, rooms);

    public byte[] Disconnect(BroadcastOptions target, bool close) => _writer.Disconnect(target, close);

    public byte[] ServerEvent(EventData data) => _writer.ServerEvent(data);
}
