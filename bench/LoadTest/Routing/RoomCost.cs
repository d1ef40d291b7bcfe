using System.Diagnostics;

namespace TypedSocketRedis.LoadTest.Routing;

/// <summary>The cost of the broadcasts of a load.</summary>
/// <param name="Messages">The average number of messages that a node received from Redis.</param>
/// <param name="Bytes">The average number of bytes of these messages.</param>
/// <param name="Unwanted">The average number of messages for rooms without members on the node.</param>
/// <param name="Own">The CPU time of this process, including nodes and clients, per broadcast.</param>
/// <param name="Redis">The CPU time of Redis per broadcast.</param>
internal sealed record RoomCost(double Messages, double Bytes, double Unwanted, TimeSpan Own, TimeSpan Redis)
{
    /// <summary>Sends all broadcasts and measures their cost.</summary>
    /// <param name="load">The load.</param>
    /// <param name="redis">A function that returns the CPU time of Redis so far.</param>
    public static async Task<RoomCost> MeasureAsync(RoomLoad load, Func<TimeSpan> redis)
    {
        var before = load.Nodes.Select(node => (node.Messages, node.Bytes, node.Unwanted)).ToArray();
        using var process = Process.GetCurrentProcess();
        var (own, others) = (process.TotalProcessorTime, redis());
        await load.SendAsync();
        process.Refresh();
        var (ownSpent, redisSpent) = (process.TotalProcessorTime - own, redis() - others);
        return new RoomCost(
            load.Nodes.Zip(before, (node, was) => node.Messages - was.Messages).Average(),
            load.Nodes.Zip(before, (node, was) => node.Bytes - was.Bytes).Average(),
            load.Nodes.Zip(before, (node, was) => node.Unwanted - was.Unwanted).Average(),
            ownSpent / RoomLoad.Broadcasts,
            redisSpent / RoomLoad.Broadcasts);
    }
}
