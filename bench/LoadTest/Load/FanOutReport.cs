namespace TypedSocketRedis.LoadTest.Load;

/// <summary>Measures every server with every load in sequence, and prints a table.</summary>
internal static class FanOutReport
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(LoadOptions options)
    {
        Console.WriteLine("Fan-out of one small event to all clients of one node; CPU is the server process's user + system time.");
        Console.WriteLine("Ratio: this server's CPU per delivery divided by Node's in the same run.");
        Console.WriteLine();
        Console.WriteLine("| server | clients | outstanding | CPU µs/delivery | ratio to Node | deliveries/s | p50 ms | p99 ms |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|");

        foreach (var clients in options.Clients)
        {
            foreach (var outstanding in options.Outstanding)
            {
                var results = new List<(string Kind, FanOutResult Result)>();
                foreach (var kind in options.Servers)
                    results.Add((kind, await MeasureAsync(kind, clients, outstanding, options.Seconds)));

                var node = results.Find(entry => entry.Kind == "node").Result;
                foreach (var (kind, r) in results)
                {
                    var ratio = node is null ? "–" : $"{r.CpuMicroseconds / node.CpuMicroseconds:0.00}";
                    Console.WriteLine(
                        $"| {kind} | {clients} | {outstanding} | {r.CpuMicroseconds:0.00} | {ratio} | {r.PerSecond:#,0} | {r.P50:0.0} | {r.P99:0.0} |");
                }
            }
        }
    }

    private static async Task<FanOutResult> MeasureAsync(string kind, int clients, int outstanding, int seconds)
    {
        await using var server = await ServerProcess.StartAsync(kind);
        return await new FanOut(server, clients, outstanding).RunAsync(WarmUp, TimeSpan.FromSeconds(seconds));
    }
}
