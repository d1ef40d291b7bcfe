using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Engine;

/// <summary>Every delay of every session on one timer.</summary>
/// <remarks>
/// All sessions wait equally long for the same thing, so each kind of delay is a line in which the last one to start is due
/// last, or nearly: starting and stopping are O(1), and only the heads of the lines matter to the timer.
/// </remarks>
internal sealed class Heartbeats : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long[] _delays;
    private readonly Countdown.Line[] _lines;
    private readonly ITimer _timer;
    private readonly ILogger _logger;
    private readonly LogGate _logGate;
    private long _armedFor = long.MaxValue;

    /// <summary>Makes the lines.</summary>
    /// <param name="options">Where most delays are from.</param>
    /// <param name="connectTimeout">How long whoever is on top of a session may have no use for it; null: for ever.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The logger of unexpected exceptions.</param>
    /// <param name="logGate">The gate of log entries.</param>
    public Heartbeats(EngineIOOptions options, TimeSpan? connectTimeout, TimeProvider time, ILogger logger, LogGate logGate)
    {
        _time = time;
        _logger = logger;
        _logGate = logGate;
        LimitsConnecting = connectTimeout is not null;
        TimeSpan[] delays = [options.PingInterval, options.PingTimeout, connectTimeout ?? default, options.UpgradeTimeout, CloseTimeout, DrainTimeout, connectTimeout ?? default];
        _delays = [.. delays.Select(delay => (long)Math.Ceiling(delay.Ticks / (decimal)TimeSpan.TicksPerSecond * time.TimestampFrequency))];
        _lines = [.. delays.Select((_, kind) => new Countdown.Line((Deadline)kind))];
        _timer = time.CreateTimer(static self => ((Heartbeats)self!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether a session ends when whoever is on top of it has no use for it.</summary>
    public bool LimitsConnecting { get; }

    /// <summary>How long a client may take to answer an orderly end before its connection is cut.</summary>
    public static TimeSpan CloseTimeout { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How long more than a client's budget may wait for it.</summary>
    public static TimeSpan DrainTimeout { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Starts a countdown, or starts it anew.</summary>
    public void Start(Countdown countdown, Deadline kind)
    {
        lock (_gate) Start(countdown, kind, _time.GetTimestamp() + _delays[(int)kind]);
    }

    /// <summary>Starts a countdown again at the time when it was due, which has passed.</summary>
    /// <remarks>
    /// The delay of a timer is thus not added to the next deadline. Half of the next delay remains in any case, so that
    /// clients are not blamed for a server that was busy or suspended.
    /// </remarks>
    public void StartNext(Countdown countdown, Deadline kind)
    {
        lock (_gate)
        {
            var delay = _delays[(int)kind];
            Start(countdown, kind, Math.Max(countdown.Due + delay, _time.GetTimestamp() + (delay / 2)));
        }
    }

    /// <summary>Whether a countdown's deadline has passed, also when the timer has not fired yet.</summary>
    public bool IsDue(Countdown countdown)
    {
        lock (_gate) return countdown.Due <= _time.GetTimestamp();
    }

    public void Stop(Countdown? countdown)
    {
        if (countdown is null) return;
        lock (_gate) countdown.Leave();
    }

    public DateTimeOffset Now => _time.GetUtcNow();

    public void Dispose() => _timer.Dispose();

    private void Start(Countdown countdown, Deadline kind, long due)
    {
        countdown.Leave();
        _lines[(int)kind].Add(countdown, due);
        if (due < _armedFor) Arm(due);
    }

    private void Tick()
    {
        List<Countdown> due = [];
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            var next = long.MaxValue;
            foreach (var line in _lines)
            {
                while (line.First is { } first && first.Due <= now)
                {
                    first.Leave();
                    due.Add(first);
                }

                if (line.First is { } waiting) next = Math.Min(next, waiting.Due);
            }

            _armedFor = long.MaxValue;
            if (next != long.MaxValue) Arm(next);
        }

        foreach (var countdown in due) Call(countdown);
    }

    private void Call(Countdown countdown)
    {
        try
        {
            countdown.Owner.OnDue(countdown.Kind);
        }
        catch (Exception exception)
        {
            // On a timer's thread an exception would end the process, and with it every other session.
            if (_logGate.TryEnter($"timer {exception.GetType()}")) EngineLog.Unexpected(_logger, exception);
        }
    }

    private void Arm(long due)
    {
        _armedFor = due;
        var wait = _time.GetElapsedTime(_time.GetTimestamp(), due);

        // The timer counts whole milliseconds: rounding up keeps it from firing in vain just before.
        var milliseconds = Math.Clamp(Math.Ceiling(wait.TotalMilliseconds), 1, int.MaxValue);
        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }
}
