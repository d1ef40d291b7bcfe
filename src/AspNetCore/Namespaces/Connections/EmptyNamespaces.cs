namespace TypedSocketRedis.Namespaces;

/// <summary>The dynamic namespaces without clients, in the order they became empty.</summary>
/// <remarks>Not thread-safe. A namespace that has clients again is skipped when it is reached.</remarks>
internal sealed class EmptyNamespaces
{
    private readonly LinkedList<KnownNamespace> _order = [];
    private readonly Dictionary<KnownNamespace, LinkedListNode<KnownNamespace>> _places = [];

    /// <summary>Adds a namespace behind all others, also if it has been empty before.</summary>
    public void Add(KnownNamespace emptied)
    {
        if (_places.Remove(emptied, out var before)) _order.Remove(before);
        _places.Add(emptied, _order.AddLast(emptied));
    }

    /// <summary>Closes the namespace that has been empty longest; returns null if none is empty.</summary>
    public KnownNamespace? TakeOldest()
    {
        while (_order.First?.Value is { } oldest)
        {
            _order.RemoveFirst();
            _places.Remove(oldest);
            if (!oldest.IsNamed && oldest.TryClose()) return oldest;
        }

        return null;
    }
}
