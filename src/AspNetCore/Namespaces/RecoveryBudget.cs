using System.Collections.Concurrent;

namespace TypedSocketRedis.Namespaces;

/// <summary>The bound of what all namespaces of a server keep for clients that may come back.</summary>
/// <remarks>Over the bound, what takes most is dropped first, whichever namespace it is in.</remarks>
/// <param name="maxBytes">The bound, in bytes.</param>
internal sealed class RecoveryBudget(long maxBytes)
{
    private const int Shares = 64;
    private const long SmallestShare = 64 * 1024;

    private readonly ConcurrentDictionary<RecoveryStore, byte> _stores = new();
    private readonly Lock _trimming = new();
    private long _bytes;

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How much may be kept for one client's connection alone, in bytes.</summary>
    public long Share { get; } = Math.Max(maxBytes / Shares, Math.Min(maxBytes, SmallestShare));

    /// <summary>Returns a value indicating whether something of that cost can be kept at all.</summary>
    public bool Fits(long cost) => cost <= maxBytes;

    /// <summary>Charges a cost, in bytes; <see cref="Trim"/> has to follow.</summary>
    public void Take(long cost) => Interlocked.Add(ref _bytes, cost);

    public void Give(long cost) => Interlocked.Add(ref _bytes, -cost);

    public void Add(RecoveryStore store) => _stores.TryAdd(store, 0);

    public void Remove(RecoveryStore store) => _stores.TryRemove(store, out _);

    /// <summary>Drops what takes most until the bound holds.</summary>
    /// <returns>The sockets that are no longer kept; null for none. Their namespaces are to be released.</returns>
    public List<RecoverableSession>? Trim()
    {
        List<RecoverableSession>? dropped = null;
        if (Bytes <= maxBytes) return dropped;
        lock (_trimming)
        {
            while (Bytes > maxBytes)
            {
                var freed = _stores.Keys.MaxBy(static store => store.LargestCost)?.DropLargest(ref dropped) ?? 0;
                if (freed == 0) break;
                Give(freed);
            }
        }

        return dropped;
    }
}
