namespace TypedSocketRedis.Broadcasting;

/// <summary>The members of one room, or of the whole namespace, in one dense array.</summary>
/// <param name="name">The room's name.</param>
internal sealed class Room(string name)
{
    // Most rooms hold exactly one socket: every socket is alone in the room of its own id.
    private const int InitialCapacity = 1;
    private const int SmallestToShrink = 16;

    private Membership[] _members = new Membership[InitialCapacity];

    public string Name { get; } = name;

    public int Count { get; private set; }

    public ReadOnlySpan<Membership> Members => _members.AsSpan(0, Count);

    public void Add(Membership membership)
    {
        if (Count == _members.Length) Array.Resize(ref _members, checked(Count * 2));
        membership.Index = Count;
        _members[Count++] = membership;
    }

    public void Remove(Membership membership)
    {
        var last = _members[--Count];
        _members[membership.Index] = last;
        last.Index = membership.Index;
        _members[Count] = null!;

        if (_members.Length >= SmallestToShrink && Count <= _members.Length / 4) Array.Resize(ref _members, _members.Length / 2);
    }
}

/// <summary>That one socket is in one room: its slot in the room's array and its link in the socket's own list.</summary>
/// <param name="member">The socket.</param>
/// <param name="room">The room.</param>
internal sealed class Membership(RoomMember member, Room room)
{
    public RoomMember Member { get; } = member;

    public Room Room { get; } = room;

    public int Index { get; set; }

    public Membership? Previous { get; set; }

    public Membership? Next { get; set; }
}
