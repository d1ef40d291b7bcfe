using System.Diagnostics.Metrics;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>The measurements of one histogram of one server.</summary>
public sealed class Durations : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<(double Seconds, string Tags)> _measured = [];

    public Durations(TestServer server, string name)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == name && instrument.Meter.Scope == server.Meters) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, value, tags, _) =>
        {
            var text = string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
            lock (_measured) _measured.Add((value, text));
        });
        _listener.Start();
    }

    /// <summary>Waits for a number of measurements and returns them, each with its tags as text.</summary>
    public async Task<IReadOnlyList<(double Seconds, string Tags)>> TakeAsync(int count)
    {
        var patience = TestServer.Patience;
        while (true)
        {
            lock (_measured)
            {
                if (_measured.Count >= count) return [.. _measured];
            }

            patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public void Dispose() => _listener.Dispose();
}
