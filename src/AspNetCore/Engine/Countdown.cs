namespace TypedSocketRedis.Engine;

/// <summary>What a session can wait for.</summary>
internal enum Deadline : byte
{
    Ping,
    Pong,
    Connect,
    Upgrade,
    Close,
    Drain,
    Packet,
}

/// <summary>One delay of one session, and its own place in the line of those that wait equally long.</summary>
internal sealed class Countdown(SessionClock owner)
{
    public SessionClock Owner { get; } = owner;

    public Deadline Kind { get; private set; }

    /// <summary>When it is due, a timestamp of the clock.</summary>
    public long Due { get; private set; }

    private Line? In { get; set; }

    private Countdown? Previous { get; set; }

    private Countdown? Next { get; set; }

    /// <summary>Takes it out of the line it is in, if it is in one.</summary>
    public void Leave() => In?.Remove(this);

    /// <summary>Countdowns in the order in which they are due; <see cref="Heartbeats"/> guards it.</summary>
    internal sealed class Line(Deadline kind)
    {
        private Countdown? _last;

        public Countdown? First { get; private set; }

        /// <summary>Adds one that is due after all others, or before a few of the last ones.</summary>
        public void Add(Countdown countdown, long due)
        {
            var previous = _last;
            while (previous is not null && previous.Due > due) previous = previous.Previous;
            var next = previous is null ? First : previous.Next;
            (countdown.In, countdown.Kind, countdown.Due) = (this, kind, due);
            (countdown.Previous, countdown.Next) = (previous, next);
            if (previous is null) First = countdown;
            else previous.Next = countdown;
            if (next is null) _last = countdown;
            else next.Previous = countdown;
        }

        public void Remove(Countdown countdown)
        {
            if (countdown.Previous is null) First = countdown.Next;
            else countdown.Previous.Next = countdown.Next;
            if (countdown.Next is null) _last = countdown.Previous;
            else countdown.Next.Previous = countdown.Previous;
            (countdown.In, countdown.Previous, countdown.Next) = (null, null, null);
        }
    }
}
