namespace TypedSocketRedis.LoadTest.Load;

/// <summary>Measures the cost of an idle client that is connected over a websocket and has joined one namespace.</summary>
internal static class IdleReport
{
    // The cost of the first clients, such as compiled code and pools, is not that of a client.
    private const int FirstClients = 2000;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(LoadOptions options)
    {
        Console.WriteLine(
            "Memory of the server process per idle websocket client, garbage collected, beyond what it has after its first clients.");
        Console.WriteLine();
        Console.WriteLine("| server | clients | working set KiB/client | heap KiB/client |");
        Console.WriteLine("|---|--:|--:|--:|");
        foreach (var clients in options.Clients)
        {
            foreach (var kind in options.Servers)
            {
                var (workingSet, heap) = await MeasureAsync(kind, clients);
                Console.WriteLine($"| {kind} | {clients} | {workingSet / 1024:0.0} | {heap / 1024:0.0} |");
            }
        }
    }

    private static async Task<(double WorkingSet, double Heap)> MeasureAsync(string kind, int count)
    {
        await using var server = await ServerProcess.StartAsync(kind);
        var clients = new List<LoadClient>(FirstClients + count);
        try
        {
            var before = await ConnectAsync(server, clients, FirstClients);
            var after = await ConnectAsync(server, clients, count);
            return ((double)(after.WorkingSet - before.WorkingSet) / count, (double)(after.Heap - before.Heap) / count);
        }
        finally
        {
            foreach (var client in clients) await client.DisposeAsync();
        }
    }

    private static async Task<(long WorkingSet, long Heap)> ConnectAsync(ServerProcess server, List<LoadClient> clients, int count)
    {
        for (var i = 0; i < count; i++) clients.Add(await LoadClient.ConnectAsync(server.Kind, server.Port, static _ => { }));
        await Task.Delay(Quiet);
        var heap = await server.CollectAsync();
        return (server.WorkingSet, heap);
    }
}
