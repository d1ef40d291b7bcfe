using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The sink for one client of any node, which broadcasts to the room that contains only this client.</summary>
/// <param name="sink">The namespace's adapter.</param>
/// <param name="alone">The target with that room.</param>
internal sealed class RemoteClientSink(IBroadcastSink sink, BroadcastOptions alone) : IClientSink
{
    public void Send(EventData data, BroadcastFlags flags) => sink.Broadcast(data, Options(flags));

    public ValueTask SendAsync(EventData data, BroadcastFlags flags, CancellationToken cancellationToken) =>
        sink.BroadcastAsync(data, Options(flags), cancellationToken);

    public void SendWithAck(EventData data, BroadcastFlags flags, TimeSpan? timeout, AckCollector acks) =>
        sink.SendWithAck(data, Options(flags) with { Timeout = timeout }, acks);

    private BroadcastOptions Options(BroadcastFlags flags) => alone with { Flags = flags | BroadcastFlags.SingleResponse };
}
