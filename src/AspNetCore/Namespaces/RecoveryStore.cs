namespace TypedSocketRedis.Namespaces;

/// <summary>What one namespace keeps for clients that may come back, and the lock that guards it.</summary>
internal sealed class RecoveryStore
{
    private long _largestCost;

    /// <summary>The lock that guards everything here; neither a seam nor a delegate of the application is called under it.</summary>
    public Lock Gate { get; } = new();

    public PacketLog Log { get; } = new();

    public KeptSessions Sessions { get; } = new();

    /// <summary>The cost of the largest part that can be dropped, in bytes, as of the last change; read without the lock.</summary>
    public long LargestCost => Volatile.Read(ref _largestCost);

    /// <summary>Makes <see cref="LargestCost"/> current; called under the lock after each change.</summary>
    public void Changed() => Volatile.Write(ref _largestCost, Math.Max(Log.LargestCost, Sessions.Cost));

    /// <summary>Drops the oldest event of the largest room, or the oldest socket when sockets take more.</summary>
    /// <param name="dropped">The sockets that are no longer kept, to which a dropped one is added.</param>
    /// <returns>The cost of what was dropped; 0 when there is nothing left.</returns>
    public long DropLargest(ref List<RecoverableSession>? dropped)
    {
        lock (Gate)
        {
            var freed = Log.LargestCost >= Sessions.Cost ? Log.DropLargest() : 0L;
            if (freed == 0 && Sessions.TakeOldest() is { } oldest)
            {
                Sessions.Forget(oldest);
                (dropped ??= []).Add(oldest);
                freed = oldest.Cost;
            }

            Changed();
            return freed;
        }
    }
}
