using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using Xunit;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A node with a connection to Redis and one client.</summary>
internal sealed class ServerNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(100);

    private readonly RedisAdapterFactory _factory;

    private ServerNode(RedisAdapterFactory factory, RecordingLogger log)
    {
        (_factory, Log) = (factory, log);
        Adapter = factory.Create("/", JsonPacketFormat.Default);
    }

    public string Name { get; } = NodeId.Create().ToString();

    public NodeId Uid => ((RedisAdapter)Adapter).Uid;

    public RecordingLogger Log { get; }

    public RecordingSocket Socket { get; } = new();

    public INamespaceAdapter Adapter { get; }

    public IEmitter<ITestEvents> Everyone => Emitters.Over<ITestEvents>(Adapter);

    public BusHealth Health => _factory.Health;

    public static Task<ServerNode> StartAsync(string configuration, RecordingLogger? log = null,
        Action<RedisAdapterOptions>? configure = null) =>
        StartAsync(configuration, Configured(configure), log);

    public static Task<ServerNode> StartAsync(IConnectionMultiplexer multiplexer, RecordingLogger? log = null,
        Action<RedisAdapterOptions>? configure = null) =>
        StartAsync(multiplexer, Configured(configure), log);

    /// <summary>Starts a node with the adapter of the given options.</summary>
    public static Task<ServerNode> StartAsync(string configuration, RedisNodeOptions options, RecordingLogger? log = null) =>
        StartAsync(log,
            logger =>
                RedisAdapterFactory.Open(ConfigurationOptions.Parse(configuration + ",connectTimeout=1000"), options, logger,
                    TimeProvider.System));

    public static Task<ServerNode> StartAsync(IConnectionMultiplexer multiplexer, RedisNodeOptions options, RecordingLogger? log = null) =>
        StartAsync(log, logger => RedisAdapterFactory.Over(multiplexer, options, logger, TimeProvider.System));

    /// <summary>Returns the result of the health check.</summary>
    public Task<HealthCheckResult> CheckAsync()
    {
        var checks = new Checks();
        checks.AddSocketIORedis();
        return checks.Registration!.Factory(new Services(_factory)).CheckHealthAsync(
            new HealthCheckContext { Registration = checks.Registration }, TestContext.Current.CancellationToken);
    }

    public async Task JoinAsync(ILocalSocket socket, params string[] rooms) =>
        await Adapter.JoinAsync(socket, [.. rooms], TestContext.Current.CancellationToken);

    /// <summary>Completes when this node receives the events of another one. Events sent before may be lost.</summary>
    public Task ReceivesAsync(ServerNode sender) =>
        ReceivesAsync(() => sender.Everyone.All.Emit("hello", sender.Name), "hello", sender.Name);

    /// <summary>Repeats a send until the client of this node has received the packet.</summary>
    public async Task ReceivesAsync(Action send, string name, params string[] arguments)
    {
        Socket.Forget();
        var waited = Stopwatch.StartNew();
        while (true)
        {
            send();
            try
            {
                await Socket.SeesAsync(Events.Packet(name, arguments), RetryAfter);
                return;
            }
            catch (TimeoutException) when (waited.Elapsed < Patience)
            {
                // The packet was not received yet and is sent again.
            }
        }
    }

    /// <summary>Completes when a condition is true, and fails after 40 seconds.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            if (waited.Elapsed > Patience) Assert.Fail($"Not true after {Patience}: {Health}{Environment.NewLine}{Log}");
            await Assert.ThrowsAsync<TimeoutException>(() => Socket.SeesAsync("never", RetryAfter));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Adapter.DisposeAsync();
        await _factory.DisposeAsync();
    }

    private static RedisAdapterOptions Configured(Action<RedisAdapterOptions>? configure)
    {
        var options = new RedisAdapterOptions();
        configure?.Invoke(options);
        return options;
    }

    private static async Task<ServerNode> StartAsync(RecordingLogger? log, Func<RecordingLogger, RedisAdapterFactory> create)
    {
        var logger = log ?? new RecordingLogger();
        var node = new ServerNode(create(logger), logger);
        await node.JoinAsync(node.Socket);
        return node;
    }

    private sealed class Services(INamespaceAdapterFactory factory) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(INamespaceAdapterFactory) ? factory : null;
    }

    private sealed class Checks : IHealthChecksBuilder
    {
        public HealthCheckRegistration? Registration { get; private set; }

        public IServiceCollection Services { get; } = new ServiceCollection();

        public IHealthChecksBuilder Add(HealthCheckRegistration registration)
        {
            Registration = registration;
            return this;
        }
    }
}
