using System.Diagnostics;

namespace TypedSocketRedis.LoadTest.Routing;

/// <summary>What the broadcasts of a load cost.</summary>
/// <param name="Messages">Messages each node received from Redis, on average.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Unwanted">Those of them for rooms without members there.</param>
/// <param name="Own">CPU time of this process, nodes and clients together, per broadcast.</param>
/// <param name="Redis">CPU time of Redis per broadcast.</param>
internal sealed record RoomCost(double Messages, double Bytes, double Unwanted, TimeSpan Own, TimeSpan Redis)
{
    /// <summary>Sends everything and looks at what it cost.</summary>
    /// <param name="load">The load.</param>
    /// <param name="redis">The CPU time of Redis so far.</param>
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
