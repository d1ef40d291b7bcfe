using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TypedSocketRedis.Tests.Telemetry;

/// <summary>The setup of OpenTelemetry on the page about observability.</summary>
internal static class ObservabilitySetup
{
    public static void Add(WebApplicationBuilder builder)
    {
        // <setup>
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(SocketIOTelemetry.ActivitySourceName))
            .WithMetrics(metrics => metrics.AddMeter(SocketIOTelemetry.MeterName));
        builder.Logging.AddOpenTelemetry(logging => logging.IncludeScopes = true);
        // </setup>
    }
}
