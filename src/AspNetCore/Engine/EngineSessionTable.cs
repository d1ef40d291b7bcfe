using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TypedSocketRedis.Engine;

/// <summary>The open sessions by their secret ids, bounded.</summary>
internal sealed class EngineSessionTable(int capacity)
{
    private readonly ConcurrentDictionary<string, EngineSession> _sessions = new(StringComparer.Ordinal);
    private int _count;
    private volatile bool _closed;

    public ICollection<EngineSession> Sessions => _sessions.Values;

    /// <summary>Whether the server is ending, so that no session is taken however few there are.</summary>
    public bool IsClosed => _closed;

    /// <summary>Takes no session from now on.</summary>
    public void Close() => _closed = true;

    /// <summary>Adds a session; false when the table is full or closed.</summary>
    public bool TryAdd(EngineSession session)
    {
        if (_closed) return false;
        if (Interlocked.Increment(ref _count) <= capacity && _sessions.TryAdd(session.Id, session)) return true;
        Interlocked.Decrement(ref _count);
        return false;
    }

    public bool TryGet(string id, [NotNullWhen(true)] out EngineSession? session) => _sessions.TryGetValue(id, out session);

    public void Remove(EngineSession session)
    {
        if (_sessions.TryRemove(KeyValuePair.Create(session.Id, session))) Interlocked.Decrement(ref _count);
    }
}
