using TypedSocketRedis.LoadTest.Load;

namespace TypedSocketRedis.LoadTest.Routing;

/// <summary>Four nodes with a thousand small rooms: the traffic of each node with Redis in either mode, and its cost.</summary>
internal static class RoutingReport
{
    private const int Nodes = 4;

    public static async Task RunAsync(string[] args)
    {
        var seed = args is ["--seed", var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
        Console.WriteLine(
            $"{Nodes} nodes in one process, {RoomLoad.Clients} clients on random nodes, {RoomLoad.Rooms} rooms of {RoomLoad.MembersPerRoom} members, a client in {RoomLoad.RoomsPerClient} of them.");
        Console.WriteLine(
            $"{RoomLoad.ToRooms:#,0} broadcasts to one room each, from all nodes in turn, and {RoomLoad.ToEverybody:#,0} to everybody.");
        Console.WriteLine();
        Console.WriteLine("| mode | messages per node | of them without local members | KiB per node | channels at Redis "
            + "| heap, MiB | join, ms | nodes' CPU, µs/broadcast | Redis' CPU, µs/broadcast |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var mode in new[] { RedisSubscriptionMode.Pattern, RedisSubscriptionMode.PerRoom })
            await MeasureAsync(mode, seed);
    }

    private static async Task MeasureAsync(RedisSubscriptionMode mode, int seed)
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var load = await RoomLoad.StartAsync(Nodes, () => NodeUnderTest.StartAsync(redis.Address, mode), seed);
        await using var connection = await redis.ConnectAsync();
        var channels = (await connection.GetDatabase().ExecuteAsync("PUBSUB", "CHANNELS")).Length
            + (int)await connection.GetDatabase().ExecuteAsync("PUBSUB", "NUMPAT");
        var heap = GC.GetTotalMemory(forceFullCollection: true) / (1024.0 * 1024);
        var cost = await RoomCost.MeasureAsync(load, () => redis.CpuTime);
        Console.WriteLine(
            $"| {mode} | {cost.Messages:#,0} | {cost.Unwanted:#,0} | {cost.Bytes / 1024:#,0} | {channels:#,0} | {heap:0.0} | {load.Joining:0.00} | {cost.Own.TotalMicroseconds:0.0} | {cost.Redis.TotalMicroseconds:0.0} |");
    }
}
