using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using TypedSocketRedis;
using TypedSocketRedis.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that add an emitter to the services of a process without a server.</summary>
public static class RedisEmitterExtensions
{
    /// <summary>Adds a <see cref="RedisEmitter"/> over <see cref="RedisEmitterOptions.Configuration"/>, or else over the application's
    /// <see cref="IConnectionMultiplexer"/>.</summary>
    /// <remarks>It logs to the application's <see cref="ILoggerFactory"/> unless <see cref="RedisEmitterOptions.LoggerFactory"/> is
    /// set.</remarks>
    /// <param name="services">The services being built.</param>
    /// <param name="configure">Changes the options, which are also those of <c>Configure&lt;RedisEmitterOptions&gt;</c>; checked when the
    /// host starts.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">An emitter was added before.</exception>
    public static IServiceCollection AddSocketIOEmitter(this IServiceCollection services, Action<RedisEmitterOptions>? configure = null) =>
        Add(services, configure, static (options, services) =>
            options.Configuration is null ? services.GetService<IConnectionMultiplexer>() ?? throw NoConnection() : null);

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
    /// <exception cref="InvalidOperationException">An emitter was added before.</exception>
    /// <exception cref="ArgumentException">The configuration is malformed; the message does not repeat it.</exception>
    public static IServiceCollection AddSocketIOEmitter(
        this IServiceCollection services, string configuration, Action<RedisEmitterOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(configuration);
        RedisConfiguration.Parse(configuration);
        return Add(services, configure, static (_, _) => null, options => options.Configuration = configuration);
    }

    /// <summary>Adds a <see cref="RedisEmitter"/> over an existing connection of the application.</summary>
    /// <param name="services">The services being built.</param>
    /// <param name="multiplexer">The connection, which the application owns and may share.</param>
    /// <param name="configure">Changes the options; they are checked when the host starts.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">An emitter was added before.</exception>
    /// <exception cref="ArgumentException">The connection was made with a URI that was taken for a host name.</exception>
    public static IServiceCollection AddSocketIOEmitter(
        this IServiceCollection services, IConnectionMultiplexer multiplexer, Action<RedisEmitterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(multiplexer);
        RedisConfiguration.RefuseMisreadHosts(multiplexer.GetEndPoints(configuredOnly: true), nameof(multiplexer));
        return Add(services, configure, (_, _) => multiplexer);
    }

    private static IServiceCollection Add(
        IServiceCollection services,
        Action<RedisEmitterOptions>? configure,
        Func<RedisEmitterOptions, IServiceProvider, IConnectionMultiplexer?> connect,
        Action<RedisEmitterOptions>? postConfigure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(known => !known.IsKeyedService && known.ServiceType == typeof(RedisEmitter)))
            throw new InvalidOperationException(
                "AddSocketIOEmitter was called twice. Remove one of the calls; further emitters are made with new RedisEmitter(…).");
        var options = services.AddOptions<RedisEmitterOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        if (postConfigure is not null) options.PostConfigure(postConfigure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisEmitterOptions>, RedisEmitterOptionsValidator>());
        services.AddSingleton(provider =>
        {
            var chosen = provider.GetRequiredService<IOptions<RedisEmitterOptions>>().Value;
            var time = provider.GetService<TimeProvider>() ?? TimeProvider.System;
            return RedisEmitterBus.Start(chosen, connect(chosen, provider), provider.GetService<ILoggerFactory>(), time);
        });
        services.AddSingleton(static provider => provider.GetRequiredService<RedisEmitterBus>().Emitter);
        return services;
    }

    private static InvalidOperationException NoConnection() => new(
        $"{nameof(AddSocketIOEmitter)} needs a connection: pass its configuration, set "
        + $"{nameof(RedisEmitterOptions)}.{nameof(RedisEmitterOptions.Configuration)}, or register an {nameof(IConnectionMultiplexer)}.");
}
