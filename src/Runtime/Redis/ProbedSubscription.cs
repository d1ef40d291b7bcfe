namespace TypedSocketRedis.Redis;

/// <summary>A subscription that has to show that its messages arrive; any message of its own shows it.</summary>
/// <param name="probe">The message that is sent when no other arrives.</param>
/// <param name="time">The clock.</param>
internal sealed class ProbedSubscription(BusProbe probe, TimeProvider time)
{
    private long _arrived;
    private long _seen;
    private long _last = time.GetTimestamp();
    private volatile ProbeRound? _round;

    public BusProbe Probe { get; } = probe;

    /// <summary>Takes note of a message; called on the thread that reads the connection.</summary>
    public void Arrived()
    {
        Volatile.Write(ref _arrived, _arrived + 1);
        _round?.Arrived(this);
    }

    /// <summary>Returns the time since a message is known to have arrived, as exact as the calls are frequent.</summary>
    /// <param name="isActive">Whether a message arrived since the last call.</param>
    public TimeSpan TimeSinceLastMessage(out bool isActive)
    {
        var arrived = Volatile.Read(ref _arrived);
        isActive = arrived != _seen;
        if (isActive) (_seen, _last) = (arrived, time.GetTimestamp());
        return time.GetElapsedTime(_last);
    }

    /// <summary>Tells a round of the next message, or no round any more.</summary>
    public void Report(ProbeRound? round) => _round = round;
}
