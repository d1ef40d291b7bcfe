using Microsoft.Extensions.Time.Testing;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>A clock that stands still, except for timers that are due in less than 100 milliseconds when they are created.</summary>
internal sealed class ShortWaits : FakeTimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        dueTime >= TimeSpan.Zero && dueTime < TimeSpan.FromMilliseconds(100)
            ? System.CreateTimer(callback, state, dueTime, period)
            : base.CreateTimer(callback, state, dueTime, period);
}
