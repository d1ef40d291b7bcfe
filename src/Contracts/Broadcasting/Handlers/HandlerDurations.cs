using System.Diagnostics;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The histogram of the time that handlers take.</summary>
/// <param name="histogram">The instrument, in seconds.</param>
internal sealed class HandlerDurations(GuardedHistogram histogram)
{
    /// <summary>Gets a value indicating whether a listener is interested, so that times need to be measured.</summary>
    public bool IsEnabled => histogram.IsEnabled;

    /// <summary>Records the time of the handlers of one event.</summary>
    /// <param name="elapsed">The time.</param>
    /// <param name="handled">The event.</param>
    public void Record(TimeSpan elapsed, in ObservedEvent handled)
    {
        var tags = new TagList { { "namespace", handled.Group }, { "kind", handled.Kind } };
        if (handled.IsNamed) tags.Add("event", handled.Name);
        histogram.Record(elapsed.TotalSeconds, tags);
    }
}
