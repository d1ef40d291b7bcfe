using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TypedSocketRedis.Benchmarks;

/// <summary>
/// The cost of an event of a client, with a handler and a scoped service created for it and its result acknowledged, relative to an
/// invocation of a SignalR hub: both in one server, each over a WebSocket of Kestrel, with the same client.
/// </summary>
/// <remarks>Both sides of the connection are in the process, so each figure includes the client, which is the same for both.</remarks>
internal static class DispatchRatio
{
    private const int Rounds = 20;
    private const int PerRound = 20_000;
    private const int Outstanding = 50;

    private static readonly byte[] Separator = [0x1e];

    public static async Task RunAsync()
    {
        await using var app = Build();
        await app.StartAsync();
        var address = app.Urls.Single().Replace("http", "ws", StringComparison.Ordinal);
        using var hub = await ConnectAsync($"{address}/hub", "{\"protocol\":\"json\",\"version\":1}\u001e");
        using var ours = await ConnectAsync($"{address}/socket.io/?EIO=4&transport=websocket", "40", awaitsOpen: true);
        Console.WriteLine($"{Rounds} rounds of {PerRound} events each, {Outstanding} outstanding; medians, client included");
        foreach (var (title, method, name) in new[] { ("completes at once", "Say", "say"), ("awaits", "SayLater", "sayLater") })
        {
            var invocation = Encoding.UTF8.GetBytes(
                $$"""{"type":1,"invocationId":"7","target":"{{method}}","arguments":["lobby","hello, everyone"]}""" + "\u001e");
            var packet = Encoding.UTF8.GetBytes($"""427["{name}","lobby","hello, everyone"]""");
            List<Sample> theirs = [], own = [];
            for (var round = -4; round < Rounds; round++)
            {
                var (t, o) = (await MeasureAsync(hub, invocation, Separator), await MeasureAsync(ours, packet, "437["u8.ToArray()));
                if (round < 0) continue;
                theirs.Add(t);
                own.Add(o);
            }

            Report(title, "processor time, µs", theirs, own, sample => sample.Processor);
            Report(title, "allocated, bytes", theirs, own, sample => sample.Allocated);
        }
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddScoped<BenchUnit>();

        // No ping is sent during the measurement.
        var never = TimeSpan.FromHours(12);
        builder.Services.AddSignalR(hub => (hub.KeepAliveInterval, hub.ClientTimeoutInterval) = (never, never));
        builder.Services.AddSocketIO(io => (io.PingInterval, io.HttpCompression) = (never, null)).AddHandler<BenchHandler>();
        var app = builder.Build();
        app.MapHub<BenchHub>("/hub");
        app.MapSocketIO();
        return app;
    }

    private static async Task<ClientWebSocket> ConnectAsync(string address, string hello, bool awaitsOpen = false)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(address), CancellationToken.None);
        var buffer = new byte[4096];
        if (awaitsOpen) await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        await SendAsync(socket, Encoding.UTF8.GetBytes(hello));
        await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        return socket;
    }

    private static ValueTask SendAsync(ClientWebSocket socket, byte[] message) =>
        socket.SendAsync(message.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static async Task<Sample> MeasureAsync(ClientWebSocket socket, byte[] message, byte[] mark)
    {
        var buffer = new byte[64 * 1024];
        var (processor, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
        for (var sent = 0; sent < PerRound; sent += Outstanding)
        {
            for (var i = 0; i < Outstanding; i++) await SendAsync(socket, message);
            for (var received = 0; received < Outstanding;)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                received += buffer.AsSpan(0, read.Count).Count(mark);
            }
        }

        return new Sample(
            (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / PerRound,
            (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)PerRound);
    }

    private static void Report(string title, string what, List<Sample> theirs, List<Sample> own, Func<Sample, double> of)
    {
        var (t, o) = (Median(theirs.Select(of)), Median(own.Select(of)));
        var ratio = Median(theirs.Zip(own, (x, y) => of(y) / of(x)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"the handler {title}: {what}: SignalR {t:n1}, here {o:n1}, ratio {ratio:n2}"));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private readonly record struct Sample(double Processor, double Allocated);
}
