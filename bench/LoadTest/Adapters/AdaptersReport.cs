using TypedSocketRedis.LoadTest.Load;
using TypedSocketRedis.LoadTest.Routing;

namespace TypedSocketRedis.LoadTest.Adapters;

/// <summary>The same load on each adapter: the traffic of a node with Redis, its cost, and the latency of an event.</summary>
internal static class AdaptersReport
{
    private const int AllNodes = 4;
    private const int Latencies = 2000;

    private static readonly AdapterUnderTest[] Adapters =
    [
        new("in-memory, 1 node", static (_, _) => { }) { Nodes = 1 },
        Classic(RedisSubscriptionMode.Pattern),
        Classic(RedisSubscriptionMode.PerRoom),
        Sharded(ShardedSubscriptionMode.Static),
        Sharded(ShardedSubscriptionMode.Dynamic),
        Sharded(ShardedSubscriptionMode.DynamicPrivate),
        Classic(RedisSubscriptionMode.Pattern) with { Masters = 3 },
        Classic(RedisSubscriptionMode.PerRoom) with { Masters = 3 },
        Sharded(ShardedSubscriptionMode.Static) with { Masters = 3 },
        Sharded(ShardedSubscriptionMode.Dynamic) with { Masters = 3 },
    ];

    public static async Task RunAsync(string[] args)
    {
        var seed = args is ["--seed", var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
        Console.WriteLine(
            $"{AllNodes} nodes in one process, {RoomLoad.Clients} clients on random nodes, {RoomLoad.Rooms} rooms of {RoomLoad.MembersPerRoom} members, a client in {RoomLoad.RoomsPerClient} of them.");
        Console.WriteLine(
            $"{RoomLoad.ToRooms:#,0} broadcasts to one room each, from all nodes in turn, and {RoomLoad.ToEverybody:#,0} to everybody; then {Latencies:#,0} to one room, one at a time.");
        Console.WriteLine();
        Console.WriteLine(
            "| adapter | Redis masters | messages per node | KiB per node | nodes' CPU, µs/broadcast | Redis' CPU, µs/broadcast | join, ms | latency, ms: median | 99 % |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|");

        // The first run includes the compilation of all code.
        await MeasureAsync(Adapters[1], seed, isWarmUp: true);
        foreach (var adapter in Adapters) await MeasureAsync(adapter, seed, isWarmUp: false);
    }

    private static async Task MeasureAsync(AdapterUnderTest adapter, int seed, bool isWarmUp)
    {
        await using var redis = await RedisMasters.StartAsync(adapter.Masters);
        await using var load = await RoomLoad.StartAsync(adapter.Nodes,
            () => NodeUnderTest.StartAsync(builder => adapter.Add(builder, redis.Address)), seed);
        var cost = await RoomCost.MeasureAsync(load, () => redis.CpuTime);
        var latencies = await load.LatenciesAsync(Latencies);
        if (isWarmUp) return;
        Console.WriteLine(
            $"| {adapter.Name} | {adapter.Masters} | {cost.Messages:#,0} | {cost.Bytes / 1024:#,0} | {cost.Own.TotalMicroseconds:0.0} | {cost.Redis.TotalMicroseconds:0.0} | {load.Joining:0.00} | {latencies[Latencies / 2]:0.00} | {latencies[Latencies * 99 / 100]:0.00} |");
    }

    private static AdapterUnderTest Classic(RedisSubscriptionMode mode) =>
        new($"classic, `{mode}`", (builder, redis) => builder.AddRedisAdapter(redis, options => options.SubscriptionMode = mode));

    private static AdapterUnderTest Sharded(ShardedSubscriptionMode mode) =>
        new($"sharded, `{mode}`", (builder, redis) => builder.AddShardedRedisAdapter(redis, options => options.SubscriptionMode = mode));

    /// <summary>An adapter and its configuration.</summary>
    /// <param name="Name">The name of the adapter in the table.</param>
    /// <param name="Add">The action that adds the adapter, given the address of Redis.</param>
    private sealed record AdapterUnderTest(string Name, Action<SocketIOBuilder, string> Add)
    {
        /// <summary>The number of nodes.</summary>
        public int Nodes { get; init; } = AllNodes;

        /// <summary>The number of masters of their Redis.</summary>
        public int Masters { get; init; } = 1;
    }
}
