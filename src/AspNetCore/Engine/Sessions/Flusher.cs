using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Engine;

/// <summary>Writes queued frames: each pass flushes every dirty session once, with at most one pass at a time.</summary>
/// <remarks>
/// A pass covers all sessions that became dirty before it, so events that are sent faster than the passes run leave together, in one
/// write per client.
/// </remarks>
internal sealed class Flusher(ILogger logger, LogGate gate) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private List<EngineSession> _dirty = [];
    private List<EngineSession> _spare = [];
    private bool _running;

    /// <summary>Adds a session to the next pass. The session makes sure that it is added only once.</summary>
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

    /// <summary>Flushes one session immediately.</summary>
    public void Flush(EngineSession session)
    {
        try
        {
            session.Flush();
        }
        catch (Exception exception)
        {
            // An exception of one client's transport must not end the pass for the others.
            if (gate.TryEnter($"flush {exception.GetType()}")) SocketIOLog.ClientWriteFailed(logger, exception);
            session.Close(new DisconnectInfo(DisconnectReason.TransportError, "Writing to the client failed.", exception), CloseMode.Abort);
        }
    }
}
