using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A clock that stands still and records the times of its timers.</summary>
internal sealed class RecordingTime : FakeTimeProvider
{
    private readonly ConcurrentBag<TimeSpan> _due = [];

    /// <summary>Returns <c>true</c> if a timer of some time was created.</summary>
    public bool Waits(TimeSpan due) => _due.Contains(due);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _due.Add(dueTime);
        return timer;
    }
}
