using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>The connection of an emitter that belongs to the application's services; a connection of its own ends with them.</summary>
internal sealed class RedisEmitterBus : IAsyncDisposable, IDisposable
{
    private readonly StackExchangeRedisBus _bus;
    private readonly RedisMetrics _metrics;

    private RedisEmitterBus(StackExchangeRedisBus bus, RedisMetrics metrics, RedisEmitter emitter) =>
        (_bus, _metrics, Emitter) = (bus, metrics, emitter);

    /// <summary>The emitter.</summary>
    public RedisEmitter Emitter { get; }

    /// <summary>Uses the connection of the application, or creates one in the background.</summary>
    /// <param name="options">The options, validated.</param>
    /// <param name="multiplexer">The connection of the application, used when the options name none.</param>
    /// <param name="loggers">The logger factory of the application.</param>
    /// <param name="time">The clock.</param>
    public static RedisEmitterBus Start(
        RedisEmitterOptions options, IConnectionMultiplexer? multiplexer, ILoggerFactory? loggers, TimeProvider time)
    {
        if (multiplexer is not null)
            RedisConfiguration.RefuseMisreadHosts(multiplexer.GetEndPoints(configuredOnly: true), nameof(multiplexer));
        var logger = RedisEmitter.Logger(multiplexer, options.LoggerFactory ?? loggers);

        var metrics = new RedisMetrics();
        var topology = options.CreateTopology();
        var timings = BusTimings.Default with { Clock = time };
        var connection = multiplexer is not null
            ? RedisConnection.Over(multiplexer, topology, timings, metrics, logger)
            : RedisConnection.Open(RedisConfiguration.Parse(options.Configuration!), topology, timings, metrics, logger);
        var bus = new StackExchangeRedisBus(connection, metrics, logger);
        if (multiplexer is null) _ = bus.HoldUntilReadyAsync();
        return new RedisEmitterBus(bus, metrics, new RedisEmitter(bus, options, metrics, logger, timings));
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync().ConfigureAwait(false);
        _metrics.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
