namespace TypedSocketRedis.Engine;

/// <summary>The deadlines of one kind, ordered by due time; guarded by the lock of <see cref="DeadlineScheduler"/>.</summary>
/// <remarks>
/// Nearly all deadlines start in the order in which they are due and are kept in a linked list. The others are kept in a heap: after
/// a pause of the whole server that can be every session, each with a different delay.
/// </remarks>
internal sealed class DeadlineQueue(Deadline kind)
{
    private readonly Heap _late = new();
    private DeadlineEntry? _first;
    private DeadlineEntry? _last;

    /// <summary>The deadline that is due first.</summary>
    public DeadlineEntry? First => _late.First is { } late && !(_first?.Due <= late.Due) ? late : _first;

    /// <summary>The number of deadlines compared while placing deadlines that were added out of order.</summary>
    public long Steps => _late.Steps;

    /// <summary>Adds a deadline: in constant time if it is due after all others, otherwise in logarithmic time.</summary>
    public void Add(DeadlineEntry entry, long due)
    {
        (entry.IsQueued, entry.Kind, entry.Due) = (true, kind, due);
        if (_last?.Due > due)
        {
            _late.Add(entry);
            return;
        }

        entry.Previous = _last;
        if (_last is null) _first = entry;
        else _last.Next = entry;
        _last = entry;
    }

    /// <summary>Removes a deadline; does nothing if it is not in the queue.</summary>
    public void Remove(DeadlineEntry entry)
    {
        if (!entry.IsQueued) return;
        entry.IsQueued = false;
        if (entry.Place > 0)
        {
            _late.Remove(entry);
            return;
        }

        if (entry.Previous is null) _first = entry.Next;
        else entry.Previous.Next = entry.Next;
        if (entry.Next is null) _last = entry.Previous;
        else entry.Next.Previous = entry.Previous;
        (entry.Previous, entry.Next) = (null, null);
    }

    /// <summary>A binary heap whose elements store their own index, so that any element can be removed.</summary>
    private sealed class Heap
    {
        private const int KeptCapacity = 1024;

        // Index 0 is unused: a parent is at half the index of its children.
        private readonly List<DeadlineEntry> _items = [null!];

        public DeadlineEntry? First => _items.Count > 1 ? _items[1] : null;

        public long Steps { get; private set; }

        public void Add(DeadlineEntry entry)
        {
            _items.Add(entry);
            Rise(entry, _items.Count - 1);
        }

        public void Remove(DeadlineEntry entry)
        {
            var place = entry.Place;
            entry.Place = 0;
            var last = _items[^1];
            _items.RemoveAt(_items.Count - 1);
            if (last != entry) Sink(last, place);
            if (_items.Count == 1 && _items.Capacity > KeptCapacity) _items.Capacity = KeptCapacity;
        }

        private void Rise(DeadlineEntry entry, int place)
        {
            for (; place > 1 && _items[place / 2].Due > entry.Due; place /= 2, Steps++) Put(_items[place / 2], place);
            Put(entry, place);
        }

        private void Sink(DeadlineEntry entry, int place)
        {
            for (var child = 2 * place; child < _items.Count; child = 2 * place, Steps++)
            {
                if (child + 1 < _items.Count && _items[child + 1].Due < _items[child].Due) child++;
                if (_items[child].Due >= entry.Due) break;
                Put(_items[child], place);
                place = child;
            }

            Rise(entry, place);
        }

        private void Put(DeadlineEntry entry, int place) => (_items[place], entry.Place) = (entry, place);
    }
}
