using System.Diagnostics;
using StackExchange.Redis;

namespace TypedSocketRedis.LoadTest.Outage;

/// <summary>The effect of each kind of Redis outage on the clients of two nodes, and the time until both nodes are healthy.</summary>
internal static class OutageReport
{
    private const int ManyRooms = 20_000;

    private static readonly TimeSpan Away = TimeSpan.FromSeconds(3);

    public static async Task RunAsync()
    {
        Console.WriteLine(
            "Two nodes; one sends an event to everybody every 10 ms. Own client: the longest time without an event at a client of the sending node.");
        Console.WriteLine(
            "Other client: the same at a client of the other node, and the events it missed. Healthy: from the end of the cause to both nodes' health checks.");
        Console.WriteLine();
        Console.WriteLine("| cause | own client, ms | other client, ms | events missed of those sent "
            + "| received again after the cause ended, ms | healthy after, ms |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|");
        await MeasureAsync($"Redis ends, is started {Away.TotalSeconds} s later", async one =>
        {
            await one.Redis.StopAsync();
            await Task.Delay(Away);
            await one.Redis.RestartAsync();
        });
        await MeasureAsync($"the same, a node with {ManyRooms:#,0} subscribed rooms", async one =>
        {
            await one.Redis.StopAsync();
            await Task.Delay(Away);
            await one.Redis.RestartAsync();
        }, rooms: ManyRooms);
        await MeasureAsync($"Redis does not run for {Away.TotalSeconds} s (SIGSTOP)", async one =>
        {
            one.Redis.Signal("STOP");
            await Task.Delay(Away);
            one.Redis.Signal("CONT");
        });
        await MeasureAsync("CLIENT KILL TYPE pubsub", async one => await one.Admin.GetDatabase()
            .ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub"));
        await MeasureAsync("a subscriber over its output buffer limit", async one =>
        {
            await one.Admin.GetServers()[0].ConfigSetAsync("client-output-buffer-limit", "pubsub 1mb 1mb 1");
            await one.Admin.GetSubscriber().PublishAsync(RedisChannel.Literal("socket.io#/#nobody#"), new byte[4_000_000]);
        });
        await MeasureAsync("every packet of both nodes' connections lost", one => one.StallAsync(), observed: 45);
        await MeasureAsync("the same with asyncTimeout=1000", one => one.StallAsync(), more: ",asyncTimeout=1000", observed: 15);
        await MeasureAsync("the primary ends, a replica is promoted 1 s later", async one =>
        {
            await one.Redis.StopAsync();
            await Task.Delay(1000);
            await one.ReplicaAdmin.GetServers()[0].MakePrimaryAsync(ReplicationChangeOptions.None);
        }, withReplica: true);
    }

    private static async Task MeasureAsync(string cause, Func<OutageCluster, Task> happen, int rooms = 0, string more = "",
        int observed = 8, bool withReplica = false)
    {
        await using var cluster = await OutageCluster.StartAsync(rooms, more, withReplica);
        using var sending = new CancellationTokenSource();
        var sent = cluster.SendAsync(sending.Token);
        await Task.Delay(1000);
        cluster.StartClocks();

        await happen(cluster);

        var ended = Stopwatch.GetTimestamp();
        var healthy = ended;
        while (Stopwatch.GetElapsedTime(ended) < TimeSpan.FromSeconds(observed))
        {
            if (!await cluster.IsHealthyAsync()) healthy = Stopwatch.GetTimestamp();
            await Task.Delay(20);
        }

        await sending.CancelAsync();
        var count = await sent;
        await Task.Delay(500);
        // A gap that the client of the sending node had, too, is caused by the machine.
        var isLate = cluster.Other.LongestGap > 1.5 * cluster.Own.LongestGap;
        Console.WriteLine(
            $"| {cause} | {cluster.Own.LongestGap.TotalMilliseconds:0} | {cluster.Other.LongestGap.TotalMilliseconds:#,0} | {count - cluster.Other.Count:#,0} of {count:#,0} | {(isLate ? Since(ended, cluster.Other.LongestGapEnd) : 0):#,0} | {Since(ended, healthy):#,0} |");
    }

    private static double Since(long start, long end) => Math.Max(0, Stopwatch.GetElapsedTime(start, end).TotalMilliseconds);
}
