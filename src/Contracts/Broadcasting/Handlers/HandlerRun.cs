using System.Runtime.InteropServices;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The observation of the handlers of one event: their span, their log scope and their time.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct HandlerRun : IDisposable
{
    private readonly GuardedSpan _span;
    private readonly GuardedScope _scope;
    private readonly HandlerDurations? _durations;
    private readonly ObservedEvent _handled;
    private readonly TimeProvider _time;
    private readonly long _started;

    /// <summary>Starts the observation.</summary>
    /// <param name="handled">The event.</param>
    /// <param name="scope">The log scope.</param>
    /// <param name="durations">The histogram, or null if the time is not measured.</param>
    /// <param name="time">The clock.</param>
    public HandlerRun(in ObservedEvent handled, GuardedScope scope, HandlerDurations? durations, TimeProvider time)
    {
        (_handled, _scope, _durations, _time) = (handled, scope, durations, time);
        _span = EventTracing.Handle(handled.Path, handled.IsNamed ? handled.Name : null, handled.Sender);
        _started = durations is null ? 0 : time.GetTimestamp();
    }

    /// <summary>Ends the observation.</summary>
    public void Dispose()
    {
        _durations?.Record(_time.GetElapsedTime(_started), _handled);
        _span.Dispose();
        _scope.Dispose();
    }
}
