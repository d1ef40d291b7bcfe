using StackExchange.Redis;

namespace TypedSocketRedis.ConformanceHost;

/// <summary>The Redis adapter of the program, and its emitter with a separate connection.</summary>
internal sealed class RedisSetup : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _connection;

    private RedisSetup(ConnectionMultiplexer connection, RedisEmitter emitter) => (_connection, Emitter) = (connection, emitter);

    public RedisEmitter Emitter { get; }

    /// <summary>Adds the adapter and connects the emitter. Returns null if the program has no adapter that needs Redis.</summary>
    public static async Task<RedisSetup?> AddAsync(SocketIOBuilder builder, ProgramOptions options)
    {
        switch (options.Adapter)
        {
            case "none":
                return null;
            case "redis":
                builder.AddRedisAdapter(options.Redis, options.Configure);
                break;
            case "sharded":
                builder.AddShardedRedisAdapter(options.Redis, options.Configure);
                break;
            default:
                throw new NotSupportedException($"There is no adapter \"{options.Adapter}\".");
        }

        // Redis can start later than the program.
        var configuration = ConfigurationOptions.Parse(options.Redis);
        configuration.AbortOnConnectFail = false;
        var connection = await ConnectionMultiplexer.ConnectAsync(configuration);
        var emitter = new RedisEmitterOptions();
        emitter.Key = options.Key ?? emitter.Key;
        if (options.Adapter == "sharded") emitter.Sharded = new ShardedEmitterOptions { SubscriptionMode = options.SubscriptionMode };
        return new RedisSetup(connection, new RedisEmitter(connection, emitter));
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
