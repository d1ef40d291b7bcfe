using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Engine;

/// <summary>The deadlines of all sessions, served by one timer.</summary>
/// <remarks>
/// All sessions have the same delay for the same kind of deadline, so the deadlines of one kind form a queue in which the last one to
/// start is due last, or nearly last: starting and stopping are O(1), and the timer depends only on the heads of the queues. Expirations
/// have delays of their own: starting and stopping one is logarithmic.
/// </remarks>
internal sealed class DeadlineScheduler : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long[] _delays;
    private readonly DeadlineQueue[] _queues;
    private readonly ILogger _logger;
    private readonly LogGate _logGate;
    private ITimer? _timer;
    private long _armedFor = long.MaxValue;

    /// <summary>Initializes a new instance of the <see cref="DeadlineScheduler"/> class.</summary>
    /// <param name="options">The settings, which contain most of the delays.</param>
    /// <param name="connectTimeout">The time a session can stay open without joining a namespace, or null for no limit.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The logger of unexpected exceptions.</param>
    /// <param name="logGate">The gate that limits log entries.</param>
    public DeadlineScheduler(EngineIOOptions options, TimeSpan? connectTimeout, TimeProvider time, ILogger logger, LogGate logGate)
    {
        _time = time;
        _logger = logger;
        _logGate = logGate;
        LimitsConnecting = connectTimeout is not null;
        TimeSpan[] delays = [options.PingInterval, options.PingTimeout, connectTimeout ?? default, options.UpgradeTimeout, CloseTimeout,
            DrainTimeout, connectTimeout ?? default, PauseLength, default, options.PingInterval + options.PingTimeout];
        _delays = [.. delays.Select(delay => ToTimestamp(delay, time))];
        _queues = [.. delays.Select((_, kind) => new DeadlineQueue((Deadline)kind))];
    }

    /// <summary>Gets a value indicating whether a session is closed if it joins no namespace in time.</summary>
    public bool LimitsConnecting { get; }

    /// <summary>The time a client has to complete an orderly close before its connection is aborted: 5 seconds.</summary>
    public static TimeSpan CloseTimeout { get; } = TimeSpan.FromSeconds(5);

    /// <summary>The time a client's queue may exceed its budget: 5 seconds.</summary>
    public static TimeSpan DrainTimeout { get; } = TimeSpan.FromSeconds(5);

    /// <summary>The time between a CONNECT packet and the frames behind it: 5 milliseconds.</summary>
    public static TimeSpan PauseLength { get; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Returns a task that completes after a delay.</summary>
    public Task DelayAsync(TimeSpan delay) => Task.Delay(delay, _time);

    /// <summary>Starts or restarts a deadline.</summary>
    public void Start(DeadlineEntry entry, Deadline kind)
    {
        lock (_gate) Start(entry, kind, _time.GetTimestamp() + _delays[(int)kind]);
    }

    /// <summary>Starts or restarts a deadline with a delay of its own.</summary>
    /// <param name="entry">The deadline.</param>
    /// <param name="kind">The kind of the deadline.</param>
    /// <param name="delay">The delay. A negative one counts as zero.</param>
    public void Start(DeadlineEntry entry, Deadline kind, TimeSpan delay)
    {
        lock (_gate) Start(entry, kind, _time.GetTimestamp() + Math.Max(0, ToTimestamp(delay, _time)));
    }

    /// <summary>Restarts a deadline from the time at which it was due, which has passed.</summary>
    /// <remarks>
    /// The lateness of a timer is thus not added to the next deadline. At least half of the next delay remains in any case, so that
    /// clients are not disconnected because the server was busy or suspended.
    /// </remarks>
    public void StartNext(DeadlineEntry entry, Deadline kind)
    {
        lock (_gate)
        {
            var delay = _delays[(int)kind];
            Start(entry, kind, Math.Max(entry.Due + delay, _time.GetTimestamp() + (delay / 2)));
        }
    }

    /// <summary>Returns a value indicating whether a deadline has passed, even if the timer has not fired yet.</summary>
    public bool IsDue(DeadlineEntry entry)
    {
        lock (_gate) return entry.Due <= _time.GetTimestamp();
    }

    public void Stop(DeadlineEntry? entry)
    {
        if (entry is null) return;
        lock (_gate) Remove(entry);
    }

    public DateTimeOffset Now => _time.GetUtcNow();

    public void Dispose()
    {
        lock (_gate)
        {
            // No deadline is earlier, so that none creates a timer afterwards.
            _armedFor = long.MinValue;
            _timer?.Dispose();
        }
    }

    private void Start(DeadlineEntry entry, Deadline kind, long due)
    {
        Remove(entry);
        _queues[(int)kind].Add(entry, due);
        if (due < _armedFor) Arm(due);
    }

    private static long ToTimestamp(TimeSpan delay, TimeProvider time) =>
        (long)Math.Ceiling(delay.Ticks / (decimal)TimeSpan.TicksPerSecond * time.TimestampFrequency);

    private void Remove(DeadlineEntry entry) => _queues[(int)entry.Kind].Remove(entry);

    private void Tick()
    {
        List<DeadlineEntry> due = [];
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            var next = long.MaxValue;
            foreach (var queue in _queues)
            {
                while (queue.First is { } first && first.Due <= now)
                {
                    queue.Remove(first);
                    due.Add(first);
                }

                if (queue.First is { } waiting) next = Math.Min(next, waiting.Due);
            }

            _armedFor = long.MaxValue;
            if (next != long.MaxValue) Arm(next);
        }

        foreach (var entry in due) Call(entry);
    }

    private void Call(DeadlineEntry entry)
    {
        try
        {
            entry.OnDue();
        }
        catch (Exception exception)
        {
            // On a timer's thread an exception would end the process, and with it every other session.
            if (_logGate.TryEnter($"timer {exception.GetType()}")) SocketIOLog.InternalErrorOccurred(_logger, exception);
        }
    }

    private void Arm(long due)
    {
        _armedFor = due;
        var wait = _time.GetElapsedTime(_time.GetTimestamp(), due);

        // The timer counts whole milliseconds: rounding up keeps it from firing just before the deadline.
        var milliseconds = Math.Clamp(Math.Ceiling(wait.TotalMilliseconds), 1, int.MaxValue);
        _timer ??= _time.CreateTimer(
            static self => ((DeadlineScheduler)self!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }
}
