using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Creates the adapters of a server's namespaces over one bus; disposing it ends the bus.</summary>
internal sealed class RedisAdapterFactory : INamespaceAdapterFactory, IAsyncDisposable
{
    private readonly LocalAdapterFactory _locals;
    private readonly RedisNodeOptions _options;
    private readonly RedisMetrics _metrics;
    private readonly IRedisBus _bus;
    private readonly ILogger _logger;
    private readonly LogGate _gate;
    private readonly NodeNamespaces _namespaces = new();

    /// <summary>Creates a factory over a bus, which it disposes.</summary>
    public RedisAdapterFactory(RedisNodeOptions options, IRedisBus bus, RedisMetrics metrics, ILoggerFactory loggers, TimeProvider time)
        : this(options, bus, metrics, LoggerFor(loggers, RedisLog.Category, options.Server), loggers, time)
    {
    }

    private RedisAdapterFactory(
        RedisNodeOptions options, IRedisBus bus, RedisMetrics metrics, ILogger logger, ILoggerFactory loggers, TimeProvider time)
    {
        options.Validate();
        (_options, _bus, _metrics, _logger) = (options, bus, metrics, logger);
        _locals = new LocalAdapterFactory(loggers, time);
        _gate = new LogGate(time);
    }

    /// <summary>The options of every adapter.</summary>
    public RedisNodeOptions Options => _options;

    /// <summary>Gets a value indicating whether the nodes are connected over Redis, and not over an adapter of a third party.</summary>
    public bool UsesRedis => _bus is not AdapterBus;

    /// <summary>The state of the connection to the other nodes now.</summary>
    public BusHealth Health => _bus.Health;

    /// <summary>Creates a factory with the connection that the options choose.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="options">The validated options.</param>
    public static RedisAdapterFactory Create(IServiceProvider services, RedisNodeOptions options)
    {
        var loggers = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        return options.Multiplexer is null && options.Configuration is { } configuration
            ? Open(RedisConfiguration.Parse(configuration), options, loggers, time)
            : Over(options.Multiplexer ?? options.Source.Find(services, options.ServiceKey), options, loggers, time);
    }

    /// <summary>Creates a factory with a connection of its own, made in the background.</summary>
    public static RedisAdapterFactory Open(ConfigurationOptions configuration, RedisNodeOptions options, ILoggerFactory loggers,
        TimeProvider time) =>
        Create(options, loggers, time, (topology, timings, metrics, logger) =>
            RedisConnection.Open(configuration, topology, timings, metrics, logger));

    /// <summary>Creates a factory over a connection of the application, which stays open.</summary>
    public static RedisAdapterFactory Over(IConnectionMultiplexer multiplexer, RedisNodeOptions options, ILoggerFactory loggers,
        TimeProvider time) =>
        Create(options, loggers, time, (topology, timings, metrics, logger) =>
            RedisConnection.Over(multiplexer, topology, timings, metrics, logger));

    /// <summary>Creates a factory over an adapter of a third party, which it disposes.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="server">The name of the server, or an empty text for the default server.</param>
    /// <param name="adapter">The adapter.</param>
    public static RedisAdapterFactory Over(IServiceProvider services, string server, ISocketAdapter adapter)
    {
        // One channel for all rooms: an adapter has few channels, which do not change while clients join and leave.
        var options = new ShardedRedisAdapterOptions { SubscriptionMode = ShardedSubscriptionMode.Static, Server = server };
        if (server.Length > 0) options.ChannelPrefix = $"{server}:socket.io";
        var loggers = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var metrics = new RedisMetrics(server, isForeign: true);
        var logger = LoggerFor(loggers, RedisLog.ForeignCategory, server);
        return new RedisAdapterFactory(options, new AdapterBus(adapter, options.RequestsTimeout, metrics, logger, time), metrics, logger,
            loggers, time);
    }

    public INamespaceAdapter Create(string path, IPacketFormat packets) =>
        new RedisAdapter(_locals.CreateLocal(path, packets), _bus, _options, _metrics, _logger, _gate, _namespaces).Start();

    public async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync().ConfigureAwait(false);
        _metrics.Dispose();
    }

    private static ILogger LoggerFor(ILoggerFactory loggers, string category, string server) =>
        GuardedLogger.Of(loggers.CreateLogger(server.Length == 0 ? category : $"{category}.{server}"));

    private static RedisAdapterFactory Create(
        RedisNodeOptions options, ILoggerFactory loggers, TimeProvider time,
        Func<BusTopology, BusTimings, RedisMetrics, ILogger, RedisConnection> connect)
    {
        var metrics = new RedisMetrics(options.Server);
        var logger = LoggerFor(loggers, RedisLog.Category, options.Server);
        var timings = BusTimings.Default with { Clock = time, ProbeInterval = options.ProbeInterval };
        var connection = connect(options.CreateTopology(), timings, metrics, logger);
        var bus = new StackExchangeRedisBus(connection, metrics, logger).Start();
        metrics.Observe(() => bus.Health);
        return new RedisAdapterFactory(options, bus, metrics, logger, loggers, time);
    }
}
