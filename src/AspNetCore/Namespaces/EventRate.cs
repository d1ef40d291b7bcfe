namespace TypedSocketRedis.Namespaces;

/// <summary>How fast one client may send: a second's worth at once, then as fast as the rate says.</summary>
/// <remarks>Only the reading of the connection uses it, one packet at a time.</remarks>
/// <param name="perSecond">The rate.</param>
/// <param name="time">The clock.</param>
internal sealed class EventRate(int perSecond, TimeProvider time)
{
    // When the packets taken so far would all have been due, had they come evenly.
    private long _due;

    /// <summary>Takes one packet.</summary>
    /// <returns>How long it is to wait before it is handled.</returns>
    public TimeSpan Take()
    {
        var second = time.TimestampFrequency;
        var now = time.GetTimestamp();
        _due = Math.Max(_due, now - second) + (second / perSecond);
        return _due <= now ? TimeSpan.Zero : time.GetElapsedTime(now, _due);
    }
}
