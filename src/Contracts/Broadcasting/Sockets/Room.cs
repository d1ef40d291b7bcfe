namespace TypedSocketRedis.Broadcasting;

/// <summary>The members of one room, or of the whole namespace, in one dense array.</summary>
/// <param name="name">The room's name.</param>
internal sealed class Room(string name)
{
    // Most rooms contain exactly one socket and need no array: every socket has a room of its own, named by its id.
    private const int InitialCapacity = 2;
    private const int SmallestToShrink = 16;

    private Membership? _only;
    private Membership[] _members = [];

    public string Name { get; } = name;

    public int Count { get; private set; }

    public ReadOnlySpan<Membership> Members =>
        _members.Length == 0 ? new ReadOnlySpan<Membership>(ref _only!)[..Count] : _members.AsSpan(0, Count);

    public void Add(Membership membership)
    {
        membership.Index = Count;
        if (Count == 0 && _members.Length == 0) _only = membership;
        else Append(membership);
        Count++;
    }

    public void Remove(Membership membership)
    {
        Count--;
        if (_members.Length == 0)
        {
            _only = null;
            return;
        }

        var last = _members[Count];
        _members[membership.Index] = last;
        last.Index = membership.Index;
        _members[Count] = null!;

        if (_members.Length >= SmallestToShrink && Count <= _members.Length / 4) Array.Resize(ref _members, _members.Length / 2);
    }

    private void Append(Membership membership)
    {
        if (_only is { } first)
        {
            _members = new Membership[InitialCapacity];
            _members[0] = first;
            _only = null;
        }
        else if (Count == _members.Length)
        {
            Array.Resize(ref _members, checked(Count * 2));
        }

        _members[Count] = membership;
    }
}

/// <summary>The membership of one socket in one room: its slot in the room's array and its node in the socket's list.</summary>
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
