using System.Collections.Immutable;

namespace TypedSocketRedis.Broadcasting;

/// <summary>What the <c>RoomIndex</c> keeps for one socket; only the index reads and writes it, under its lock.</summary>
/// <param name="socket">The socket it stands for.</param>
internal sealed class RoomMember(ILocalSocket socket)
{
    // A socket is in a handful of rooms; only one that is in more pays for a table.
    private const int MaxSearched = 8;

    private Membership? _first;
    private Membership? _last;
    private int _count;
    private Dictionary<Room, Membership>? _byRoom;

    public ILocalSocket Socket { get; } = socket;

    /// <summary>The last selection that met this socket, so that it is taken once and an excluded one never.</summary>
    public long Stamp { get; set; }

    /// <summary>Its place among all sockets of the namespace; null before the first join and after removal.</summary>
    public Membership? InNamespace { get; set; }

    /// <summary>A removed socket stays out: a join that lost the race against the disconnect changes nothing.</summary>
    public bool IsRemoved { get; set; }

    public Membership? First => _first;

    /// <summary>In how many rooms it is, as a hint: read without the lock it may be old.</summary>
    public int Count => Volatile.Read(ref _count);

    public Membership? Find(Room room)
    {
        if (_byRoom is not null) return _byRoom.GetValueOrDefault(room);
        for (var membership = _first; membership is not null; membership = membership.Next)
        {
            if (membership.Room == room) return membership;
        }

        return null;
    }

    /// <summary>The number of its rooms that are not among others.</summary>
    public int CountOutside(IReadOnlySet<string> rooms)
    {
        var count = 0;
        for (var membership = _first; membership is not null; membership = membership.Next)
        {
            if (!rooms.Contains(membership.Room.Name)) count++;
        }

        return count;
    }

    public void Link(Membership membership)
    {
        membership.Previous = _last;
        if (_last is null) _first = membership;
        else _last.Next = membership;
        _last = membership;

        if (++_count > MaxSearched) _byRoom ??= Index();
        _byRoom?.TryAdd(membership.Room, membership);
    }

    public void Unlink(Membership membership)
    {
        if (membership.Previous is null) _first = membership.Next;
        else membership.Previous.Next = membership.Next;
        if (membership.Next is null) _last = membership.Previous;
        else membership.Next.Previous = membership.Previous;

        if (--_count <= MaxSearched / 2) _byRoom = null;
        _byRoom?.Remove(membership.Room);
    }

    public ImmutableArray<string> RoomNames()
    {
        var names = ImmutableArray.CreateBuilder<string>(_count);
        for (var membership = _first; membership is not null; membership = membership.Next) names.Add(membership.Room.Name);
        return names.MoveToImmutable();
    }

    private Dictionary<Room, Membership> Index()
    {
        var byRoom = new Dictionary<Room, Membership>(_count);
        for (var membership = _first; membership is not null; membership = membership.Next) byRoom.Add(membership.Room, membership);
        return byRoom;
    }
}
