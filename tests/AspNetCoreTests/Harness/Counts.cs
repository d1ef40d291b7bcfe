using System.Diagnostics.Metrics;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>The measurements of one counter of one server.</summary>
public sealed class Counts : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<Dictionary<string, object?>> _measured = [];
    private long _sum;

    public Counts(TestServer server, string name)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == name && instrument.Meter.Scope == server.Meters) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            Interlocked.Add(ref _sum, value);
            lock (_measured) _measured.Add(tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value));
        });
        _listener.Start();
    }

    /// <summary>Returns the values of a tag in the order in which they were measured.</summary>
    public List<object?> Tags(string name)
    {
        lock (_measured) return [.. _measured.Select(tags => tags[name])];
    }

    /// <summary>The number of measurements.</summary>
    public int Times
    {
        get { lock (_measured) return _measured.Count; }
    }

    /// <summary>The sum of all measurements.</summary>
    public long Sum => Interlocked.Read(ref _sum);

    public void Dispose() => _listener.Dispose();
}
