using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>One client of any node: a broadcast to the room in which it is alone.</summary>
/// <param name="sink">The namespace's adapter.</param>
/// <param name="alone">The room.</param>
internal sealed class RemoteClientSink(IBroadcastSink sink, BroadcastOptions alone) : IClientSink
{
    public void Send(EventData data, BroadcastFlags flags) => sink.Broadcast(data, Options(flags));

    public ValueTask SendAsync(EventData data, BroadcastFlags flags, CancellationToken cancellationToken) =>
        sink.BroadcastAsync(data, Options(flags), cancellationToken);

    public void Ask(EventData data, BroadcastFlags flags, TimeSpan? timeout, AckCollector acks) =>
        sink.Ask(data, Options(flags) with { Timeout = timeout }, acks);

    private BroadcastOptions Options(BroadcastFlags flags) => alone with { Flags = flags | BroadcastFlags.SingleResponse };
}
