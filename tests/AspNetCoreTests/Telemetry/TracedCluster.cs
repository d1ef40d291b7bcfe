using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry;
using OpenTelemetry.Trace;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using TypedSocketRedis.Tests.Harness;

namespace TypedSocketRedis.Tests.Telemetry;

/// <summary>Two nodes and a worker on an in-memory bus, and the spans of all of them.</summary>
internal sealed class TracedCluster : IAsyncDisposable
{
    private static readonly ActivitySource Jobs = new("Jobs");

    private readonly TracerProvider _provider;

    private TracedCluster(TestServer first, TestServer second, RedisEmitter worker)
    {
        (First, Second, Worker) = (first, second, worker);
        _provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(SocketIOTelemetry.ActivitySourceName, Jobs.Name)
            .AddInMemoryExporter(Spans)
            .Build();
    }

    public TestServer First { get; }

    public TestServer Second { get; }

    /// <summary>The emitter of a process that is no server.</summary>
    public RedisEmitter Worker { get; }

    public Spans Spans { get; } = new();

    /// <param name="isSharded">A value indicating whether the nodes use sharded pub/sub.</param>
    /// <param name="map">Adds handlers to each node.</param>
    public static async Task<TracedCluster> StartAsync(bool isSharded, Action<SocketIOServer>? map = null)
    {
        var hub = new LoopbackHub();
        var first = await StartAsync(hub, isSharded, map);
        var second = await StartAsync(hub, isSharded, map);
        var options = new RedisEmitterOptions { Sharded = isSharded ? new ShardedEmitterOptions() : null };
        return new TracedCluster(first, second, new RedisEmitter(hub.CreateBus(), options));
    }

    /// <summary>Starts the span of a job of the application.</summary>
    public static Activity Job() => Jobs.StartActivity("job")!;

    public async ValueTask DisposeAsync()
    {
        _provider.Dispose();
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }

    private static Task<TestServer> StartAsync(LoopbackHub hub, bool isSharded, Action<SocketIOServer>? map)
    {
        RedisNodeOptions options = isSharded ? new ShardedRedisAdapterOptions() : new RedisAdapterOptions();
        var adapters = new RedisAdapterFactory(
            options, hub.CreateBus(), new RedisMetrics(), NullLoggerFactory.Instance, TimeProvider.System);
        return TestServer.StartAsync(map: map, services: services => services.AddSingleton<INamespaceAdapterFactory>(adapters));
    }
}
