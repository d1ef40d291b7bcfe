using Microsoft.Extensions.Logging.Abstractions;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Benchmarks;

/// <summary>Nodes as built by a server, without a server.</summary>
internal static class Nodes
{
    public const string Room = "room1";
    public const string SameMembers = "room2";

    public static LocalAdapter Local(int members)
    {
        var adapter = new LocalAdapter("/", JsonPacketFormat.Default, NullLogger.Instance, new LogGate(TimeProvider.System),
            TimeProvider.System);
        for (var i = 0; i < members; i++)
        {
            var socket = new CountingSocket();
            adapter.Rooms.Join(socket.Membership, [socket.Id.ToString(), Room, SameMembers]);
        }

        return adapter;
    }

    public static RedisAdapter Redis(IRedisBus bus, int members) => new(
        Local(members), bus, new RedisAdapterOptions(), new RedisMetrics(), NullLogger.Instance, new LogGate(TimeProvider.System));
}
