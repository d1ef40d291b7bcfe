using Microsoft.Extensions.Time.Testing;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A clock that advances only on request and counts the timers created.</summary>
internal sealed class CountingTime : FakeTimeProvider
{
    private int _timers;

    /// <summary>Gets the number of timers created.</summary>
    public int Timers => Volatile.Read(ref _timers);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _timers);
        return timer;
    }
}
