namespace TypedSocketRedis.Namespaces;

/// <summary>The number of sockets and kept sessions of one namespace, which cannot be closed while it has any.</summary>
/// <param name="emptied">The delegate that is called when the last holder has released the namespace, or null for none.</param>
internal sealed class NamespaceHolders(Action? emptied = null)
{
    private int _count;

    /// <summary>Adds a holder; returns false if the namespace has been closed.</summary>
    public bool TryHold()
    {
        for (var known = Volatile.Read(ref _count); known >= 0;)
        {
            var before = Interlocked.CompareExchange(ref _count, known + 1, known);
            if (before == known) return true;
            known = before;
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _count) == 0) emptied?.Invoke();
    }

    /// <summary>Closes the namespace, so that it can no longer be held; returns false if it has holders.</summary>
    public bool TryClose() => Interlocked.CompareExchange(ref _count, -1, 0) == 0;
}
