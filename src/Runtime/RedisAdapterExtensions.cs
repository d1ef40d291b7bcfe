using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using TypedSocketRedis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that add a Redis adapter to a server.</summary>
public static class RedisAdapterExtensions
{
    /// <summary>Connects the server with the other nodes over Redis, on the channels of the Node.js Redis adapter.</summary>
    /// <remarks>
    /// The connection is the server's own and is made in the background: starting never waits for Redis and never fails
    /// because of it. While Redis is not connected the node serves its own clients, and it joins the others when Redis is reachable.
    /// </remarks>
    /// <param name="builder">The builder that <c>AddSocketIO</c> returned.</param>
    /// <param name="configuration">
    /// The servers and the options of the connection: <c>localhost:6379,password=…</c> as StackExchange.Redis reads it, or
    /// <c>redis://user:password@localhost:6379/0</c>, <c>rediss://</c> for TLS. Options and more URIs may follow a URI after a comma.
    /// </param>
    /// <param name="configure">
    /// Changes the options, which are also those of <c>Configure&lt;RedisAdapterOptions&gt;</c>; checked when the host starts.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">An adapter was added before.</exception>
    /// <exception cref="ArgumentException">The configuration is malformed; the message does not repeat it.</exception>
    public static SocketIOBuilder AddRedisAdapter(
        this SocketIOBuilder builder, string configuration, Action<RedisAdapterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(configuration);
        var parsed = RedisConfiguration.Parse(configuration);
        return Add(builder, nameof(AddRedisAdapter), configure,
            (options, loggers, time) => RedisAdapterFactory.Open(parsed, options, loggers, time));
    }

    /// <summary>Connects the server with the other nodes over an existing connection of the application.</summary>
    /// <param name="builder">The builder that <c>AddSocketIO</c> returned.</param>
    /// <param name="multiplexer">The connection, which the application owns. Two servers of one process need one each.</param>
    /// <param name="configure">Changes the options; they are checked when the host starts.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">An adapter was added before.</exception>
    /// <exception cref="ArgumentException">The connection was made with a URI that was taken for a host name.</exception>
    public static SocketIOBuilder AddRedisAdapter(
        this SocketIOBuilder builder, IConnectionMultiplexer multiplexer, Action<RedisAdapterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(multiplexer);
        RedisConfiguration.RefuseMisreadHosts(multiplexer.GetEndPoints(configuredOnly: true), nameof(multiplexer));
        return Add(builder, nameof(AddRedisAdapter), configure,
            (options, loggers, time) => RedisAdapterFactory.Over(multiplexer, options, loggers, time));
    }

    /// <summary>
    /// Connects the server with the other nodes over sharded pub/sub, on the channels of Node.js' <c>createShardedAdapter</c>; Redis 7 or
    /// newer.
    /// </summary>
    /// <remarks>
    /// The connection is made as described for <see cref="AddRedisAdapter(SocketIOBuilder, string, Action{RedisAdapterOptions})"/>.
    /// </remarks>
    /// <param name="builder">The builder that <c>AddSocketIO</c> returned.</param>
    /// <param name="configuration">
    /// The servers, of a Redis Cluster one or more of its nodes, and the options of the connection; a URI is accepted too.
    /// </param>
    /// <param name="configure">
    /// Changes the options, which are also those of <c>Configure&lt;ShardedRedisAdapterOptions&gt;</c>; checked when the host starts.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">An adapter was added before.</exception>
    /// <exception cref="ArgumentException">The configuration is malformed; the message does not repeat it.</exception>
    public static SocketIOBuilder AddShardedRedisAdapter(
        this SocketIOBuilder builder, string configuration, Action<ShardedRedisAdapterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(configuration);
        var parsed = RedisConfiguration.Parse(configuration);
        return Add(builder, nameof(AddShardedRedisAdapter), configure,
            (options, loggers, time) => RedisAdapterFactory.Open(parsed, options, loggers, time));
    }

    /// <summary>Connects the server with the other nodes over sharded pub/sub and an existing connection of the application.</summary>
    /// <param name="builder">The builder that <c>AddSocketIO</c> returned.</param>
    /// <param name="multiplexer">The connection, which the application owns. Two servers of one process need one each.</param>
    /// <param name="configure">Changes the options; they are checked when the host starts.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">An adapter was added before.</exception>
    /// <exception cref="ArgumentException">The connection was made with a URI that was taken for a host name.</exception>
    public static SocketIOBuilder AddShardedRedisAdapter(
        this SocketIOBuilder builder, IConnectionMultiplexer multiplexer, Action<ShardedRedisAdapterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(multiplexer);
        RedisConfiguration.RefuseMisreadHosts(multiplexer.GetEndPoints(configuredOnly: true), nameof(multiplexer));
        return Add(builder, nameof(AddShardedRedisAdapter), configure,
            (options, loggers, time) => RedisAdapterFactory.Over(multiplexer, options, loggers, time));
    }

    private static SocketIOBuilder Add<TOptions>(
        SocketIOBuilder builder,
        string name,
        Action<TOptions>? configure,
        Func<TOptions, ILoggerFactory, TimeProvider, RedisAdapterFactory> create)
        where TOptions : RedisNodeOptions, new()
    {
        var options = builder.Services.AddOptions<TOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, RedisNodeOptionsValidator<TOptions>>());
        builder.ChooseAdapter(name);

        // Replaces the default of the server.
        builder.Services.RemoveAll<ISocketAdapterFactory>();
        builder.Services.AddSingleton<ISocketAdapterFactory>(services => create(
            services.GetRequiredService<IOptions<TOptions>>().Value,
            services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
            services.GetService<TimeProvider>() ?? TimeProvider.System));
        return builder;
    }
}
