using System.Globalization;
using SocketIOClient;
using SocketIOClient.Transport;

namespace Clock;

/// <summary>A client from another vendor, connected to one node, which shows the received events on the console.</summary>
internal sealed class Watcher : IDisposable
{
    private const int EveryTickUntil = 5;

    private readonly Dictionary<string, DateTime> _tick = [];
    private readonly SocketIO _client;
    private readonly int _port;
    private int _ticks;

    private Watcher(int port)
    {
        _port = port;
        _client = new SocketIO($"http://localhost:{port}", new SocketIOOptions
        {
            Transport = TransportProtocol.WebSocket,
            Reconnection = false,
        });
        _client.On("time", time => Received(time.GetValue<string>(0), time.GetValue<DateTime>(1)));
    }

    public static string Heading => $"  node   {Row(Zones.City)}  latency";

    /// <summary>Connects and joins the room of every zone.</summary>
    public static async Task<Watcher> StartAsync(int port, CancellationToken stop)
    {
        while (true)
        {
            var watcher = new Watcher(port);
            if (await watcher.TryConnectAsync(stop)) return watcher;
            watcher.Dispose();
        }
    }

    public void Dispose() => _client.Dispose();

    private static string Row(Func<string, string> cell) =>
        string.Join("", Zones.All.Select(zone => cell(zone).PadRight(11)));

    private async Task<bool> TryConnectAsync(CancellationToken stop)
    {
        var connected = new TaskCompletionSource();
        _client.OnConnected += (_, _) => connected.TrySetResult();
        await _client.ConnectAsync().WaitAsync(stop);
        try
        {
            // This client occasionally misses the server's response and would wait indefinitely, so another client is tried.
            await connected.Task.WaitAsync(TimeSpan.FromSeconds(1), stop);
        }
        catch (TimeoutException)
        {
            return false;
        }

        foreach (var zone in Zones.All) await _client.EmitAsync("join", zone);
        return true;
    }

    private void Received(string zone, DateTime now)
    {
        _tick[zone] = now;

        // The events of one sender arrive in the order in which they were sent, so the last zone completes the tick.
        if (zone != Zones.All[^1]) return;
        var latency = DateTime.UtcNow - now;
        if (++_ticks <= EveryTickUntil || now.Second % 10 == 0)
            Console.WriteLine($"  {_port,-5}  {Row(Shown)}  {latency.TotalMilliseconds,4:0.0} ms");
        _tick.Clear();
    }

    private string Shown(string zone) => _tick.TryGetValue(zone, out var utc)
        ? Zones.Local(zone, utc).ToString("HH:mm:ss", CultureInfo.InvariantCulture)
        : "–";
}
