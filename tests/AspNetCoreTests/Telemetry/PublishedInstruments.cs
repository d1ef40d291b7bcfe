using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NSubstitute;

namespace TypedSocketRedis.Tests.Telemetry;

/// <summary>All instruments of the library, as a server with a Redis adapter and one with another adapter publish them.</summary>
internal static class PublishedInstruments
{
    // Nothing listens on port 1.
    private const string NoRedis = "127.0.0.1:1,connectTimeout=200";

    private const string Foreign = "foreign";

    /// <summary>Runs an action with a started application that has all instruments.</summary>
    /// <param name="configure">The action that is given the builder of the application.</param>
    /// <param name="map">The action that adds endpoints.</param>
    /// <param name="action">The action that is given the application and its instruments, by name.</param>
    public static async Task UseAsync(
        Action<WebApplicationBuilder> configure, Action<WebApplication> map,
        Func<WebApplication, IReadOnlyDictionary<string, Instrument>, Task> action)
    {
        var instruments = new SortedDictionary<string, Instrument>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name != SocketIOTelemetry.MeterName) return;
                lock (instruments) instruments[instrument.Name] = instrument;
            },
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSocketIO().AddRedisAdapter(NoRedis);
        builder.Services.AddSocketIO(Foreign).AddAdapter(_ => Substitute.For<ISocketAdapter>());
        configure(builder);
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapSocketIO();
        app.MapSocketIO($"/{Foreign}/", Foreign);
        map(app);
        listener.Start();
        await app.StartAsync();
        SortedDictionary<string, Instrument> copy;
        lock (instruments) copy = new(instruments, StringComparer.Ordinal);
        await action(app, copy);
    }

    /// <summary>Returns the kind of an instrument as the page about observability names it.</summary>
    public static string Kind(this Instrument instrument) => instrument switch
    {
        Counter<long> => "counter",
        UpDownCounter<long> => "up-down counter",
        Histogram<double> => "histogram",
        ObservableGauge<int> => "gauge",
        _ => throw new NotSupportedException($"{instrument.GetType()} has no name."),
    };

    /// <summary>Records a measurement, unless the instrument is observed.</summary>
    public static void Measure(this Instrument instrument)
    {
        switch (instrument)
        {
            case Counter<long> counter:
                counter.Add(1);
                break;
            case UpDownCounter<long> counter:
                counter.Add(1);
                break;
            case Histogram<double> histogram:
                histogram.Record(1);
                break;
        }
    }
}
