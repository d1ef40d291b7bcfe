using System.Collections.Immutable;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The data of the <c>RoomIndex</c> for one socket, accessed only by the index under its lock.</summary>
/// <param name="socket">The socket.</param>
internal sealed class RoomMember(ILocalSocket socket)
{
    // Most sockets are in a handful of rooms; only those in more need a table.
    private const int MaxSearched = 8;

    private Membership? _first;
    private Membership? _last;
    private int _count;
    private Dictionary<Room, Membership>? _byRoom;

    public ILocalSocket Socket { get; } = socket;

    /// <summary>The last selection that visited this socket, so that it is selected at most once, and never if it is excluded.</summary>
    public long Stamp { get; set; }

    /// <summary>Its membership in the namespace, or null before the first join and after removal.</summary>
    public Membership? InNamespace { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the socket was removed: a join that runs after the disconnect has no effect.
    /// </summary>
    public bool IsRemoved { get; set; }

    public Membership? First => _first;

    /// <summary>The number of its rooms; may be outdated if it is read without the lock.</summary>
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

    /// <summary>Returns the number of its rooms that are not in a set.</summary>
    public int CountOutside(IReadOnlySet<string> rooms)
    {
        var count = 0;
        for (var membership = _first; membership is not null; membership = membership.Next)
        {
            if (!rooms.Contains(membership.Room.Name)) count++;
        }

        return count;
    }

    /// <summary>Returns the id of the user whose room the socket joined first, or null if it is in none.</summary>
    public string? UserOf(string prefix)
    {
        for (var membership = _first; membership is not null; membership = membership.Next)
        {
            if (UserRooms.UserOf(membership.Room.Name, prefix) is { } userId) return userId;
        }

        return null;
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
