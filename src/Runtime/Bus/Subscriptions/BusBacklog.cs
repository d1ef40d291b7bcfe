namespace TypedSocketRedis.Redis;

/// <summary>Limits the bytes of one set of subscriptions that were received and are not handled yet.</summary>
/// <remarks>
/// A message is always accepted while the queue is empty, so that one of any size gets through. Once a message is dropped, all that
/// follow are dropped until half of the bound is handled: a subscription that drops messages must not look like one that receives.
/// </remarks>
/// <param name="limit">The maximum number of queued bytes.</param>
internal sealed class BusBacklog(long limit = BusBacklog.Limit)
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
        var size = bytes + Overhead;
        if (Volatile.Read(ref _isOverflowing) == 0)
        {
            var waiting = Interlocked.Add(ref _waiting, size);
            if (waiting <= limit || waiting == size) return true;

            Interlocked.Add(ref _waiting, -size);
            hasOverflowed = Interlocked.Exchange(ref _isOverflowing, 1) == 0;

            // The queue may have been handled meanwhile; then no message is left that would end the overflow.
            EndOverflow(Interlocked.Read(ref _waiting));
        }

        return false;
    }

    /// <summary>Removes a handled message from the backlog.</summary>
    public void Remove(long bytes)
    {
        EndOverflow(Interlocked.Add(ref _waiting, -(bytes + Overhead)));
    }

    private void EndOverflow(long waiting)
    {
        if (waiting < limit / 2 && Volatile.Read(ref _isOverflowing) != 0) Volatile.Write(ref _isOverflowing, 0);
    }
}
