using System.Collections.Immutable;

namespace TypedSocketRedis.Namespaces;

/// <summary>The sockets that are kept for clients that may come back, by their secrets and in the order they ended.</summary>
/// <remarks>
/// Not for concurrent use. A socket that a client has claimed is not kept here, but its rooms count as awaited until
/// <see cref="Forget"/>: events to them may be missing when the client is admitted.
/// </remarks>
internal sealed class KeptSessions
{
    private readonly Dictionary<string, LinkedListNode<RecoverableSession>> _byPid = new(StringComparer.Ordinal);
    private readonly LinkedList<RecoverableSession> _inOrder = new();
    private readonly Dictionary<string, int> _awaited = new(StringComparer.Ordinal);
    private int _sockets;

    public int Count => _byPid.Count;

    /// <summary>The cost of all kept sockets, in bytes.</summary>
    public long Cost { get; private set; }

    public RecoverableSession? Oldest => _inOrder.First?.Value;

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

    /// <summary>Keeps a socket whose client is gone.</summary>
    public void Add(RecoverableSession session)
    {
        _sockets++;
        foreach (var room in session.Rooms.Keys) _awaited[room] = _awaited.GetValueOrDefault(room) + 1;
        PutBack(session);
    }

    /// <summary>Puts back a socket that was taken.</summary>
    public void PutBack(RecoverableSession session)
    {
        // One that was claimed and comes back belongs before those that ended later.
        var before = _inOrder.Last;
        while (before is not null && before.Value.Ended > session.Ended) before = before.Previous;
        _byPid.Add(session.Pid, before is null ? _inOrder.AddFirst(session) : _inOrder.AddAfter(before, session));
        Cost += session.Cost;
    }

    /// <summary>Takes out a socket; <see cref="PutBack"/> or <see cref="Forget"/> has to follow.</summary>
    public RecoverableSession? Take(string pid)
    {
        if (!_byPid.Remove(pid, out var node)) return null;
        _inOrder.Remove(node);
        Cost -= node.Value.Cost;
        return node.Value;
    }

    public RecoverableSession? TakeOldest() => Oldest is { } oldest ? Take(oldest.Pid) : null;

    /// <summary>A socket that was taken is no longer awaited.</summary>
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
