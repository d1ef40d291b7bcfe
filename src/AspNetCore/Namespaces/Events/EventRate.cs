namespace TypedSocketRedis.Namespaces;

/// <summary>The rate limit of one client: a burst of one second's events, then the constant rate.</summary>
/// <remarks>Used only by the reader of the connection, one packet at a time.</remarks>
/// <param name="perSecond">The rate in packets per second.</param>
/// <param name="time">The clock.</param>
internal sealed class EventRate(int perSecond, TimeProvider time)
{
    // The time at which all packets so far would have been due at an even rate.
    private long _due;

    /// <summary>Counts one packet.</summary>
    /// <returns>The delay before the packet is handled.</returns>
    public TimeSpan Take()
    {
        var second = time.TimestampFrequency;
        var now = time.GetTimestamp();
        _due = Math.Max(_due, now - second) + (second / perSecond);
        return _due <= now ? TimeSpan.Zero : time.GetElapsedTime(now, _due);
    }
}
