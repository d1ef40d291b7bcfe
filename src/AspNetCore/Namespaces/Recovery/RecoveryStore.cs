namespace TypedSocketRedis.Namespaces;

/// <summary>The recovery data of one namespace, and its lock.</summary>
internal sealed class RecoveryStore
{
    private LinkedListNode<RecoveryStore>? _place;

    /// <summary>The lock of the data; neither a seam nor a delegate of the application is called under it.</summary>
    public Lock Gate { get; } = new();

    public PacketLog Log { get; } = new();

    public KeptSessions Sessions { get; } = new();

    /// <summary>The store's place among those of about the same <see cref="LargestCost"/>.</summary>
    public LinkedListNode<RecoveryStore> Place => _place ??= new LinkedListNode<RecoveryStore>(this);

    /// <summary>The cost of the largest part that can be dropped, in bytes.</summary>
    public long LargestCost => Math.Max(Log.LargestCost, Sessions.Cost);

    /// <summary>Drops the oldest event of the largest room, or the oldest socket if sockets cost more; called under the lock.</summary>
    /// <param name="dropped">The sockets that are no longer kept, to which a dropped one is added.</param>
    /// <returns>The cost of the dropped data; 0 if there is nothing left.</returns>
    public long DropLargest(ref List<RecoverableSession>? dropped)
    {
        var freed = Log.LargestCost >= Sessions.Cost ? Log.DropLargest() : 0L;
        if (freed > 0 || Sessions.TakeOldest() is not { } oldest) return freed;
        Sessions.Forget(oldest);
        (dropped ??= []).Add(oldest);
        return oldest.Cost;
    }
}
