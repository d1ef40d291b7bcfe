namespace TypedSocketRedis.Redis;

/// <summary>A subscription that is checked for received messages; any message on it is sufficient.</summary>
/// <param name="probe">The message that is sent when no other arrives.</param>
/// <param name="timings">The times.</param>
internal sealed class ProbedSubscription(BusProbe probe, BusTimings timings)
{
    private long _arrived;
    private long _seen;
    private long _last = timings.Clock.GetTimestamp();
    private TaskCompletionSource? _next;

    public BusProbe Probe { get; } = probe;

    /// <summary>Records a message; called on the thread that reads the connection.</summary>
    public void Arrived()
    {
        Volatile.Write(ref _arrived, _arrived + 1);
        if (Volatile.Read(ref _next) is not null) Interlocked.Exchange(ref _next, null)?.TrySetResult();
    }

    /// <summary>Returns a task that completes with the next message; the one of an earlier call does not.</summary>
    public Task NextAsync()
    {
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _next, next);
        return next.Task;
    }

    /// <summary>Returns the time since a message is known to have arrived, as exact as the calls are frequent.</summary>
    /// <param name="isActive">A value indicating whether a message arrived since the last call.</param>
    public TimeSpan TimeSinceLastMessage(out bool isActive)
    {
        var arrived = Volatile.Read(ref _arrived);
        isActive = arrived != _seen;
        if (isActive) (_seen, _last) = (arrived, timings.Clock.GetTimestamp());
        return timings.Since(_last);
    }
}
