using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedSocketRedis.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that add a health check of the Redis adapter.</summary>
public static class RedisHealthCheckExtensions
{
    /// <summary>Adds a check of the connection to Redis and of this node's subscriptions.</summary>
    /// <remarks>
    /// Healthy: every namespace received something lately. Degraded: Redis is not connected, or the subscriptions are not verified
    /// yet, for example just after the start; the node serves its own clients. Unhealthy: Redis is connected and a namespace receives
    /// nothing. Data: <c>connected</c>, <c>namespaces</c>, <c>unhealthy</c>, <c>unresponsive</c>, <c>secondsSinceLastProbe</c>, and
    /// <c>reason</c> while Redis is not connected and the reason is known.
    /// </remarks>
    /// <param name="builder">The builder that <c>AddHealthChecks</c> returned.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">The status of a node with unresponsive subscriptions, or null for unhealthy.</param>
    /// <param name="tags">The tags that checks can be selected by.</param>
    /// <returns>The same builder.</returns>
    /// <example><code>
    /// builder.Services.AddHealthChecks().AddSocketIORedis();
    /// app.MapHealthChecks("/healthz");
    /// </code></example>
    public static IHealthChecksBuilder AddSocketIORedis(
        this IHealthChecksBuilder builder, string name = "socketio-redis", HealthStatus? failureStatus = null,
            IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name, static services => new RedisHealthCheck(services), failureStatus, tags));
    }
}
