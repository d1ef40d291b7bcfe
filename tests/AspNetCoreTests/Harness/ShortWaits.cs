using Microsoft.Extensions.Time.Testing;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>A clock that stands still, and for which waits of less than 100 milliseconds are over at once.</summary>
internal sealed class ShortWaits : FakeTimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        dueTime >= TimeSpan.Zero && dueTime < TimeSpan.FromMilliseconds(100)
            ? System.CreateTimer(callback, state, TimeSpan.Zero, period)
            : base.CreateTimer(callback, state, dueTime, period);
}
