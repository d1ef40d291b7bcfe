using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Where an emitter's chains of one namespace end.</summary>
/// <param name="bus">The way to the servers.</param>
/// <param name="key">The start of the channel names.</param>
/// <param name="path">The namespace.</param>
internal sealed class EmitterSink(IRedisBus bus, string key, string path) : IBroadcastSink
{
    private readonly RedisChannels _channels = new(key, path);
    private readonly ClassicCodec _codec = new(NodeId.Emitter, path, EnvelopeOrder.Emitter);

    public bool HasLocalClients => false;

    public void Broadcast(EventData data, BroadcastOptions options) =>
        bus.Publish(_channels.Broadcast(options.Rooms), _codec.Write(data, options));

    public ValueTask BroadcastAsync(EventData data, BroadcastOptions options, CancellationToken cancellationToken) =>
        new(bus.PublishAsync(_channels.Broadcast(options.Rooms), _codec.Write(data, options), cancellationToken));

    public void Ask(EventData data, BroadcastOptions options, AckCollector acks) =>
        throw new NotSupportedException("Acknowledgements are not supported by an emitter: it never receives. Ask from a server.");

    public Task<FetchedSockets> FetchSocketsAsync(BroadcastOptions target, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Sockets cannot be fetched by an emitter: it never receives. Fetch them from a server.");

    public ValueTask SocketsJoinAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken) => throw NotYet();

    public ValueTask SocketsLeaveAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken) => throw NotYet();

    public ValueTask DisconnectSocketsAsync(BroadcastOptions target, bool close, CancellationToken cancellationToken) => throw NotYet();

    private static NotSupportedException NotYet() => new("Sockets cannot be moved or disconnected by an emitter yet.");
}
