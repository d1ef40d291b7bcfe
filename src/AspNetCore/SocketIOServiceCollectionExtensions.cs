using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TypedSocketRedis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Namespaces;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the Socket.IO server to an application.</summary>
public static class SocketIOServiceCollectionExtensions
{
    /// <summary>Adds <see cref="SocketIOServer"/>, with the in-memory adapter of one node unless another one is configured.</summary>
    /// <remarks>A second call configures the same server: settings, handlers and filters of both calls apply.</remarks>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">The delegate that changes the settings, which are checked when the host starts.</param>
    /// <returns>The builder to configure an adapter.</returns>
    /// <exception cref="ArgumentNullException">The services are null.</exception>
    /// <exception cref="InvalidOperationException">An emitter without a key was added, and <c>IEmitter&lt;T&gt;</c> is that of the
    /// server.</exception>
    public static SocketIOBuilder AddSocketIO(this IServiceCollection services, Action<SocketIOOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return Add(services, "", configure);
    }

    /// <summary>Adds a further <see cref="SocketIOServer"/> with a name: its own path, options, namespaces, handlers and adapter.</summary>
    /// <remarks>
    /// The server is a keyed singleton: <c>[FromKeyedServices("admin")] SocketIOServer io</c>. Its options are the named ones:
    /// <c>Configure&lt;SocketIOOptions&gt;("admin", …)</c>. A second call with the same name configures the same server.
    /// </remarks>
    /// <param name="services">The application's services.</param>
    /// <param name="name">The name: 1 to 100 ASCII letters, digits, hyphens, underscores or periods.</param>
    /// <param name="configure">The delegate that changes the settings, which are checked when the host starts.</param>
    /// <returns>The builder to configure an adapter of this server.</returns>
    /// <exception cref="ArgumentNullException">The services or the name is null.</exception>
    /// <exception cref="ArgumentException">The name is empty, too long, or has another character.</exception>
    /// <example><code>
    /// builder.Services.AddSocketIO("admin").AddRedisAdapter("localhost:6379");
    /// app.MapSocketIO("/admin.io/", "admin");
    /// </code></example>
    public static SocketIOBuilder AddSocketIO(this IServiceCollection services, string name, Action<SocketIOOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        RegisteredServer.CheckName(name);
        return Add(services, name, configure);
    }

    /// <summary>Adds <see cref="SocketIOServer"/> with settings from configuration.</summary>
    /// <remarks>
    /// A key that is no setting, and a value that cannot be read or is out of range, are an exception at start that names it. Delegates are
    /// set by code: <c>Configure&lt;SocketIOOptions&gt;</c>.
    /// </remarks>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The section with the settings, named as the properties of <see cref="SocketIOOptions"/>.</param>
    /// <returns>The builder to configure an adapter.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <example><code>
    /// builder.Services.AddSocketIO(builder.Configuration.GetSection("SocketIO"));
    /// </code></example>
    public static SocketIOBuilder AddSocketIO(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(services, "", options => Bind(options, configuration));
    }

    /// <summary>Adds a further <see cref="SocketIOServer"/> with a name and settings from configuration.</summary>
    /// <remarks>As <see cref="AddSocketIO(IServiceCollection, IConfiguration)"/> and
    /// <see cref="AddSocketIO(IServiceCollection, string, Action{SocketIOOptions})"/>.</remarks>
    /// <param name="services">The application's services.</param>
    /// <param name="name">The name: 1 to 100 ASCII letters, digits, hyphens, underscores or periods.</param>
    /// <param name="configuration">The section with the settings, named as the properties of <see cref="SocketIOOptions"/>.</param>
    /// <returns>The builder to configure an adapter of this server.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The name is empty, too long, or has another character.</exception>
    public static SocketIOBuilder AddSocketIO(this IServiceCollection services, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        RegisteredServer.CheckName(name);
        return Add(services, name, options => Bind(options, configuration));
    }

    private static void Bind(SocketIOOptions options, IConfiguration configuration)
    {
        // The binder would create a cookie without the attributes that are the default.
        if (configuration.GetSection(nameof(options.Cookie)).Exists()) options.Cookie ??= new EngineIOCookieBuilder();
        configuration.Bind(options, static binder => binder.ErrorOnUnknownConfiguration = true);
    }

    private static SocketIOBuilder Add(IServiceCollection services, string name, Action<SocketIOOptions>? configure)
    {
        services.AddRouting();
        services.AddMetrics();
        var options = services.AddOptions<SocketIOOptions>(name).ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SocketIOOptions>, SocketIOOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISocketUserIdProvider, ClaimUserIdProvider>();
        AddRegistered(services, name);
        if (name.Length == 0)
        {
            services.TryAddSingleton(CreateLocal);
            services.TryAddSingleton(provider => Start(provider, "", provider.GetRequiredService<INamespaceAdapterFactory>()));

            services.TryAddSingleton<IEmitterSource>(static provider => provider.GetRequiredService<SocketIOServer>().Namespaces);
            services.TryAddSingleton(typeof(IEmitter<>), typeof(Emitter<>));
        }
        else
        {
            services.TryAddKeyedSingleton(name, static (provider, _) => CreateLocal(provider));
            services.TryAddKeyedSingleton(name, static (provider, key) =>
                Start(provider, (string)key!, provider.GetRequiredKeyedService<INamespaceAdapterFactory>(key)));
            services.TryAddKeyedSingleton<IEmitterSource>(
                name, static (provider, key) => provider.GetRequiredKeyedService<SocketIOServer>(key).Namespaces);
            services.TryAddKeyedSingleton(typeof(IEmitter<>), name, typeof(Emitter<>));
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SocketIOLifetime>(
            static provider => new SocketIOLifetime(provider)));
        return new SocketIOBuilder(services, name);
    }

    private static void AddRegistered(IServiceCollection services, string name)
    {
        if (services.Any(known => !known.IsKeyedService && known.ImplementationInstance is RegisteredServer server && server.Name == name))
            return;
        var key = name.Length == 0 ? null : name;
        if (services.Any(known => known.ServiceType == typeof(IEmitterSource) && Equals(known.ServiceKey, key)))
            throw IEmitterSource.Taken(key);
        services.AddSingleton(new RegisteredServer(name));
    }

    private static INamespaceAdapterFactory CreateLocal(IServiceProvider provider) =>
        new LocalAdapterFactory(provider.GetRequiredService<ILoggerFactory>(), provider.GetRequiredService<TimeProvider>());

    private static SocketIOServer Start(IServiceProvider provider, string name, INamespaceAdapterFactory adapters)
    {
        var category = typeof(SocketIOServer).FullName!;
        var server = new SocketIOServer(
            name,
            provider.GetRequiredService<IOptionsMonitor<SocketIOOptions>>().Get(name),
            adapters,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<ISocketUserIdProvider>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger(name.Length == 0 ? category : $"{category}.{name}"),
            name.Length == 0 ? provider.GetService<TokenAuthentication>() : provider.GetKeyedService<TokenAuthentication>(name));
        server.Start(provider.GetRequiredService<IHostApplicationLifetime>(), new HandlerTable(provider, name));
        return server;
    }
}
