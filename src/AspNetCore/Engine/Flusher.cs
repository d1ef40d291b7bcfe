using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Engine;

/// <summary>Writes what is queued: one pass over the dirty sessions, one flush for each, at most one pass at a time.</summary>
/// <remarks>
/// A pass takes all sessions that became dirty before it, so events that are sent faster than the passes run leave
/// together, in one write for each client.
/// </remarks>
internal sealed class Flusher(ILogger logger, LogGate gate) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private List<EngineSession> _dirty = [];
    private List<EngineSession> _spare = [];
    private bool _running;

    /// <summary>Adds a session to the next pass; the session sees to it that it is in there once.</summary>
    public void Add(EngineSession session)
    {
        lock (_gate)
        {
            _dirty.Add(session);
            if (_running) return;
            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        while (true)
        {
            List<EngineSession> pass;
            lock (_gate)
            {
                if (_dirty.Count == 0)
                {
                    _running = false;
                    return;
                }

                (pass, _dirty, _spare) = (_dirty, _spare, _dirty);
            }

            foreach (var session in pass) Flush(session);
            pass.Clear();
        }
    }

    /// <summary>Flushes one session at once.</summary>
    public void Flush(EngineSession session)
    {
        try
        {
            session.Flush();
        }
        catch (Exception exception)
        {
            // Whatever is wrong with one client's transport, the pass goes on with the others.
            if (gate.TryEnter($"flush {exception.GetType()}")) EngineLog.FlushFailed(logger, exception);
            session.Close(DisconnectReason.TransportError, CloseMode.Abort);
        }
    }
}
