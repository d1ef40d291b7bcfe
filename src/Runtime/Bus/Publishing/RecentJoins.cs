namespace TypedSocketRedis.Redis;

/// <summary>Rooms that another producer lately made sockets of this node join.</summary>
/// <remarks>Events to such a room take the channel of the namespace for a while: see <see cref="RoomPublisher"/>.</remarks>
/// <param name="timings">The times.</param>
internal sealed class RecentJoins(BusTimings timings)
{
    private const int MaxRooms = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _rooms = new(StringComparer.Ordinal);
    private readonly Queue<(string Room, long Since)> _order = new();
    private int _count;

    public void Add(IEnumerable<string> rooms)
    {
        var now = timings.Clock.GetTimestamp();
        lock (_gate)
        {
            Forget(now);
            foreach (var room in rooms)
            {
                _rooms[room] = now;
                _order.Enqueue((room, now));
                while (_order.Count > MaxRooms) Forget(_order.Dequeue());
            }

            Volatile.Write(ref _count, _order.Count);
        }
    }

    public bool Contains(string room)
    {
        // The set is usually empty: then a broadcast pays one read.
        if (Volatile.Read(ref _count) == 0) return false;
        lock (_gate)
        {
            Forget(timings.Clock.GetTimestamp());
            Volatile.Write(ref _count, _order.Count);
            return _rooms.ContainsKey(room);
        }
    }

    private void Forget(long now)
    {
        while (_order.TryPeek(out var oldest) && timings.Clock.GetElapsedTime(oldest.Since, now) >= timings.ReceivedRecentJoin)
            Forget(_order.Dequeue());
    }

    private void Forget((string Room, long Since) oldest)
    {
        // A room that was joined again since stays.
        if (_rooms.TryGetValue(oldest.Room, out var since) && since == oldest.Since) _rooms.Remove(oldest.Room);
    }
}
