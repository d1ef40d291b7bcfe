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
    /// <param name="name">The check's name, or null for <c>socketio-redis</c>, followed by a hyphen and the name of a named server.</param>
    /// <param name="failureStatus">The status of a node with unresponsive subscriptions, or null for unhealthy.</param>
    /// <param name="tags">The tags that checks can be selected by.</param>
    /// <param name="server">The name of the server, or null for the default server.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">The builder is null.</exception>
    /// <example><code>
    /// builder.Services.AddHealthChecks().AddSocketIORedis();
    /// app.MapHealthChecks("/healthz");
    /// </code></example>
    public static IHealthChecksBuilder AddSocketIORedis(
        this IHealthChecksBuilder builder, string? name = null, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null,
        string? server = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        name ??= string.IsNullOrEmpty(server) ? "socketio-redis" : $"socketio-redis-{server}";
        return builder.Add(new HealthCheckRegistration(name, services => new RedisHealthCheck(services, server), failureStatus, tags));
    }
}
