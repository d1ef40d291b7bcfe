using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Redis;

/// <summary>An emitter as the sender of requests: it is no node and has no sockets.</summary>
/// <param name="time">The clock of acknowledgement timeouts.</param>
internal sealed class EmitterRequester(TimeProvider time) : IRequester
{
    public int Nodes => 0;

    public List<SocketDescription> Describe(BroadcastOptions target) => [];

    public void Count(BroadcastOptions target, string userPrefix, PresenceTally tally)
    {
    }

    public HashSet<string> RoomNames() => new(StringComparer.Ordinal);

    public void SendWithAck(EventData data, BroadcastOptions options, AckCollector acks) => acks.Start(time, options.Timeout);
}
