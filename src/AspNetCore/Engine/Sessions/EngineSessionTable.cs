using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TypedSocketRedis.Engine;

/// <summary>The open sessions by their secret ids, bounded in total and for each address.</summary>
internal sealed class EngineSessionTable(int capacity, ClientAddresses addresses)
{
    /// <summary>The maximum number of sessions that have ended and can still be found.</summary>
    public const int MaxReleased = 1_000;

    private readonly ConcurrentDictionary<SessionId, EngineSession> _sessions = new();
    private readonly TaskCompletionSource _emptied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private int _released;
    private volatile bool _closed;

    /// <summary>The sessions that requests can find, including those that have just ended.</summary>
    public ICollection<EngineSession> Sessions => _sessions.Values;

    /// <summary>The number of open sessions.</summary>
    public int Count => Math.Min(Volatile.Read(ref _count), capacity);

    /// <summary>Completes when the table is closed and its last session has ended.</summary>
    public Task Emptied => _emptied.Task;

    /// <summary>Gets a value indicating whether the server is shutting down and accepts no sessions.</summary>
    public bool IsClosed => _closed;

    /// <summary>Closes the table: no further session is added.</summary>
    public void Close()
    {
        _closed = true;
        CompleteWhenEmpty();
    }

    /// <summary>Adds a session if the limits allow it.</summary>
    /// <returns>The reason to refuse the client, or null if the session has been added.</returns>
    public ConnectionRefusalReason? Add(EngineSession session)
    {
        if (_closed) return ConnectionRefusalReason.Stopping;
        if (Interlocked.Increment(ref _count) > capacity)
        {
            Leave();
            return ConnectionRefusalReason.Full;
        }

        if (session.Address is { } address && !addresses.TryEnter(address))
        {
            Leave();
            return ConnectionRefusalReason.Address;
        }

        if (!_sessions.TryAdd(session.Id, session))
        {
            if (session.Address is { } counted) addresses.Leave(counted);
            Leave();
            return ConnectionRefusalReason.SessionId;
        }

        if (!_closed) return null;

        // The table was closed in the meantime, possibly without seeing this session.
        Remove(session);
        return ConnectionRefusalReason.Stopping;
    }

    public bool TryGet(string id, [NotNullWhen(true)] out EngineSession? session)
    {
        session = null;
        return SessionId.TryParse(id, out var known, out _) && _sessions.TryGetValue(known, out session);
    }

    /// <summary>Removes a session that has ended.</summary>
    public void Remove(EngineSession session)
    {
        if (!_sessions.TryRemove(KeyValuePair.Create(session.Id, session))) return;
        if (!TryLeave(session)) Interlocked.Decrement(ref _released);
    }

    /// <summary>Releases the place of a session that has ended, while requests can still find the session.</summary>
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
        if (_closed) CompleteWhenEmpty();
    }

    private void CompleteWhenEmpty()
    {
        if (Volatile.Read(ref _count) == 0) _emptied.TrySetResult();
    }
}
