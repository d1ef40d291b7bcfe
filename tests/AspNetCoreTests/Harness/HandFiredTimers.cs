using Microsoft.Extensions.Time.Testing;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>A clock whose timers fire only when a test calls <see cref="Fire"/>, like late timers on a busy machine.</summary>
public sealed class HandFiredTimers : TimeProvider
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<Action> _callbacks = [];

    public override long TimestampFrequency => _time.TimestampFrequency;

    public override long GetTimestamp() => _time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _time.GetUtcNow();

    public void Advance(TimeSpan time) => _time.Advance(time);

    public void Fire()
    {
        Action[] callbacks;
        lock (_callbacks) callbacks = [.. _callbacks];
        foreach (var callback in callbacks) callback();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_callbacks) _callbacks.Add(() => callback(state));
        return new Idle();
    }

    private sealed class Idle : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
