using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;
using Xunit;

namespace TypedSocketRedis.Tests.Broadcasting;

/// <summary>Log entries and measurements, which never throw.</summary>
public class GuardedTests
{
    [Fact]
    public void Exceptions_of_a_logger_are_ignored()
    {
        var logger = GuardedLogger.Of(new Throwing());
        Assert.False(logger.IsEnabled(LogLevel.Error));
        Assert.Null(logger.BeginScope("scope"));
        logger.Log(LogLevel.Error, default, "state", null, (state, _) => state);
        Assert.Same(logger, GuardedLogger.Of(logger));
    }

    [Fact]
    public void Exceptions_of_a_listener_of_the_Redis_metrics_are_ignored()
    {
        using var metrics = new RedisMetrics();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, one) =>
            {
                if (ReferenceEquals(instrument.Meter, metrics.Meter)) one.EnableMeasurementEvents(instrument);
            },
        };
        var measured = 0;
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidOperationException($"{measured++}"));
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => throw new InvalidOperationException($"{measured++}"));
        listener.Start();
        Action[] all =
        [
            metrics.Published, metrics.PublishFailed, () => metrics.Received(1), () => metrics.Dropped(DropReason.Own), metrics.Incomplete,
            metrics.Unresponsive, metrics.Unreceived, () => metrics.Outage(TimeSpan.FromSeconds(1)),
        ];
        foreach (var measure in all) measure();
        Assert.Equal(all.Length + 1, measured);
    }

    [Fact]
    public void Exceptions_during_the_publication_of_an_instrument_are_ignored()
    {
        using var meter = new Meter("guarded");
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (ReferenceEquals(instrument.Meter, meter)) throw new InvalidOperationException("listener");
            },
        };
        listener.Start();
        meter.Counter("counter", null, "").Add(1, new KeyValuePair<string, object?>("reason", "one"));
        meter.UpDownCounter("both", null, "").Add(-1);
        meter.Histogram("histogram", null, "").Record(1);
        meter.Gauge("gauge", null, "", () => []);
    }

    private sealed class Throwing : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => throw new InvalidOperationException("scope");

        public bool IsEnabled(LogLevel logLevel) => throw new InvalidOperationException("enabled");

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
            string> formatter) =>
            throw new InvalidOperationException("log");
    }
}
