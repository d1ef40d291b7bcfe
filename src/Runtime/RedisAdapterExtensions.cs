using Microsoft.Extensions.DependencyInjection.Extensions;
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
    /// The connection is that of <see cref="RedisNodeOptions.Configuration"/>, if it is set; otherwise the application's
    /// <see cref="IConnectionMultiplexer"/>, the one registered with <see cref="RedisNodeOptions.ServiceKey"/> or the one without a key.
    /// The application owns it; the server never disposes it. A connection that is not registered is an exception at start.
    /// </remarks>
    /// <param name="builder">The builder that <c>AddSocketIO</c> returned.</param>
    /// <param name="configure">
    /// Changes the options, which are also those of <c>Configure&lt;RedisAdapterOptions&gt;</c>; checked when the host starts.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">An adapter was added before.</exception>
    /// <example><code>
    /// builder.AddKeyedRedisClient("redis");                         // Aspire
    /// builder.Services.AddSocketIO().AddRedisAdapter(options => options.ServiceKey = "redis");
    /// </code></example>
    public static SocketIOBuilder AddRedisAdapter(this SocketIOBuilder builder, Action<RedisAdapterOptions>? configure = null) =>
        Add(builder, configure, static _ => { });

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
        RedisConfiguration.Parse(configuration);
        return Add(builder, configure, options => options.Configuration = configuration);
    }

    /// <summary>Connects the server with the other nodes over an existing connection of the application.</summary>
    /// <param name="builder">The builder that <c>AddSocketIO</c> returned.</param>
    /// <param name="multiplexer">The connection, which the application owns. Two servers of one process with the same key need one
    /// each.</param>
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
        return Add(builder, configure, options => options.Multiplexer = multiplexer);
    }

    /// <summary>Connects the server with the other nodes over sharded pub/sub; Redis 7 or newer.</summary>
    /// <remarks>
    /// The connection is that of <see cref="RedisNodeOptions.Configuration"/>, if it is set; otherwise the application's
    /// <see cref="IConnectionMultiplexer"/>, the one registered with <see cref="RedisNodeOptions.ServiceKey"/> or the one without a key.
    /// The application owns it; the server never disposes it. A connection that is not registered is an exception at start.
    /// </remarks>
    /// <param name="builder">The builder that <c>AddSocketIO</c> returned.</param>
    /// <param name="configure">
    /// Changes the options, which are also those of <c>Configure&lt;ShardedRedisAdapterOptions&gt;</c>; checked when the host starts.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">An adapter was added before.</exception>
    /// <example><code>
    /// builder.AddKeyedRedisClient("redis");                         // Aspire
    /// builder.Services.AddSocketIO().AddShardedRedisAdapter(options => options.ServiceKey = "redis");
    /// </code></example>
    public static SocketIOBuilder AddShardedRedisAdapter(
        this SocketIOBuilder builder, Action<ShardedRedisAdapterOptions>? configure = null) =>
        Add(builder, configure, static _ => { });

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
        RedisConfiguration.Parse(configuration);
        return Add(builder, configure, options => options.Configuration = configuration);
    }

    /// <summary>Connects the server with the other nodes over sharded pub/sub and an existing connection of the application.</summary>
    /// <param name="builder">The builder that <c>AddSocketIO</c> returned.</param>
    /// <param name="multiplexer">The connection, which the application owns. Two servers of one process with the same key need one
    /// each.</param>
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
        return Add(builder, configure, options => options.Multiplexer = multiplexer);
    }

    private static SocketIOBuilder Add<TOptions>(SocketIOBuilder builder, Action<TOptions>? configure, Action<TOptions> connect)
        where TOptions : RedisNodeOptions, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ChooseAdapter(new TOptions().Method);
        var name = builder.Name;
        var options = builder.Services.AddOptions<TOptions>(name).ValidateOnStart();
        if (name.Length > 0) AddDefaultPrefix<TOptions>(builder);
        if (configure is not null) options.Configure(configure);
        options.PostConfigure(connect).PostConfigure(named => named.Server = name);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, RedisNodeOptionsValidator<TOptions>>());

        // Replaces the default of the server.
        if (name.Length == 0) builder.Services.RemoveAll<INamespaceAdapterFactory>().AddSingleton(Create);
        else builder.Services.RemoveAllKeyed<INamespaceAdapterFactory>(name).AddKeyedSingleton(name, (services, _) => Create(services));
        return builder;

        INamespaceAdapterFactory Create(IServiceProvider services) =>
            RedisAdapterFactory.Create(services, services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name));
    }

    // In front of all other configuration of the options, wherever it was added, so that the application can change it.
    private static void AddDefaultPrefix<TOptions>(SocketIOBuilder builder)
        where TOptions : RedisNodeOptions =>
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<TOptions>>(
            new ConfigureNamedOptions<TOptions>(builder.Name, options => options.Prefix = $"{builder.Name}:socket.io")));
}
