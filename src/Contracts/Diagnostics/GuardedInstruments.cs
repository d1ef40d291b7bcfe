using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TypedSocketRedis.Broadcasting;

/// <summary>Creates instruments whose listeners can throw without effect on the code that measures.</summary>
/// <remarks>A listener runs inside the measurement: its exception would refuse clients, or end the process if a timer measures.</remarks>
internal static class GuardedInstruments
{
    public static GuardedCounter Counter(
        this Meter meter, string name, string? unit, string description, string server = "") =>
        new(Create(() => meter.CreateCounter<long>(name, unit, description)), ServerTag.Of(server));

    public static GuardedUpDownCounter UpDownCounter(
        this Meter meter, string name, string? unit, string description, string server = "") =>
        new(Create(() => meter.CreateUpDownCounter<long>(name, unit, description)), ServerTag.Of(server));

    public static GuardedHistogram Histogram(
        this Meter meter, string name, string? unit, string description, string server = "") =>
        new(Create(() => meter.CreateHistogram<double>(name, unit, description)), ServerTag.Of(server));

    /// <summary>Creates a gauge that a listener reads.</summary>
    public static void Gauge(this Meter meter, string name, string? unit, string description, Func<IEnumerable<Measurement<int>>> read) =>
        Create(() => meter.CreateObservableGauge(name, read, unit, description));

    // Listeners are notified of a new instrument inside the call that creates it.
    private static T? Create<T>(Func<T> create)
        where T : Instrument
    {
        try
        {
            return create();
        }
        catch (Exception)
        {
            return null;
        }
    }
}

/// <summary>The tag that tells the measurements of the servers of an application apart.</summary>
internal static class ServerTag
{
    /// <summary>Returns the tags of all measurements of a server: none for the default server, which has no name.</summary>
    public static KeyValuePair<string, object?>[] Of(string server) => server.Length == 0 ? [] : [new("server", server)];
}

/// <summary>A counter that never throws.</summary>
/// <param name="inner">The instrument, or null if it could not be created.</param>
/// <param name="tags">The tags of every measurement: the server, if it has a name.</param>
internal sealed class GuardedCounter(Counter<long>? inner, KeyValuePair<string, object?>[] tags)
{
    public void Add(long delta)
    {
        try
        {
            inner?.Add(delta, tags);
        }
        catch (Exception)
        {
            // A listener threw, which must not affect the caller.
        }
    }

    public void Add(long delta, KeyValuePair<string, object?> tag)
    {
        try
        {
            if (tags is [var server]) inner?.Add(delta, tag, server);
            else inner?.Add(delta, tag);
        }
        catch (Exception)
        {
            // A listener threw, which must not affect the caller.
        }
    }
}

/// <summary>A counter in both directions that never throws.</summary>
/// <param name="inner">The instrument, or null if it could not be created.</param>
/// <param name="tags">The tags of every measurement: the server, if it has a name.</param>
internal sealed class GuardedUpDownCounter(UpDownCounter<long>? inner, KeyValuePair<string, object?>[] tags)
{
    public void Add(long delta)
    {
        try
        {
            inner?.Add(delta, tags);
        }
        catch (Exception)
        {
            // A listener threw, which must not affect the caller.
        }
    }
}

/// <summary>A histogram that never throws.</summary>
/// <param name="inner">The instrument, or null if it could not be created.</param>
/// <param name="tags">The tags of every measurement: the server, if it has a name.</param>
internal sealed class GuardedHistogram(Histogram<double>? inner, KeyValuePair<string, object?>[] tags)
{
    /// <summary>Gets a value indicating whether a listener is interested, so that values need to be measured.</summary>
    public bool IsEnabled => inner is { Enabled: true };

    public void Record(double value, in TagList tags)
    {
        try
        {
            inner?.Record(value, tags);
        }
        catch (Exception)
        {
            // A listener threw, which must not affect the caller.
        }
    }

    public void Record(double value)
    {
        try
        {
            inner?.Record(value, tags);
        }
        catch (Exception)
        {
            // A listener threw, which must not affect the caller.
        }
    }
}
