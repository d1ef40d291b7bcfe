namespace TypedSocketRedis;

/// <summary>The names under which an application collects the traces and metrics of this library.</summary>
/// <example><code>
/// builder.Services.AddOpenTelemetry()
///     .WithTracing(tracing => tracing.AddSource(SocketIOTelemetry.ActivitySourceName))
///     .WithMetrics(metrics => metrics.AddMeter(SocketIOTelemetry.MeterName));
/// </code></example>
public static class SocketIOTelemetry
{
    /// <summary>The name of the source of all spans: <c>TypedSocketRedis</c>.</summary>
    public const string ActivitySourceName = "TypedSocketRedis";

    /// <summary>The name of the meter of all metrics: <c>TypedSocketRedis</c>.</summary>
    public const string MeterName = "TypedSocketRedis";
}
