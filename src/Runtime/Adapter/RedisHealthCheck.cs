using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>A health check of the connection to Redis and of the subscriptions.</summary>
/// <remarks>
/// A disconnected Redis is degraded: it is the same for every node, and taking all of them out of service would stop their local
/// traffic, too. Unresponsive subscriptions while Redis is connected are unhealthy: clients are better served by other nodes.
/// </remarks>
/// <param name="services">The services with the server's adapter.</param>
/// <param name="server">The name of the server, or null for the default server.</param>
internal sealed class RedisHealthCheck(IServiceProvider services, string? server) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var adapters = string.IsNullOrEmpty(server)
            ? services.GetService<INamespaceAdapterFactory>()
            : services.GetKeyedService<INamespaceAdapterFactory>(server) ?? throw new InvalidOperationException(
                $"There is no Socket.IO server named \"{server}\": call builder.Services.AddSocketIO(\"{server}\"), or change the argument "
                + "server of AddSocketIORedis.");
        if (adapters is not RedisAdapterFactory { UsesRedis: true } redis)
            return Task.FromResult(HealthCheckResult.Healthy("The server does not use Redis."));

        var health = redis.Health;
        var data = new Dictionary<string, object>
        {
            ["connected"] = health.IsConnected,
            ["namespaces"] = health.Sets,
            ["unhealthy"] = health.Unhealthy,
            ["unresponsive"] = health.Unresponsive,
            ["secondsSinceLastProbe"] = Math.Round(health.TimeSinceLastProbe.TotalSeconds, 1),
        };
        if (!health.IsConnected && health.Failure is { } failure) data["reason"] = RedisReason.Text(failure);
        return Task.FromResult(health switch
        {
            { IsConnected: false } => HealthCheckResult.Degraded(
                $"Redis is not connected ({RedisReason.Text(health.Failure)}): only this node's own clients are served.", health.Failure,
                    data),
            { Unresponsive: > 0 } => new HealthCheckResult(
                context.Registration.FailureStatus, "Redis is connected, but subscriptions of this node receive nothing.", data: data),
            { Unhealthy: > 0 } => HealthCheckResult.Degraded(
                "Redis is connected; the subscriptions of this node are not verified yet.", data: data),
            _ => HealthCheckResult.Healthy("Redis is connected and the subscriptions of this node receive messages.", data),
        });
    }
}
