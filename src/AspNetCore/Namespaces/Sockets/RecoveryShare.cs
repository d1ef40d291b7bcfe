namespace TypedSocketRedis.Namespaces;

/// <summary>The data kept for one client's connection alone: its own events and sockets, in all namespaces together.</summary>
/// <remarks>Without this share one client could use up the budget of all clients.</remarks>
internal sealed class RecoveryShare
{
    private long _bytes;

    /// <summary>Charges a cost; returns false if the share has no space for it.</summary>
    /// <param name="cost">The cost, in bytes.</param>
    /// <param name="max">The size of a share, in bytes.</param>
    public bool TryTake(long cost, long max)
    {
        if (Interlocked.Add(ref _bytes, cost) <= max) return true;
        Give(cost);
        return false;
    }

    public void Give(long cost) => Interlocked.Add(ref _bytes, -cost);
}
