using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>Whether this node hears the other nodes.</summary>
/// <remarks>
/// Redis being away is degraded: it is the same for every node, and taking all of them out of service would end what still
/// works. Being deaf while Redis is connected is unhealthy: other nodes hear, so clients are better off there.
/// </remarks>
/// <param name="services">Where the server's adapter is.</param>
internal sealed class RedisHealthCheck(IServiceProvider services) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (services.GetService<ISocketAdapterFactory>() is not RedisAdapterFactory redis)
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
                $"Redis is not connected ({RedisReason.Text(health.Failure)}): only this node's own clients are served.", health.Failure, data),
            { Unresponsive: > 0 } => new HealthCheckResult(context.Registration.FailureStatus, "Redis is connected, but this node does not hear the others.", data: data),
            { Unhealthy: > 0 } => HealthCheckResult.Degraded("Redis is connected; that this node hears the others is not proven yet.", data: data),
            _ => HealthCheckResult.Healthy("This node hears the others.", data),
        });
    }
}
