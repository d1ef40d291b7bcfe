using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Redis;

/// <summary>A server as the sender of requests: it is a node, and has sockets.</summary>
/// <param name="local">Its sockets.</param>
internal sealed class NodeRequester(LocalAdapter local) : IRequester
{
    public int Nodes => 1;

    public List<SocketDescription> Describe(BroadcastOptions target) => local.Describe(target);

    public void Count(BroadcastOptions target, string userPrefix, PresenceTally tally) => local.Count(target, userPrefix, tally);

    public HashSet<string> RoomNames() => local.Rooms.RoomNames();

    public void SendWithAck(EventData data, BroadcastOptions options, AckCollector acks) => local.RequestAcks(data, options, acks);
}
