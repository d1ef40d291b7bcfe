namespace TypedSocketRedis.Engine;

/// <summary>The kinds of deadlines of a session.</summary>
internal enum Deadline : byte
{
    Ping,
    Pong,
    Connect,
    Upgrade,
    Close,
    Drain,
    Packet,
    Pause,

    /// <summary>The expiration of an authentication; each has its own delay.</summary>
    Expiration,
    /// <summary>The next ping of a client of protocol 3.</summary>
    ClientPing,
}

/// <summary>One deadline of one session, which is also its node in the list or heap of deadlines of the same kind.</summary>
internal abstract class DeadlineEntry
{
    /// <summary>The kind of the queue it is in, or was in last.</summary>
    public Deadline Kind { get; internal set; }

    /// <summary>The time at which it is due, as a timestamp of the clock.</summary>
    public long Due { get; internal set; }

    /// <summary>True while it is in a queue, the only one that sets this and the members below.</summary>
    internal bool IsQueued { get; set; }

    /// <summary>Its 1-based index in the heap of deadlines added out of order, or 0 if it is not in the heap.</summary>
    internal int Place { get; set; }

    internal DeadlineEntry? Previous { get; set; }

    internal DeadlineEntry? Next { get; set; }

    /// <summary>Acts on the passing of the deadline; called only by <see cref="DeadlineScheduler"/>.</summary>
    public abstract void OnDue();
}
