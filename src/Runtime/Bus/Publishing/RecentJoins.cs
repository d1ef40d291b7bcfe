namespace TypedSocketRedis.Redis;

/// <summary>Rooms that another producer lately made sockets of this node join.</summary>
/// <remarks>Events to such a room take the channel of the namespace for a while: see <see cref="RoomPublisher"/>.</remarks>
/// <param name="time">The clock.</param>
internal sealed class RecentJoins(TimeProvider time)
{
    /// <summary>The time for which a producer takes a join for recent: much longer than subscribing takes.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(10);

    /// <summary>The time for which a receiver does: the last messages of the producer may arrive late.</summary>
    public static readonly TimeSpan LongestAge = TimeSpan.FromSeconds(20);

    private const int MaxRooms = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _rooms = new(StringComparer.Ordinal);
    private readonly Queue<(string Room, long Since)> _order = new();
    private int _count;

    public void Add(IEnumerable<string> rooms)
    {
        var now = time.GetTimestamp();
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
            Forget(time.GetTimestamp());
            Volatile.Write(ref _count, _order.Count);
            return _rooms.ContainsKey(room);
        }
    }

    private void Forget(long now)
    {
        while (_order.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since, now) >= LongestAge) Forget(_order.Dequeue());
    }

    private void Forget((string Room, long Since) oldest)
    {
        // A room that was joined again since stays.
        if (_rooms.TryGetValue(oldest.Room, out var since) && since == oldest.Since) _rooms.Remove(oldest.Room);
    }
}
