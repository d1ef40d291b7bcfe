using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using TypedSocketRedis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that add an emitter to the services of a process without a server.</summary>
public static class RedisEmitterExtensions
{
    /// <summary>Adds a <see cref="RedisEmitter"/> over the application's <see cref="IConnectionMultiplexer"/>, or over
    /// <see cref="RedisEmitterOptions.Configuration"/> if that is set.</summary>
    /// <remarks>
    /// <para><see cref="RedisEmitterOptions.ServiceKey"/> names a connection that is registered with a key. One that is not registered is
    /// reported when the host starts.</para>
    /// <para>The emitter is a singleton, which the container disposes. It logs to the application's <see cref="ILoggerFactory"/> unless
    /// <see cref="RedisEmitterOptions.LoggerFactory"/> is set.</para>
    /// </remarks>
    /// <param name="services">The services being built.</param>
    /// <param name="configure">Changes the options, which are also those of <c>Configure&lt;RedisEmitterOptions&gt;</c>; checked when the
    /// host starts.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">An emitter or a server was added before.</exception>
    public static IServiceCollection AddSocketIOEmitter(this IServiceCollection services, Action<RedisEmitterOptions>? configure = null) =>
        Add(services, name: null, configure);

    /// <summary>Adds a <see cref="RedisEmitter"/> with a connection of its own, which is made in the background and ends with the
    /// services.</summary>
    /// <remarks>Events sent before the first attempt to connect has ended wait for it, up to 32 MiB.</remarks>
    /// <param name="services">The services being built.</param>
    /// <param name="configuration">
    /// The servers and the options of the connection: <c>localhost:6379,password=…</c> as StackExchange.Redis reads it, or
    /// <c>redis://user:password@localhost:6379/0</c>, <c>rediss://</c> for TLS. Options and more URIs may follow a URI after a comma.
    /// </param>
    /// <param name="configure">Changes the options, which are also those of <c>Configure&lt;RedisEmitterOptions&gt;</c>; checked when the
    /// host starts.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">An emitter or a server was added before.</exception>
    /// <exception cref="ArgumentException">The configuration is malformed; the message does not repeat it.</exception>
    public static IServiceCollection AddSocketIOEmitter(
        this IServiceCollection services, string configuration, Action<RedisEmitterOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(configuration);
        RedisConfiguration.Parse(configuration);
        return Add(services, name: null, configure, options => options.Configuration = configuration);
    }

    /// <summary>Adds a <see cref="RedisEmitter"/> over an existing connection of the application.</summary>
    /// <param name="services">The services being built.</param>
    /// <param name="multiplexer">The connection, which the application owns and may share.</param>
    /// <param name="configure">Changes the options; they are checked when the host starts.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">An emitter or a server was added before.</exception>
    /// <exception cref="ArgumentException">The connection was made with a URI that was taken for a host name.</exception>
    public static IServiceCollection AddSocketIOEmitter(
        this IServiceCollection services, IConnectionMultiplexer multiplexer, Action<RedisEmitterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(multiplexer);
        RedisConfiguration.RefuseMisreadHosts(multiplexer.GetEndPoints(configuredOnly: true), nameof(multiplexer));
        return Add(services, name: null, configure, options => options.Multiplexer = multiplexer);
    }

    /// <summary>Adds a further <see cref="RedisEmitter"/>, a keyed singleton: for other servers than those of the first one.</summary>
    /// <remarks>
    /// It has the options of its name: <c>services.Configure&lt;RedisEmitterOptions&gt;(name, section)</c>. Its connection is chosen as
    /// described for <see cref="AddSocketIOEmitter(IServiceCollection, Action{RedisEmitterOptions})"/>.
    /// </remarks>
    /// <param name="services">The services being built.</param>
    /// <param name="name">The service key of the emitter, and the name of its options. Not empty.</param>
    /// <param name="configure">Changes the options; they are checked when the host starts.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">An emitter or a server of that name was added before.</exception>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static IServiceCollection AddKeyedSocketIOEmitter(
        this IServiceCollection services, string name, Action<RedisEmitterOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Add(services, name, configure);
    }

    private static IServiceCollection Add(
        IServiceCollection services,
        string? name,
        Action<RedisEmitterOptions>? configure,
        Action<RedisEmitterOptions>? postConfigure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(known => known.ServiceType == typeof(RedisEmitter) && Equals(known.ServiceKey, name))) throw AddedTwice(name);
        if (services.Any(known => known.ServiceType == typeof(IEmitterSource) && Equals(known.ServiceKey, name)))
            throw IEmitterSource.Taken(name);
        var options = services.AddOptions<RedisEmitterOptions>(name).ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        if (postConfigure is not null) options.PostConfigure(postConfigure);
        if (name is not null) options.PostConfigure(named => named.Name = name);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisEmitterOptions>, RedisEmitterOptionsValidator>());
        if (name is null)
        {
            services.AddSingleton(static provider => Create(provider, Options.Options.DefaultName));
            services.AddSingleton<IEmitterSource>(static provider => provider.GetRequiredService<RedisEmitter>());
            services.TryAddSingleton(typeof(IEmitter<>), typeof(Emitter<>));
        }
        else
        {
            services.AddKeyedSingleton(name, static (provider, key) => Create(provider, (string)key!));
            services.AddKeyedSingleton<IEmitterSource>(
                name, static (provider, key) => provider.GetRequiredKeyedService<RedisEmitter>(key));
            services.TryAddKeyedSingleton(typeof(IEmitter<>), name, typeof(Emitter<>));
        }

        return services;
    }

    private static RedisEmitter Create(IServiceProvider services, string name)
    {
        var options = services.GetRequiredService<IOptionsMonitor<RedisEmitterOptions>>().Get(name);
        return RedisEmitter.Create(
            options,
            options.Multiplexer ?? (options.Configuration is null ? options.Source.Find(services, options.ServiceKey) : null),
            services.GetService<ILoggerFactory>(),
            services.GetService<TimeProvider>() ?? TimeProvider.System);
    }

    private static InvalidOperationException AddedTwice(string? name) => new(name is null
        ? "AddSocketIOEmitter was called twice. Remove one of the calls, or add a further emitter with AddKeyedSocketIOEmitter."
        : $"AddKeyedSocketIOEmitter was called twice with the name {name}. Remove one of the calls, or give each emitter its own name.");
}
