using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TypedSocketRedis.Tests;

/// <summary>A server of ours, with or without Redis, with the same events as the Node server.</summary>
public sealed class DotnetServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DotnetServer(WebApplication app)
    {
        _app = app;
        var io = Io = app.Services.GetRequiredService<SocketIOServer>();
        Sender = new TypedSender(io.Of<IMainEvents>(), io.Of<IDeskEvents>());
        Handle(io.Of("/"), (socket, room) => socket.Client<IMainEvents>().Joined(room), (socket, room) => socket.Client<IMainEvents>()
            .Left(room));
        Handle(io.Of("/desk"), (socket, room) => socket.Client<IDeskEvents>().Joined(room), (socket, room) => socket.Client<IDeskEvents>()
            .Left(room));
    }

    public SocketIOServer Server => _app.Services.GetRequiredService<SocketIOServer>();

    /// <summary>The address to which clients connect.</summary>
    public string Url => _app.Urls.Single();

    public TypedSender Sender { get; }

    public SocketIOServer Io { get; }

    public static Task<DotnetServer> StartAsync(
        RedisServer? redis, int port = 0, Action<SocketIOOptions>? configure = null, Action<RedisAdapterOptions>? adapter = null,
        Action<ShardedRedisAdapterOptions>? sharded = null, Action<WebApplication>? use = null,
        Action<SocketIOBuilder>? handlers = null) =>
        StartAsync(redis?.Address, port, configure, adapter, sharded, use, handlers);

    public static async Task<DotnetServer> StartAsync(
        string? redis, int port, Action<SocketIOOptions>? configure, Action<RedisAdapterOptions>? adapter,
        Action<ShardedRedisAdapterOptions>? sharded, Action<WebApplication>? use = null, Action<SocketIOBuilder>? handlers = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
        using var subscriptions = new SubscriptionLog(namespaces: 2);
        builder.Logging.AddProvider(subscriptions).SetMinimumLevel(LogLevel.Debug);
        var socketIO = builder.Services.AddSocketIO(configure).AddHandler<DeskHandler>();
        handlers?.Invoke(socketIO);
        if (redis is not null && sharded is not null) socketIO.AddShardedRedisAdapter(redis, sharded);
        else if (redis is not null) socketIO.AddRedisAdapter(redis, adapter);

        var app = builder.Build();
        use?.Invoke(app);
        app.UseRouting();
        app.MapSocketIO();
        var server = new DotnetServer(app);
        await app.StartAsync();
        if (redis is not null) await subscriptions.AllAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Handle(ISocketNamespace<AnyEvents> clients, Action<ISocket, string> joined, Action<ISocket, string> left)
    {
        clients.On("echo", async (socket, arguments) => await socket.Client<AnyEvents>().EmitAsync("echoed", arguments));
        clients.On("join", async (socket, arguments) =>
        {
            var room = arguments[0].GetString();
            await socket.JoinAsync(room);
            joined(socket, room);
        });
        clients.On("leave", async (socket, arguments) =>
        {
            var room = arguments[0].GetString();
            await socket.LeaveAsync(room);
            left(socket, room);
        });
    }
}
