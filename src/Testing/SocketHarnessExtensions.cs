using Microsoft.Extensions.DependencyInjection.Extensions;
using TypedSocketRedis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the test harness to the services of an application.</summary>
public static class SocketHarnessExtensions
{
    /// <summary>Adds <see cref="SocketHarness"/> over the registrations of an application, in place of its adapters.</summary>
    /// <remarks>
    /// Called after <c>AddSocketIO</c>, for example in <c>ConfigureTestServices</c> of a <c>WebApplicationFactory</c>. Handlers, filters,
    /// authentication and options stay those of the application. Its servers join an <see cref="InMemoryCluster"/> in place of Redis,
    /// and no connection to Redis is made.
    /// </remarks>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">The delegate that changes the settings.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentNullException">The services are null.</exception>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    /// <exception cref="InvalidOperationException"><c>AddSocketIO</c> was not called before.</exception>
    /// <example><code>
    /// await using var factory = new WebApplicationFactory&lt;Program&gt;().WithWebHostBuilder(
    ///     host => host.ConfigureTestServices(services => services.AddSocketIOTestHarness()));
    /// var harness = factory.Services.GetRequiredService&lt;SocketHarness&gt;();
    /// </code></example>
    public static IServiceCollection AddSocketIOTestHarness(
        this IServiceCollection services, Action<SocketHarnessOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new SocketHarnessOptions();
        configure?.Invoke(options);
        options.Checked();
        var servers = services.Where(one => !one.IsKeyedService).Select(one => one.ImplementationInstance).OfType<RegisteredServer>()
            .Select(server => server.Name).ToArray();
        if (!servers.Contains(options.Server))
        {
            var name = options.Server.Length == 0 ? "" : $" \"{options.Server}\"";
            throw new InvalidOperationException($"AddSocketIOTestHarness found no server{name}: call it after AddSocketIO.");
        }


        var cluster = options.Cluster ?? new InMemoryCluster();
        foreach (var server in servers) Join(services, server, cluster);
        if (options.Time is { } time) services.Replace(ServiceDescriptor.Singleton(time));
        return services.AddSingleton(provider => new SocketHarness([provider], options));
    }

    private static void Join(IServiceCollection services, string server, InMemoryCluster cluster)
    {
        if (server.Length == 0) services.RemoveAll<INamespaceAdapterFactory>().AddSingleton(Create);
        else services.RemoveAllKeyed<INamespaceAdapterFactory>(server).AddKeyedSingleton(server, (provider, _) => Create(provider));

        INamespaceAdapterFactory Create(IServiceProvider provider) => RedisAdapterFactory.Over(provider, server, cluster.CreateAdapter());
    }
}
