using System.Diagnostics.Metrics;
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
    /// <param name="services">The application's services.</param>
    /// <param name="configure">The delegate that changes the settings, which are checked when the host starts.</param>
    /// <returns>The builder to configure an adapter.</returns>
    /// <exception cref="ArgumentNullException">The services are null.</exception>
    public static SocketIOBuilder AddSocketIO(this IServiceCollection services, Action<SocketIOOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRouting();
        services.AddMetrics();
        var options = services.AddOptions<SocketIOOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SocketIOOptions>, SocketIOOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISocketUserIdProvider, ClaimUserIdProvider>();
        services.TryAddSingleton<ISocketAdapterFactory>(provider =>
            new LocalAdapterFactory(provider.GetRequiredService<ILoggerFactory>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(Start);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SocketIOLifetime>(
            provider => new SocketIOLifetime(provider.GetRequiredService<SocketIOServer>(), provider)));
        return new SocketIOBuilder(services);
    }

    private static SocketIOServer Start(IServiceProvider provider)
    {
        var server = new SocketIOServer(
            provider.GetRequiredService<IOptions<SocketIOOptions>>(),
            provider.GetRequiredService<ISocketAdapterFactory>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<ISocketUserIdProvider>(),
            provider.GetRequiredService<ILogger<SocketIOServer>>(),
            provider.GetService<TokenAuthentication>());
        server.Start(provider.GetRequiredService<IHostApplicationLifetime>());
        return server;
    }
}
