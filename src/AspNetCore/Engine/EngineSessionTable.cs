using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TypedSocketRedis.Engine;

/// <summary>Why a session was taken or not.</summary>
internal enum SessionPlace
{
    Taken,

    /// <summary>There are as many sessions as there may be.</summary>
    Full,

    /// <summary>The client's address has as many sessions as it may have.</summary>
    AddressFull,

    /// <summary>The server is ending.</summary>
    Closed,
}

/// <summary>The open sessions by their secret ids, bounded in total and for each address.</summary>
internal sealed class EngineSessionTable(int capacity, ClientAddresses addresses)
{
    /// <summary>The number of sessions that have ended and can still be found; further ones cannot.</summary>
    public const int MaxReleased = 1_000;

    private readonly ConcurrentDictionary<SessionId, EngineSession> _sessions = new();
    private readonly TaskCompletionSource _emptied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private int _released;
    private volatile bool _closed;

    /// <summary>The sessions that requests can find, those that have just ended included.</summary>
    public ICollection<EngineSession> Sessions => _sessions.Values;

    /// <summary>Completes when the table is closed and its last session has ended.</summary>
    public Task Emptied => _emptied.Task;

    /// <summary>Whether the server is ending, so that no session is taken however few there are.</summary>
    public bool IsClosed => _closed;

    /// <summary>Takes no session from now on.</summary>
    public void Close()
    {
        _closed = true;
        TellWhenEmpty();
    }

    /// <summary>Adds a session, if there is a place for it.</summary>
    public SessionPlace Add(EngineSession session)
    {
        if (_closed) return SessionPlace.Closed;
        if (Interlocked.Increment(ref _count) > capacity)
        {
            Leave();
            return SessionPlace.Full;
        }

        if (session.Address is { } address && !addresses.TryEnter(address))
        {
            Leave();
            return SessionPlace.AddressFull;
        }

        _sessions[session.Id] = session;
        if (!_closed) return SessionPlace.Taken;

        // Whoever closed the table meanwhile may not have seen it.
        Remove(session);
        return SessionPlace.Closed;
    }

    public bool TryGet(string id, [NotNullWhen(true)] out EngineSession? session)
    {
        session = null;
        return SessionId.TryParse(id, out var known) && _sessions.TryGetValue(known, out session);
    }

    /// <summary>Removes a session that has ended.</summary>
    public void Remove(EngineSession session)
    {
        if (!_sessions.TryRemove(KeyValuePair.Create(session.Id, session))) return;
        if (!TryLeave(session)) Interlocked.Decrement(ref _released);
    }

    /// <summary>Gives the place of a session that has ended to others, while requests still find it.</summary>
    public void Release(EngineSession session)
    {
        if (TryLeave(session) && Interlocked.Increment(ref _released) > MaxReleased) Remove(session);
    }

    private bool TryLeave(EngineSession session)
    {
        if (!session.TryRelease()) return false;
        if (session.Address is { } address) addresses.Leave(address);
        Leave();
        return true;
    }

    private void Leave()
    {
        Interlocked.Decrement(ref _count);
        if (_closed) TellWhenEmpty();
    }

    private void TellWhenEmpty()
    {
        if (Volatile.Read(ref _count) == 0) _emptied.TrySetResult();
    }
}
