namespace TypedSocketRedis.Namespaces;

/// <summary>What is kept for one client's connection alone: its own events and its sockets, in all namespaces together.</summary>
/// <remarks>Without it one client could use up what is kept for all.</remarks>
internal sealed class RecoveryShare
{
    private long _bytes;

    /// <summary>Charges a cost; false when the share has no room for it.</summary>
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
