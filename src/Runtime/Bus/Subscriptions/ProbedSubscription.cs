namespace TypedSocketRedis.Redis;

/// <summary>A subscription that is checked for received messages; any message on it is sufficient.</summary>
/// <param name="probe">The message that is sent when no other arrives.</param>
/// <param name="time">The clock.</param>
internal sealed class ProbedSubscription(BusProbe probe, TimeProvider time)
{
    private long _arrived;
    private long _seen;
    private long _last = time.GetTimestamp();
    private volatile ProbeRound? _round;

    public BusProbe Probe { get; } = probe;

    /// <summary>Records a message; called on the thread that reads the connection.</summary>
    public void Arrived()
    {
        Volatile.Write(ref _arrived, _arrived + 1);
        _round?.Arrived(this);
    }

    /// <summary>Returns the time since a message is known to have arrived, as exact as the calls are frequent.</summary>
    /// <param name="isActive">A value indicating whether a message arrived since the last call.</param>
    public TimeSpan TimeSinceLastMessage(out bool isActive)
    {
        var arrived = Volatile.Read(ref _arrived);
        isActive = arrived != _seen;
        if (isActive) (_seen, _last) = (arrived, time.GetTimestamp());
        return time.GetElapsedTime(_last);
    }

    /// <summary>Sets the round that is notified of the next message, or none.</summary>
    public void Report(ProbeRound? round) => _round = round;
}
