namespace Clock;

/// <summary>One server of the cluster, with its own port, connection to Redis, and clients.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly WebApplication _app;

    /// <param name="port">The port on which the node listens.</param>
    /// <param name="ports">The ports of all nodes, to which the page links.</param>
    /// <param name="redis">The address of Redis.</param>
    /// <param name="browserClient">The path of the browser client, or null if it is missing.</param>
    public Node(int port, IReadOnlyList<int> ports, string redis, Task<string?> browserClient)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
        builder.Logging.SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            // The console reports an unavailable Redis once instead of once per node.
            .AddFilter("TypedSocketRedis.Redis", LogLevel.Error);
        builder.Services.AddSingleton<IHostLifetime, ProgramLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddSingleton(new Welcome(port, ports, Zones.All));
        builder.Services.AddSocketIO()
            .AddRedisAdapter(redis)
            .AddHandler<ClockHandler>();

        _app = builder.Build();
        _app.UseDefaultFiles();
        _app.UseStaticFiles();
        _app.MapSocketIO();
        _app.MapGet("/socket.io.min.js", async () =>
            await browserClient is { } path ? Results.File(path, "text/javascript") : Results.NotFound());
    }

    public Task StartAsync(CancellationToken stop) => _app.StartAsync(stop);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
