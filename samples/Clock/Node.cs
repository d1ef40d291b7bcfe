using TypedSocketRedis;

namespace Clock;

/// <summary>One server of the cluster: its own port, its own connection to Redis, its own clients.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly WebApplication _app;

    /// <param name="port">Where it listens.</param>
    /// <param name="ports">Where all nodes listen; the page links to them.</param>
    /// <param name="redis">The address of Redis.</param>
    /// <param name="browserClient">The path of the browser client, null where there is none.</param>
    public Node(int port, IReadOnlyList<int> ports, string redis, Task<string?> browserClient)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
        builder.Logging.SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            // The console says once that Redis is away, not once for each node.
            .AddFilter("TypedSocketRedis.Redis", LogLevel.Error);
        builder.Services.AddSingleton<IHostLifetime, ProgramLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddSocketIO().AddRedisAdapter(redis);

        _app = builder.Build();
        _app.UseDefaultFiles();
        _app.UseStaticFiles();
        _app.MapSocketIO();
        _app.MapGet("/socket.io.min.js", async () =>
            await browserClient is { } path ? Results.File(path, "text/javascript") : Results.NotFound());

        _app.Services.GetRequiredService<SocketIOServer>().Of("/")
            .OnConnected(async socket => await socket.Client<IClockEvents>().Welcome(new Welcome(port, ports, Zones.All)))
            .On("join", async (socket, arguments) =>
            {
                if (Zone(arguments) is { } zone) await socket.JoinAsync(zone);
                TellRooms(socket);
            })
            .On("leave", async (socket, arguments) =>
            {
                if (Zone(arguments) is { } zone) await socket.LeaveAsync(zone);
                TellRooms(socket);
            });
    }

    public Task StartAsync(CancellationToken stop) => _app.StartAsync(stop);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    // What a client sends is its own affair: anything but the name of a zone is no room to join.
    private static string? Zone(EventArguments arguments) =>
        arguments.Count == 1 && arguments[0].Kind == ArgumentKind.Text ? Zones.Find(arguments[0].GetString()) : null;

    private static void TellRooms(ServerSocket socket) =>
        socket.Client<IClockEvents>().Rooms([.. socket.Rooms.Where(Zones.All.Contains)]);
}
