namespace TypedSocketRedis.Redis;

/// <summary>Limits the bytes of one set of subscriptions that were received and are not handled yet.</summary>
/// <remarks>
/// A message is accepted while the queue is empty and the node has space, so that one of any size gets through. Once a message is dropped,
/// all that follow are dropped until half of the bounds is free: a subscription that drops messages must not look like one that receives.
/// </remarks>
/// <param name="node">The bound of all sets of the node.</param>
/// <param name="limit">The maximum number of queued bytes.</param>
internal sealed class BusBacklog(ByteBudget node, long limit = BusBacklog.Limit)
{
    /// <summary>64 MiB: four messages of the default size bound.</summary>
    public const long Limit = 64L * 1024 * 1024;

    // The cost of a small message beside its bytes: its array, its channel's and a place in the queue.
    private const int Overhead = 128;

    private long _waiting;
    private int _isOverflowing;

    /// <summary>Adds a message to the backlog.</summary>
    /// <param name="bytes">The size of the message, in bytes.</param>
    /// <param name="hasOverflowed">
    /// A value indicating whether the message is the first one that is dropped: the subscription has to be probed afterwards.
    /// </param>
    /// <returns>False when the backlog is full and the message is dropped.</returns>
    public bool TryAdd(long bytes, out bool hasOverflowed)
    {
        hasOverflowed = false;
        if (Volatile.Read(ref _isOverflowing) != 0 && !TryEndOverflow()) return false;

        var size = bytes + Overhead;
        var waiting = Interlocked.Add(ref _waiting, size);
        if ((waiting <= limit || waiting == size) && node.TryTake(size, isOnly: waiting == size)) return true;

        Interlocked.Add(ref _waiting, -size);
        hasOverflowed = Interlocked.Exchange(ref _isOverflowing, 1) == 0;
        return false;
    }

    /// <summary>Removes a handled message from the backlog.</summary>
    public void Remove(long bytes)
    {
        Interlocked.Add(ref _waiting, -(bytes + Overhead));
        node.Give(bytes + Overhead);
    }

    // A set that holds nothing does not wait for the others.
    private bool TryEndOverflow()
    {
        var waiting = Interlocked.Read(ref _waiting);
        if (waiting >= limit / 2 || (waiting > 0 && !node.IsHalfFree)) return false;
        Volatile.Write(ref _isOverflowing, 0);
        return true;
    }
}
