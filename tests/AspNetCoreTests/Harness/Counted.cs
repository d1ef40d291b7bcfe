using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>What one of a server's counters has counted; other tests of the process have servers, and meters, of their own.</summary>
internal sealed class Counted : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string?> _tags = new();
    private long _sum;

    public Counted(TestServer server, string name)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == name && Equals(instrument.Meter.Scope, server.Meters)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            Interlocked.Add(ref _sum, value);
            if (tags.Length > 0) _tags.Enqueue(tags[0].Value?.ToString());
        });
        _listener.Start();
    }

    public long Sum => Interlocked.Read(ref _sum);

    /// <summary>The first tag of each measurement, in order.</summary>
    public IReadOnlyList<string?> Tags => [.. _tags];

    public void Dispose() => _listener.Dispose();
}
