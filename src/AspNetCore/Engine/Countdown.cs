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

    /// <summary>Its place among those that are out of order, 1 for the first; 0 when it is not one of them.</summary>
    private int Place { get; set; }

    private Countdown? Previous { get; set; }

    private Countdown? Next { get; set; }

    /// <summary>Takes it out of the line it is in, if it is in one.</summary>
    public void Leave() => In?.Remove(this);

    /// <summary>Countdowns in the order in which they are due; <see cref="Heartbeats"/> guards it.</summary>
    /// <remarks>
    /// Nearly all of them start in that order, and are a list. The others are a heap: after a pause of the whole server that can be every
    /// session, each with a different delay.
    /// </remarks>
    internal sealed class Line(Deadline kind)
    {
        private readonly Heap _late = new();
        private Countdown? _first;
        private Countdown? _last;

        /// <summary>The countdown that is due first.</summary>
        public Countdown? First => _late.First is { } late && !(_first?.Due <= late.Due) ? late : _first;

        /// <summary>The number of countdowns that were looked at to find the places of those out of order.</summary>
        public long Steps => _late.Steps;

        /// <summary>Adds one: at once when it is due after all others, else in logarithmic time.</summary>
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

    /// <summary>A binary heap whose members know their places, so that each can be removed.</summary>
    private sealed class Heap
    {
        private const int KeptCapacity = 1024;

        // The place 0 is empty: a parent is at half of its children's places.
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
