namespace TypedSocketRedis.Namespaces;

/// <summary>How much all namespaces of a server keep for clients that may come back.</summary>
/// <param name="maxBytes">The bound.</param>
internal sealed class RecoveryBudget(long maxBytes)
{
    private long _bytes;

    public long Bytes => Interlocked.Read(ref _bytes);

    public bool TryTake(long cost)
    {
        if (Interlocked.Add(ref _bytes, cost) <= maxBytes) return true;
        Give(cost);
        return false;
    }

    public void Give(long cost) => Interlocked.Add(ref _bytes, -cost);
}
