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
}

/// <summary>One deadline of one session, which is also its node in the list or heap of deadlines of the same kind.</summary>
internal sealed class Countdown(SessionClock owner)
{
    public SessionClock Owner { get; } = owner;

    public Deadline Kind { get; private set; }

    /// <summary>The time at which it is due, as a timestamp of the clock.</summary>
    public long Due { get; private set; }

    private Line? In { get; set; }

    /// <summary>Its 1-based index in the heap of deadlines added out of order, or 0 if it is not in the heap.</summary>
    private int Place { get; set; }

    private Countdown? Previous { get; set; }

    private Countdown? Next { get; set; }

    /// <summary>Removes it from its line, if it is in one.</summary>
    public void Leave() => In?.Remove(this);

    /// <summary>The countdowns of one kind, ordered by due time; guarded by the lock of <see cref="Heartbeats"/>.</summary>
    /// <remarks>
    /// Nearly all countdowns start in the order in which they are due and are kept in a linked list. The others are kept in a heap: after
    /// a pause of the whole server that can be every session, each with a different delay.
    /// </remarks>
    internal sealed class Line(Deadline kind)
    {
        private readonly Heap _late = new();
        private Countdown? _first;
        private Countdown? _last;

        /// <summary>The countdown that is due first.</summary>
        public Countdown? First => _late.First is { } late && !(_first?.Due <= late.Due) ? late : _first;

        /// <summary>The number of countdowns compared while placing countdowns that were added out of order.</summary>
        public long Steps => _late.Steps;

        /// <summary>Adds a countdown: in constant time if it is due after all others, otherwise in logarithmic time.</summary>
        public void Add(Countdown countdown, long due)
        {
            (countdown.In, countdown.Kind, countdown.Due) = (this, kind, due);
            if (_last?.Due > due)
            {
                _late.Add(countdown);
                return;
            }

            countdown.Previous = _last;
            if (_last is null) _first = countdown;
            else _last.Next = countdown;
            _last = countdown;
        }

        public void Remove(Countdown countdown)
        {
            countdown.In = null;
            if (countdown.Place > 0)
            {
                _late.Remove(countdown);
                return;
            }

            if (countdown.Previous is null) _first = countdown.Next;
            else countdown.Previous.Next = countdown.Next;
            if (countdown.Next is null) _last = countdown.Previous;
            else countdown.Next.Previous = countdown.Previous;
            (countdown.Previous, countdown.Next) = (null, null);
        }
    }

    /// <summary>A binary heap whose elements store their own index, so that any element can be removed.</summary>
    private sealed class Heap
    {
        private const int KeptCapacity = 1024;

        // Index 0 is unused: a parent is at half the index of its children.
        private readonly List<Countdown> _items = [null!];

        public Countdown? First => _items.Count > 1 ? _items[1] : null;

        public long Steps { get; private set; }

        public void Add(Countdown countdown)
        {
            _items.Add(countdown);
            Rise(countdown, _items.Count - 1);
        }

        public void Remove(Countdown countdown)
        {
            var place = countdown.Place;
            countdown.Place = 0;
            var last = _items[^1];
            _items.RemoveAt(_items.Count - 1);
            if (last != countdown) Sink(last, place);
            if (_items.Count == 1 && _items.Capacity > KeptCapacity) _items.Capacity = KeptCapacity;
        }

        private void Rise(Countdown countdown, int place)
        {
            for (; place > 1 && _items[place / 2].Due > countdown.Due; place /= 2, Steps++) Put(_items[place / 2], place);
            Put(countdown, place);
        }

        private void Sink(Countdown countdown, int place)
        {
            for (var child = 2 * place; child < _items.Count; child = 2 * place, Steps++)
            {
                if (child + 1 < _items.Count && _items[child + 1].Due < _items[child].Due) child++;
                if (_items[child].Due >= countdown.Due) break;
                Put(_items[child], place);
                place = child;
            }

            Rise(countdown, place);
        }

        private void Put(Countdown countdown, int place) => (_items[place], countdown.Place) = (countdown, place);
    }
}
