using StackExchange.Redis;

namespace TypedSocketRedis.ConformanceHost;

/// <summary>The program's connection to Redis, its adapter and its emitter.</summary>
internal sealed class RedisSetup : IAsyncDisposable
{
    private readonly ProgramOptions _options;
    private readonly ConnectionMultiplexer _redis;

    private RedisSetup(ProgramOptions options, ConnectionMultiplexer redis)
    {
        (_options, _redis) = (options, redis);
        var emitter = new RedisEmitterOptions();
        emitter.Key = options.Key ?? emitter.Key;
        Emitter = new RedisEmitter(redis, emitter);
    }

    public RedisEmitter Emitter { get; }

    /// <summary>Connects; null when the program has no adapter that needs Redis.</summary>
    public static async Task<RedisSetup?> ConnectAsync(ProgramOptions options) =>
        options.Adapter == "none" ? null : new RedisSetup(options, await ConnectionMultiplexer.ConnectAsync(options.Redis));

    public void AddAdapter(SocketIOBuilder builder) => builder.AddRedisAdapter(_redis, adapter =>
    {
        adapter.Key = _options.Key ?? adapter.Key;
        adapter.RequestsTimeout = _options.RequestsTimeout ?? adapter.RequestsTimeout;
        adapter.PublishOnSpecificResponseChannel = _options.SpecificResponseChannel;
    });

    public ValueTask DisposeAsync() => _redis.DisposeAsync();
}
