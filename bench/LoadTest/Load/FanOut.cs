using System.Diagnostics;

namespace TypedSocketRedis.LoadTest.Load;

/// <summary>The result of one measurement.</summary>
/// <param name="Broadcasts">The number of broadcasts that reached every client.</param>
/// <param name="Deliveries">The number of broadcasts times the number of clients.</param>
/// <param name="CpuMicroseconds">The user and system time of the server process per delivery.</param>
/// <param name="PerSecond">The number of deliveries per second of wall-clock time.</param>
/// <param name="P50">The median time from the trigger to the receipt by the last client, in ms.</param>
/// <param name="P99">The 99th percentile of that time, in ms.</param>
internal sealed record FanOutResult(int Broadcasts, long Deliveries, double CpuMicroseconds, double PerSecond, double P50, double P99);

/// <summary>Triggers broadcasts to all clients and keeps a fixed number of them outstanding.</summary>
internal sealed class FanOut(ServerProcess server, int clients, int outstanding, bool isPolling = false)
{
    private readonly SemaphoreSlim _completed = new(0);
    private long _received;

    /// <summary>Connects the clients, warms up, and measures.</summary>
    public async Task<FanOutResult> RunAsync(TimeSpan warmUp, TimeSpan duration)
    {
        var connected = new List<ILoadClient>(clients);
        try
        {
            for (var i = 0; i < clients; i++) connected.Add(await ConnectAsync());
            await MeasureAsync(connected[0], warmUp);
            return await MeasureAsync(connected[0], duration);
        }
        finally
        {
            foreach (var client in connected) await client.DisposeAsync();
        }
    }

    private async Task<ILoadClient> ConnectAsync() => isPolling
        ? await PollingClient.ConnectAsync(server.Port, Count)
        : await LoadClient.ConnectAsync(server.Kind, server.Port, Count);

    // Broadcasts arrive in order at every client, so a round is complete with its last delivery.
    private void Count(int events)
    {
        var after = Interlocked.Add(ref _received, events);
        for (var round = (after - events) / clients; round < after / clients; round++) _completed.Release();
    }

    private async Task<FanOutResult> MeasureAsync(ILoadClient trigger, TimeSpan duration)
    {
        var started = new Queue<long>();
        var latencies = new List<double>();
        var sent = 0;
        var cpu = server.CpuTime;
        var clock = Stopwatch.StartNew();

        while (clock.Elapsed < duration || started.Count > 0)
        {
            while (started.Count < outstanding && clock.Elapsed < duration)
            {
                started.Enqueue(Stopwatch.GetTimestamp());
                await trigger.TriggerAsync(sent++);
            }

            if (started.Count == 0) break;
            if (!await _completed.WaitAsync(TimeSpan.FromSeconds(30)))
                throw new InvalidOperationException($"{server.Kind}: a broadcast did not reach every client within 30 s.");
            latencies.Add(Stopwatch.GetElapsedTime(started.Dequeue()).TotalMilliseconds);
        }

        var elapsed = clock.Elapsed;
        var used = server.CpuTime - cpu;
        latencies.Sort();
        var deliveries = (long)sent * clients;
        return new FanOutResult(sent, deliveries, used.TotalMicroseconds / deliveries, deliveries / elapsed.TotalSeconds,
            Percentile(latencies, 0.50), Percentile(latencies, 0.99));
    }

    private static double Percentile(List<double> sorted, double part) => sorted[(int)Math.Min(sorted.Count - 1, part * sorted.Count)];
}
