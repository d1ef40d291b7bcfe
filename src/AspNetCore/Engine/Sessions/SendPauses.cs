using System.Diagnostics.CodeAnalysis;

namespace TypedSocketRedis.Engine;

/// <summary>The sessions that pause sending for a few milliseconds after a CONNECT packet.</summary>
/// <remarks>
/// <para>A client that adds its event listeners only after it has received the CONNECT packet misses an event that it reads together with
/// that packet: WebSocket libraries raise all messages of one read before the caller's continuation runs. Two writes to a connection in
/// quick succession can be read at once, and no API of ASP.NET Core reports when a write has left the machine, so only time separates
/// them.</para>
/// <para>The clock is always the system's, even if the application uses another one: the pause is for the network, and an application
/// that stops its clock still expects its events to be sent.</para>
/// </remarks>
internal sealed class SendPauses : IDisposable
{
    /// <summary>The length of a pause.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// The maximum number of pauses per session, so that a client of hundreds of namespaces does not wait for each of them.
    /// </summary>
    public const int MaxPerSession = 8;

    private readonly Lock _gate = new();
    private readonly Queue<(EngineSession Session, long Started)> _sessions = [];
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    /// <summary>Initializes a new instance of the <see cref="SendPauses"/> class.</summary>
    /// <param name="time">The clock.</param>
    public SendPauses(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static self => ((SendPauses)self!).End(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Starts the pause of a session that is already corked; the end of the pause uncorks it.</summary>
    /// <param name="session">The session.</param>
    public void Add(EngineSession session)
    {
        lock (_gate)
        {
            _sessions.Enqueue((session, _time.GetTimestamp()));
            if (_sessions.Count == 1) _timer.Change(Length, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void End()
    {
        while (TryTake(out var session)) session.Uncork();
    }

    private bool TryTake([NotNullWhen(true)] out EngineSession? session)
    {
        session = null;
        lock (_gate)
        {
            if (!_sessions.TryPeek(out var first)) return false;
            var left = Length - _time.GetElapsedTime(first.Started);
            if (left > TimeSpan.Zero)
            {
                // The timer counts whole milliseconds.
                _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                return false;
            }

            session = _sessions.Dequeue().Session;
            return true;
        }
    }
}
