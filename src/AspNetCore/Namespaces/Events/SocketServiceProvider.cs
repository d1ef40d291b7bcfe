using Microsoft.Extensions.DependencyInjection;

namespace TypedSocketRedis.Namespaces;

/// <summary>The services that are injected into one socket's handler: those of its scope, and the socket itself.</summary>
internal sealed class SocketServiceProvider(IServiceProvider scope, ServerSocket socket)
    : IKeyedServiceProvider, IServiceProviderIsKeyedService
{
    public object? GetService(Type serviceType)
    {
        if (serviceType == typeof(ServerSocket)) return socket;
        return serviceType == typeof(IServiceProviderIsService) || serviceType == typeof(IServiceProviderIsKeyedService)
            ? this
            : scope.GetService(serviceType);
    }

    public object? GetKeyedService(Type serviceType, object? serviceKey) => Keyed.GetKeyedService(serviceType, serviceKey);

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) => Keyed.GetRequiredKeyedService(serviceType, serviceKey);

    public bool IsService(Type serviceType) =>
        serviceType == typeof(ServerSocket) || scope.GetService<IServiceProviderIsService>()?.IsService(serviceType) == true;

    public bool IsKeyedService(Type serviceType, object? serviceKey) =>
        scope.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(serviceType, serviceKey) == true;

    private IKeyedServiceProvider Keyed => scope as IKeyedServiceProvider
        ?? throw new InvalidOperationException("The application's service provider does not support keyed services.");
}
