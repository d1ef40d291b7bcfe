using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TypedSocketRedis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the Redis adapter for a server.</summary>
public static class RedisAdapterExtensions
{
    /// <summary>Connects the server with the other nodes over Redis, on the channels of the Node.js Redis adapter.</summary>
    /// <remarks>
    /// The connection is the server's own and is made in the background: starting never waits for Redis and never fails
    /// because of it. While Redis is away the node serves its own clients, and it joins the others when Redis appears.
    /// </remarks>
    /// <param name="builder">What <c>AddSocketIO</c> returned.</param>
    /// <param name="configuration">Where Redis is, as StackExchange.Redis reads it: <c>localhost:6379,password=…</c>.</param>
    /// <param name="configure">Changes the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">An adapter was added before.</exception>
    /// <exception cref="ArgumentException">The configuration is malformed, or an option cannot be used; the message names it and what is allowed.</exception>
    public static SocketIOBuilder AddRedisAdapter(
        this SocketIOBuilder builder, string configuration, Action<RedisAdapterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(configuration);
        var parsed = ConfigurationOptions.Parse(configuration);
        return Add(builder, nameof(AddRedisAdapter), configure, (options, loggers, time) => RedisAdapterFactory.Open(parsed, options, loggers, time));
    }

    /// <summary>Connects the server with the other nodes over a connection the application already has.</summary>
    /// <param name="builder">What <c>AddSocketIO</c> returned.</param>
    /// <param name="multiplexer">The connection; it stays the application's. Two servers of one process need one each.</param>
    /// <param name="configure">Changes the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">An adapter was added before.</exception>
    /// <exception cref="ArgumentException">An option cannot be used; the message names it and what is allowed.</exception>
    public static SocketIOBuilder AddRedisAdapter(
        this SocketIOBuilder builder, IConnectionMultiplexer multiplexer, Action<RedisAdapterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(multiplexer);
        return Add(builder, nameof(AddRedisAdapter), configure, (options, loggers, time) => RedisAdapterFactory.Over(multiplexer, options, loggers, time));
    }

    /// <summary>Connects the server with the other nodes over sharded pub/sub, on the channels of Node.js' <c>createShardedAdapter</c>; Redis 7 or newer.</summary>
    /// <remarks>See the other <see cref="AddRedisAdapter(SocketIOBuilder, string, Action{RedisAdapterOptions})"/> for how it connects.</remarks>
    /// <param name="builder">What <c>AddSocketIO</c> returned.</param>
    /// <param name="configuration">Where Redis is, as StackExchange.Redis reads it; of a Redis Cluster one or more of its nodes.</param>
    /// <param name="configure">Changes the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">An adapter was added before.</exception>
    /// <exception cref="ArgumentException">The configuration is malformed, or an option cannot be used; the message names it and what is allowed.</exception>
    public static SocketIOBuilder AddShardedRedisAdapter(
        this SocketIOBuilder builder, string configuration, Action<ShardedRedisAdapterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(configuration);
        var parsed = ConfigurationOptions.Parse(configuration);
        return Add(builder, nameof(AddShardedRedisAdapter), configure, (options, loggers, time) => RedisAdapterFactory.Open(parsed, options, loggers, time));
    }

    /// <summary>Connects the server with the other nodes over sharded pub/sub and a connection the application already has.</summary>
    /// <param name="builder">What <c>AddSocketIO</c> returned.</param>
    /// <param name="multiplexer">The connection; it stays the application's. Two servers of one process need one each.</param>
    /// <param name="configure">Changes the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">An adapter was added before.</exception>
    /// <exception cref="ArgumentException">An option cannot be used; the message names it and what is allowed.</exception>
    public static SocketIOBuilder AddShardedRedisAdapter(
        this SocketIOBuilder builder, IConnectionMultiplexer multiplexer, Action<ShardedRedisAdapterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(multiplexer);
        return Add(builder, nameof(AddShardedRedisAdapter), configure, (options, loggers, time) => RedisAdapterFactory.Over(multiplexer, options, loggers, time));
    }

    private static SocketIOBuilder Add<TOptions>(
        SocketIOBuilder builder,
        string name,
        Action<TOptions>? configure,
        Func<TOptions, ILoggerFactory, TimeProvider, RedisAdapterFactory> create)
        where TOptions : RedisNodeOptions, new()
    {
        var options = new TOptions();
        configure?.Invoke(options);
        options.Validate();
        builder.ChooseAdapter(name);

        // In place of the default of the server.
        builder.Services.RemoveAll<ISocketAdapterFactory>();
        builder.Services.AddSingleton<ISocketAdapterFactory>(services => create(
            options,
            services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
            services.GetService<TimeProvider>() ?? TimeProvider.System));
        return builder;
    }
}
