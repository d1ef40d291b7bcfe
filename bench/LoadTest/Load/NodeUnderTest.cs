using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedSocketRedis.LoadTest.Servers;

namespace TypedSocketRedis.LoadTest.Load;

/// <summary>One server of the cluster, in this process, and the counters of its traffic with Redis.</summary>
internal sealed class NodeUnderTest : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly MeterListener _listener = new();
    private long _messages;
    private long _bytes;
    private long _unwanted;

    private NodeUnderTest(WebApplication app)
    {
        _app = app;
        Events = app.Services.GetRequiredService<SocketIOServer>().Of<ILoadEvents>();
    }

    /// <summary>The number of messages delivered by Redis.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>The number of bytes of these messages.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The number of messages for rooms without members on this node.</summary>
    public long Unwanted => Interlocked.Read(ref _unwanted);

    public IEmitter<ILoadEvents> Events { get; }

    public int Port { get; private init; }

    public static Task<NodeUnderTest> StartAsync(string redis, RedisSubscriptionMode mode) =>
        StartAsync(builder => builder.AddRedisAdapter(redis, options => options.SubscriptionMode = mode));

    /// <param name="configure">The action that adds the adapter.</param>
    public static async Task<NodeUnderTest> StartAsync(Action<SocketIOBuilder> configure)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var port = FreePort.Next();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        configure(builder.Services.AddSocketIO(options => options.MaxRoomsPerSocket = 100_000));
        builder.Services.AddHealthChecks().AddSocketIORedis();
        var known = Meters;
        var app = builder.Build();
        app.MapSocketIO();
        var node = new NodeUnderTest(app) { Port = port };
        Ours.HandleJoins(app.Services.GetRequiredService<SocketIOServer>());
        node.Listen(known);
        await app.StartAsync();
        return node;
    }

    /// <summary>Returns a value indicating whether the health check reports a healthy node.</summary>
    public async Task<bool> IsHealthyAsync() =>
        (await _app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status == HealthStatus.Healthy;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    // Every node has its own meter; the meter that did not exist before is that of this node.
    private static HashSet<Meter> Meters
    {
        get
        {
            var meters = new HashSet<Meter>();
            using var listener = new MeterListener { InstrumentPublished = (instrument, _) => meters.Add(instrument.Meter) };
            listener.Start();
            return meters;
        }
    }

    private void Listen(HashSet<Meter> known)
    {
        var mine = Meters.Except(known).ToHashSet();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (mine.Contains(instrument.Meter)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (instrument.Name == "typedsocketredis.redis.received") Interlocked.Add(ref _messages, value);
            else if (instrument.Name == "typedsocketredis.redis.received_bytes") Interlocked.Add(ref _bytes, value);
            else if (instrument.Name == "typedsocketredis.redis.dropped" && tags[0].Value is "unknown_room")
                Interlocked.Add(ref _unwanted, value);
        });
        _listener.Start();
    }
}
