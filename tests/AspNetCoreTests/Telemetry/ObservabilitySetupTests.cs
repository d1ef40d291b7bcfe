using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Xunit;

namespace TypedSocketRedis.Tests.Telemetry;

/// <summary>A server with the setup of the page about observability, and exporters in memory.</summary>
[Collection(Traced.Name)]
public class ObservabilitySetupTests
{
    [Fact]
    public async Task The_setup_exports_spans_metrics_and_log_entries()
    {
        var (spans, metrics, entries) = (new Spans(), new List<Metric>(), new List<LogRecord>());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        ObservabilitySetup.Add(builder);
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddInMemoryExporter(spans));
        builder.Services.ConfigureOpenTelemetryMeterProvider(metering => metering.AddInMemoryExporter(metrics));
        builder.Services.ConfigureOpenTelemetryLoggerProvider(logging => logging.AddInMemoryExporter(entries));
        builder.Services.AddSocketIO();
        await using var app = builder.Build();
        _ = (app.Services.GetService<TracerProvider>(), app.Services.GetService<LoggerProvider>());
        var meters = app.Services.GetRequiredService<MeterProvider>();
        var io = app.Services.GetRequiredService<SocketIOServer>();
        io.Of("/").OnServerEvent("news", _ => Task.FromException(new NotSupportedException()));

        await io.Namespaces.Of("/").Adapter.ServerEvents.DispatchAsync("news", SocketArguments.Of(1), ack: null);

        meters.ForceFlush();
        Assert.Equal("news", Assert.Single(spans).GetTagItem("socketio.event"));
        Assert.Contains(metrics, metric => metric.Name == "typedsocketredis.server.handlers.duration");
        var entry = Assert.Single(entries, one => one.EventId.Name == "ServerEventFailed");
        var scope = new List<string>();
        entry.ForEachScope(static (values, to) =>
        {
            foreach (var value in values) to.Add($"{value.Key}={value.Value}");
        }, scope);
        Assert.Equal(["Namespace=/", "Event=news"], scope.Where(one => !one.Contains("Id=", StringComparison.Ordinal)));
        Assert.Equal(Assert.Single(spans).SpanId, entry.SpanId);
    }
}
