namespace TypedSocketRedis.Namespaces;

/// <summary>The sockets that are kept for clients that may come back, by their secrets and in the order they ended.</summary>
/// <remarks>Not for concurrent use.</remarks>
internal sealed class KeptSessions
{
    private readonly Dictionary<string, LinkedListNode<RecoverableSession>> _byPid = new(StringComparer.Ordinal);
    private readonly LinkedList<RecoverableSession> _inOrder = new();

    public int Count => _byPid.Count;

    public RecoverableSession? Oldest => _inOrder.First?.Value;

    public void Add(RecoverableSession session)
    {
        // One that was claimed and comes back belongs before those that ended later.
        var before = _inOrder.Last;
        while (before is not null && before.Value.Ended > session.Ended) before = before.Previous;
        _byPid.Add(session.Pid, before is null ? _inOrder.AddFirst(session) : _inOrder.AddAfter(before, session));
    }

    public RecoverableSession? Take(string pid)
    {
        if (!_byPid.Remove(pid, out var node)) return null;
        _inOrder.Remove(node);
        return node.Value;
    }

    public RecoverableSession? TakeOldest() => Oldest is { } oldest ? Take(oldest.Pid) : null;
}
