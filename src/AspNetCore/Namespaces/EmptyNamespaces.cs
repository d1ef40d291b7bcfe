namespace TypedSocketRedis.Namespaces;

/// <summary>The dynamic namespaces without clients, in the order they became empty.</summary>
/// <remarks>Not thread-safe. A namespace that has clients again is skipped when it is reached.</remarks>
internal sealed class EmptyNamespaces
{
    private readonly Queue<SocketNamespace> _order = new();
    private readonly HashSet<SocketNamespace> _all = [];

    public void Add(SocketNamespace emptied)
    {
        if (_all.Add(emptied)) _order.Enqueue(emptied);
    }

    /// <summary>Closes the namespace that has been empty longest; returns null if none is empty.</summary>
    public SocketNamespace? TakeOldest()
    {
        while (_order.TryDequeue(out var oldest))
        {
            _all.Remove(oldest);
            if (!oldest.IsNamed && oldest.TryClose()) return oldest;
        }

        return null;
    }
}
