using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedSocketRedis.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Tells whether a server hears the other nodes.</summary>
public static class RedisHealthCheckExtensions
{
    /// <summary>Adds a check of this node's way to the others.</summary>
    /// <remarks>
    /// Healthy: every namespace received something lately. Degraded: Redis is away, or hearing is not proven yet, for example just
    /// after the start; the node serves its own clients. Unhealthy: Redis is connected and the node does not hear.
    /// Data: <c>connected</c>, <c>namespaces</c>, <c>unhealthy</c>, <c>unresponsive</c>, <c>secondsSinceLastProbe</c>, and <c>reason</c> while Redis is not connected and the reason is known.
    /// </remarks>
    /// <param name="builder">What <c>AddHealthChecks</c> returned.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What a deaf node reports; unhealthy when null.</param>
    /// <param name="tags">Labels to choose checks by.</param>
    /// <returns>The same builder.</returns>
    /// <example><code>
    /// builder.Services.AddHealthChecks().AddSocketIORedis();
    /// app.MapHealthChecks("/healthz");
    /// </code></example>
    public static IHealthChecksBuilder AddSocketIORedis(
        this IHealthChecksBuilder builder, string name = "socketio-redis", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name, static services => new RedisHealthCheck(services), failureStatus, tags));
    }
}
