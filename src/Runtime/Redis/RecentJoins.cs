namespace TypedSocketRedis.Redis;

/// <summary>Rooms that this node or emitter has lately had the sockets of other nodes join.</summary>
/// <remarks>
/// A node that subscribes its rooms one by one subscribes such a room only when it is told of the join, and would miss what
/// is sent to the room's channel meanwhile. What is sent from here to these rooms therefore takes the namespace's channel,
/// which every node hears, and in the order it was sent. Who subscribes what is each node's own affair: nobody else can know
/// whether there is such a node.
/// </remarks>
/// <param name="time">The clock.</param>
internal sealed class RecentJoins(TimeProvider time)
{
    /// <summary>How long a join is recent: much longer than subscribing takes.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(10);

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
        // The rule is that nothing is in it: then a broadcast pays one read.
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
        while (_order.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since, now) >= Age) Forget(_order.Dequeue());
    }

    private void Forget((string Room, long Since) oldest)
    {
        // One that was joined again since stays.
        if (_rooms.TryGetValue(oldest.Room, out var since) && since == oldest.Since) _rooms.Remove(oldest.Room);
    }
}
