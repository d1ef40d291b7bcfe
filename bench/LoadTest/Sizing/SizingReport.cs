using System.Diagnostics;
using TypedSocketRedis.LoadTest.Load;

namespace TypedSocketRedis.LoadTest.Sizing;

/// <summary>The figures for the size of an installation that the other reports do not have: clients that connect at once, clients that
/// poll, and rooms.</summary>
internal static class SizingReport
{
    private const int FirstClients = 2000;
    private const int IdleClients = 5000;
    private const int RoomClients = 100;
    private const int RoomsOfClient = 1000;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    public static async Task RunAsync()
    {
        Console.WriteLine("Clients that connect at once, until each is in the main namespace; CPU is that of the server's process.");
        Console.WriteLine();
        Console.WriteLine("| transport | clients | all connected after, s | clients/s | CPU ms/client |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        foreach (var clients in new[] { 1000, 5000 })
            foreach (var isPolling in new[] { false, true }) await ConnectAsync(clients, isPolling);

        Console.WriteLine();
        Console.WriteLine($"{IdleClients:#,0} idle clients, and one small event at a time to 1,000 clients.");
        Console.WriteLine();
        Console.WriteLine("| transport | working set KiB/client | heap KiB/client | CPU µs/delivery | deliveries/s |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        foreach (var isPolling in new[] { false, true }) await DeliverAsync(isPolling);

        Console.WriteLine();
        Console.WriteLine($"{RoomClients} clients, each in {RoomsOfClient:#,0} rooms, on one node without an adapter.");
        Console.WriteLine();
        Console.WriteLine("| rooms | members of each | heap bytes/membership |");
        Console.WriteLine("|--:|--:|--:|");
        await JoinAsync(RoomClients * RoomsOfClient, (client, room) => (client * RoomsOfClient) + room);
        await JoinAsync(RoomsOfClient, (_, room) => room);
    }

    private static async Task<ILoadClient> ConnectAsync(ServerProcess server, bool isPolling) => isPolling
        ? await PollingClient.ConnectAsync(server.Port, static _ => { })
        : await LoadClient.ConnectAsync(server.Kind, server.Port, static _ => { });

    private static Task<ILoadClient[]> ConnectAsync(ServerProcess server, int count, bool isPolling) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => ConnectAsync(server, isPolling)));

    private static async Task ConnectAsync(int count, bool isPolling)
    {
        await using var server = await ServerProcess.StartAsync("ours");
        await using var first = new LoadClients(await ConnectAsync(server, FirstClients, isPolling));
        await Task.Delay(Quiet);

        var (start, cpu) = (Stopwatch.GetTimestamp(), server.CpuTime);
        await using var clients = new LoadClients(await ConnectAsync(server, count, isPolling));
        var (seconds, used) = (Stopwatch.GetElapsedTime(start).TotalSeconds, server.CpuTime - cpu);
        Console.WriteLine(
            $"| {Transport(isPolling)} | {count:#,0} | {seconds:0.0} | {count / seconds:#,0} | {used.TotalMilliseconds / count:0.00} |");
    }

    private static async Task DeliverAsync(bool isPolling)
    {
        await using var idle = await ServerProcess.StartAsync("ours");
        await using var first = new LoadClients(await ConnectAsync(idle, FirstClients, isPolling));
        var before = await MeasureAsync(idle);
        await using var clients = new LoadClients(await ConnectAsync(idle, IdleClients, isPolling));
        var after = await MeasureAsync(idle);

        await using var busy = await ServerProcess.StartAsync("ours");
        var sent = await new FanOut(busy, clients: 1000, outstanding: 1, isPolling).RunAsync(WarmUp, Duration);
        Console.WriteLine(
            $"| {Transport(isPolling)} | {Each(after.WorkingSet - before.WorkingSet):0.0} | {Each(after.Heap - before.Heap):0.0} | {sent.CpuMicroseconds:0.0} | {sent.PerSecond:#,0} |");

        static double Each(long bytes) => bytes / 1024.0 / IdleClients;
    }

    private static async Task JoinAsync(int rooms, Func<int, int, int> number)
    {
        await using var server = await ServerProcess.StartAsync("ours");
        await using var clients = new LoadClients(await ConnectAsync(server, RoomClients, isPolling: false));
        var before = await MeasureAsync(server);
        for (var client = 0; client < RoomClients; client++)
        {
            var names = Enumerable.Range(0, RoomsOfClient).Select(room => $"\"room{number(client, room):000000}\"");
            await ((LoadClient)clients.All[client]).AskAsync($"[\"join\",{string.Join(',', names)}]");
        }

        var bytes = (await MeasureAsync(server)).Heap - before.Heap;
        var memberships = RoomClients * RoomsOfClient;
        Console.WriteLine($"| {rooms:#,0} | {memberships / rooms} | {(double)bytes / memberships:0} |");
    }

    private static async Task<(long WorkingSet, long Heap)> MeasureAsync(ServerProcess server)
    {
        await Task.Delay(Quiet);
        var heap = await server.CollectAsync();
        return (server.WorkingSet, heap);
    }

    private static string Transport(bool isPolling) => isPolling ? "HTTP long-polling" : "WebSocket";

    private sealed class LoadClients(IReadOnlyList<ILoadClient> all) : IAsyncDisposable
    {
        public IReadOnlyList<ILoadClient> All => all;

        public async ValueTask DisposeAsync()
        {
            foreach (var client in all) await client.DisposeAsync();
        }
    }
}
