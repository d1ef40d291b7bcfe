using System.Numerics;

namespace TypedSocketRedis.Namespaces;

/// <summary>The bound of the recovery data of all namespaces of a server.</summary>
/// <remarks>Above the bound the largest data is dropped first, regardless of its namespace.</remarks>
/// <param name="maxBytes">The bound, in bytes.</param>
internal sealed class RecoveryBudget(long maxBytes)
{
    private const int Shares = 64;
    private const long SmallestShare = 64 * 1024;

    // Stores by the number of bits of the cost of their largest part: the largest is found without visiting all of them.
    private readonly LinkedList<RecoveryStore>[] _bySize = [.. Enumerable.Range(0, 64).Select(static _ => new LinkedList<RecoveryStore>())];
    private readonly Lock _gate = new();
    private readonly Lock _trimming = new();
    private long _bytes;

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The maximum size kept for one client's connection alone, in bytes.</summary>
    public long Share { get; } = Math.Max(maxBytes / Shares, Math.Min(maxBytes, SmallestShare));

    /// <summary>Returns a value indicating whether data of a cost can be kept at all.</summary>
    public bool Fits(long cost) => cost <= maxBytes;

    /// <summary>Charges a cost, in bytes; <see cref="Trim"/> must be called afterwards.</summary>
    public void Take(long cost) => Interlocked.Add(ref _bytes, cost);

    public void Give(long cost) => Interlocked.Add(ref _bytes, -cost);

    /// <summary>Updates the position of a changed store; called under the store's lock.</summary>
    public void Changed(RecoveryStore store)
    {
        var cost = store.LargestCost;
        var list = cost == 0 ? null : _bySize[BitOperations.Log2((ulong)cost)];
        if (store.Place.List == list) return;
        lock (_gate)
        {
            store.Place.List?.Remove(store.Place);
            list?.AddLast(store.Place);
        }
    }

    /// <summary>Drops the largest data until the bound holds.</summary>
    /// <returns>The sockets that are no longer kept, or null for none. Their namespaces must be released.</returns>
    public List<RecoverableSession>? Trim()
    {
        List<RecoverableSession>? dropped = null;
        if (Bytes <= maxBytes) return dropped;
        lock (_trimming)
        {
            while (Bytes > maxBytes && Largest() is { } largest)
            {
                lock (largest.Gate)
                {
                    Give(largest.DropLargest(ref dropped));
                    Changed(largest);
                }
            }
        }

        return dropped;
    }

    private RecoveryStore? Largest()
    {
        lock (_gate)
        {
            for (var size = _bySize.Length - 1; size >= 0; size--)
            {
                if (_bySize[size].First is { } first) return first.Value;
            }

            return null;
        }
    }
}
