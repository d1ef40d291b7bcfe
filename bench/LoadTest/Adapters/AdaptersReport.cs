using TypedSocketRedis.LoadTest.Load;
using TypedSocketRedis.LoadTest.Routing;

namespace TypedSocketRedis.LoadTest.Adapters;

/// <summary>The same load on each adapter: what a node is sent by Redis, what that costs, and how long an event takes.</summary>
internal static class AdaptersReport
{
    private const int Nodes = 4;
    private const int Latencies = 2000;

    private static readonly AdapterUnderTest[] Adapters =
    [
        new("in-memory, 1 node", 1, static (_, _) => { }),
        new("classic, `Pattern`", Nodes, static (builder, redis) => builder.AddRedisAdapter(redis)),
        new("classic, `PerRoom`", Nodes, static (builder, redis) => builder.AddRedisAdapter(redis, options => options.SubscriptionMode = RedisSubscriptionMode.PerRoom)),
    ];

    public static async Task RunAsync(string[] args)
    {
        var seed = args is ["--seed", var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
        Console.WriteLine($"{Nodes} nodes in one process, {RoomLoad.Clients} clients on random nodes, {RoomLoad.Rooms} rooms of {RoomLoad.MembersPerRoom} members, a client in {RoomLoad.RoomsPerClient} of them.");
        Console.WriteLine($"{RoomLoad.ToRooms:#,0} broadcasts to one room each, from all nodes in turn, and {RoomLoad.ToEverybody:#,0} to everybody; then {Latencies:#,0} to one room, one at a time.");
        Console.WriteLine();
        Console.WriteLine("| adapter | messages per node | KiB per node | nodes' CPU, µs/broadcast | Redis' CPU, µs/broadcast | join, ms | latency, ms: median | 99 % |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|");

        // What runs first pays for compiling everything.
        await MeasureAsync(Adapters[1], seed, isWarmUp: true);
        foreach (var adapter in Adapters) await MeasureAsync(adapter, seed, isWarmUp: false);
    }

    private static async Task MeasureAsync(AdapterUnderTest adapter, int seed, bool isWarmUp)
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var load = await RoomLoad.StartAsync(adapter.Nodes, () => NodeUnderTest.StartAsync(builder => adapter.Add(builder, redis.Address)), seed);
        var cost = await RoomCost.MeasureAsync(load, () => redis.CpuTime);
        var latencies = await load.LatenciesAsync(Latencies);
        if (isWarmUp) return;
        Console.WriteLine($"| {adapter.Name} | {cost.Messages:#,0} | {cost.Bytes / 1024:#,0} | {cost.Own.TotalMicroseconds:0.0} | {cost.Redis.TotalMicroseconds:0.0} | {load.Joining:0.00} | {latencies[Latencies / 2]:0.00} | {latencies[Latencies * 99 / 100]:0.00} |");
    }

    /// <summary>An adapter as an application chooses it.</summary>
    /// <param name="Name">Its name in the table.</param>
    /// <param name="Nodes">How many nodes it can have.</param>
    /// <param name="Add">Chooses it, given the address of Redis.</param>
    private sealed record AdapterUnderTest(string Name, int Nodes, Action<SocketIOBuilder, string> Add);
}
