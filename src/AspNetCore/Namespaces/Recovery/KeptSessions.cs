using System.Collections.Immutable;

namespace TypedSocketRedis.Namespaces;

/// <summary>The sockets kept for clients that can reconnect, by their secrets and in the order in which they ended.</summary>
/// <remarks>
/// Not thread-safe. A claimed socket is not kept here, but its rooms count as awaited until
/// <see cref="Forget"/>: events to them may be missing when the client is admitted.
/// </remarks>
internal sealed class KeptSessions
{
    // A claimed session that is put back is sorted before those that ended later.
    private static readonly Comparer<RecoverableSession> ByEnd = Comparer<RecoverableSession>.Create(static (one, other) =>
        one.Ended.CompareTo(other.Ended) is not 0 and var order ? order : string.CompareOrdinal(one.Pid, other.Pid));

    private readonly Dictionary<string, RecoverableSession> _byPid = new(StringComparer.Ordinal);
    private readonly SortedSet<RecoverableSession> _inOrder = new(ByEnd);
    private readonly Dictionary<string, int> _awaited = new(StringComparer.Ordinal);
    private int _sockets;

    public int Count => _byPid.Count;

    /// <summary>The cost of all kept sockets, in bytes.</summary>
    public long Cost { get; private set; }

    public RecoverableSession? Oldest => _inOrder.Min;

    /// <summary>Returns a value indicating whether a kept or claimed socket could miss an event to some rooms.</summary>
    /// <param name="rooms">The rooms; empty for everyone.</param>
    public bool Await(ImmutableArray<string> rooms)
    {
        if (_sockets == 0) return false;
        if (rooms.IsEmpty) return true;
        foreach (var room in rooms)
        {
            if (_awaited.ContainsKey(room)) return true;
        }

        return false;
    }

    /// <summary>Keeps a socket whose client has disconnected.</summary>
    public void Add(RecoverableSession session)
    {
        _sockets++;
        foreach (var room in session.Rooms.Keys) _awaited[room] = _awaited.GetValueOrDefault(room) + 1;
        PutBack(session);
    }

    /// <summary>Puts back a socket that was taken.</summary>
    public void PutBack(RecoverableSession session)
    {
        _byPid.Add(session.Pid, session);
        _inOrder.Add(session);
        Cost += session.Cost;
    }

    /// <summary>Removes a socket; <see cref="PutBack"/> or <see cref="Forget"/> must follow.</summary>
    public RecoverableSession? Take(string pid)
    {
        if (!_byPid.Remove(pid, out var session)) return null;
        _inOrder.Remove(session);
        Cost -= session.Cost;
        return session;
    }

    public RecoverableSession? TakeOldest() => Oldest is { } oldest ? Take(oldest.Pid) : null;

    /// <summary>Removes the sockets that were in a room; <see cref="Forget"/> must follow for each.</summary>
    public List<RecoverableSession> TakeOf(string room)
    {
        if (!_awaited.ContainsKey(room)) return [];
        List<RecoverableSession> found = [.. _inOrder.Where(session => session.Rooms.ContainsKey(room))];
        foreach (var session in found) Take(session.Pid);
        return found;
    }

    /// <summary>Stops awaiting the events of a socket that was taken.</summary>
    public void Forget(RecoverableSession taken)
    {
        _sockets--;
        taken.Share.Give(taken.Cost);
        foreach (var room in taken.Rooms.Keys)
        {
            if (--_awaited[room] == 0) _awaited.Remove(room);
        }
    }
}
