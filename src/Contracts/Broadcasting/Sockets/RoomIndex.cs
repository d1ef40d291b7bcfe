using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The sockets of each room of one namespace on this node.</summary>
/// <remarks>
/// Thread-safe. The cost of joining and leaving does not depend on the number of members of a room. The lock is held only while the
/// receivers are selected, not while events are delivered to them.
/// </remarks>
internal sealed class RoomIndex
{
    private const int MaxStackChars = 256;
    private const int SmallestToTrim = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Room>.AlternateLookup<ReadOnlySpan<char>> _roomsByText;
    private readonly Room _everyone = new("");
    private long _stamp;

    public RoomIndex() => _roomsByText = _rooms.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// The callback for a room that has got its first member or lost its last. It is called outside the lock, also by several threads at
    /// once, so it reads the state of the room with <see cref="HasRoom(ReadOnlySpan{char})"/>.
    /// </summary>
    public Action<string>? RoomChanged { private get; set; }

    /// <summary>The handlers of the changes of rooms, which are queued under the lock, in the order in which they happen.</summary>
    public RoomEvents Events { get; } = new();

    public int SocketCount
    {
        get { lock (_gate) return _everyone.Count; }
    }

    public int RoomCount
    {
        get { lock (_gate) return _rooms.Count; }
    }

    /// <summary>Adds a socket to rooms, and to the namespace if it is its first join.</summary>
    /// <returns>False if the socket has been removed, in which case nothing changes.</returns>
    public bool Join(RoomMember member, ImmutableArray<string> rooms)
    {
        List<string>? changed = null;
        lock (_gate)
        {
            if (member.IsRemoved) return false;
            if (member.InNamespace is null)
            {
                member.InNamespace = new Membership(member, _everyone);
                _everyone.Add(member.InNamespace);
            }

            foreach (var name in rooms) Join(member, name, ref changed);
        }

        Report(changed);
        return true;
    }

    /// <summary>Returns the number of rooms of a socket after a join.</summary>
    /// <param name="member">The socket.</param>
    /// <param name="rooms">The rooms to join. Rooms it has already joined are counted once.</param>
    public int CountWith(RoomMember member, IReadOnlySet<string> rooms)
    {
        lock (_gate) return member.CountOutside(rooms) + rooms.Count;
    }

    /// <summary>Removes a socket from rooms; rooms it is not in are ignored.</summary>
    public void Leave(RoomMember member, ImmutableArray<string> rooms)
    {
        List<string>? changed = null;
        lock (_gate)
        {
            foreach (var name in rooms)
            {
                if (_rooms.TryGetValue(name, out var room) && member.Find(room) is { } membership) Leave(membership, ref changed);
            }
        }

        Report(changed);
    }

    /// <summary>Removes a socket from the namespace and all rooms permanently.</summary>
    public void Remove(RoomMember member)
    {
        List<string>? changed = null;
        lock (_gate)
        {
            member.IsRemoved = true;
            while (member.First is { } membership) Leave(membership, ref changed);
            if (member.InNamespace is not null) _everyone.Remove(member.InNamespace);
            member.InNamespace = null;
        }

        Report(changed);
    }

    /// <summary>Returns a copy of the names of all rooms.</summary>
    public HashSet<string> RoomNames()
    {
        lock (_gate) return new HashSet<string>(_rooms.Keys, StringComparer.Ordinal);
    }

    public ImmutableArray<string> RoomsOf(RoomMember member)
    {
        lock (_gate) return member.RoomNames();
    }

    /// <summary>Returns the id of the user whose room a socket is in, or null if it is in none.</summary>
    /// <param name="member">The socket.</param>
    /// <param name="prefix">The prefix of user rooms, or empty for none.</param>
    public string? UserOf(RoomMember member, string prefix)
    {
        if (prefix.Length == 0) return null;
        lock (_gate) return member.UserOf(prefix);
    }

    public bool HasRoom(ReadOnlySpan<char> room)
    {
        lock (_gate) return _roomsByText.ContainsKey(room);
    }

    /// <summary>Returns a value indicating whether a room with a UTF-8 name has members on this node; allocates nothing.</summary>
    public bool HasRoom(ReadOnlySpan<byte> utf8)
    {
        // A UTF-8 text never has more UTF-16 units than bytes.
        char[]? rented = null;
        var chars = utf8.Length <= MaxStackChars
            ? stackalloc char[MaxStackChars]
            : rented = ArrayPool<char>.Shared.Rent(utf8.Length);
        var known = HasRoom(chars[..Encoding.UTF8.GetChars(utf8, chars)]);
        if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        return known;
    }

    /// <summary>
    /// Selects the receivers: the members of any of the rooms, or of the namespace if there are none, each once, without the members of
    /// <c>Except</c>.
    /// </summary>
    /// <param name="options">The target.</param>
    /// <returns>The receivers. The caller disposes them.</returns>
    public SocketSelection Select(BroadcastOptions options)
    {
        var selection = new SocketSelection();
        lock (_gate)
        {
            selection.Reserve(Math.Min(Candidates(options.Rooms), _everyone.Count));
            var stamp = ++_stamp;
            foreach (var name in options.Excepted)
            {
                if (_rooms.TryGetValue(name, out var room)) Mark(room, stamp);
            }

            if (options.Rooms.IsEmpty) Take(_everyone, stamp, ref selection);
            foreach (var name in options.Rooms)
            {
                if (_rooms.TryGetValue(name, out var room)) Take(room, stamp, ref selection);
            }
        }

        return selection;
    }

    private static void Mark(Room room, long stamp)
    {
        foreach (var membership in room.Members) membership.Member.Stamp = stamp;
    }

    private static void Take(Room room, long stamp, ref SocketSelection selection)
    {
        foreach (var membership in room.Members)
        {
            var member = membership.Member;
            if (member.Stamp == stamp) continue;
            member.Stamp = stamp;
            selection.Add(member.Socket);
        }
    }

    private int Candidates(ImmutableArray<string> rooms)
    {
        if (rooms.IsEmpty) return _everyone.Count;
        long count = 0;
        foreach (var name in rooms)
        {
            if (_rooms.TryGetValue(name, out var room)) count += room.Count;
        }

        return (int)Math.Min(count, int.MaxValue);
    }

    private void Report(List<string>? changed)
    {
        if (changed is null || RoomChanged is not { } report) return;
        foreach (var room in changed) report(room);
    }

    private void Join(RoomMember member, string name, ref List<string>? changed)
    {
        if (!_rooms.TryGetValue(name, out var room))
        {
            _rooms.Add(name, room = new Room(name));
            if (RoomChanged is not null) (changed ??= []).Add(name);
            Events.Report(RoomEventKind.Created, name);
        }
        else if (member.Find(room) is not null)
        {
            return;
        }

        var membership = new Membership(member, room);
        room.Add(membership);
        member.Link(membership);
        Events.Report(RoomEventKind.Joined, name, member.Socket);
    }

    private void Leave(Membership membership, ref List<string>? changed)
    {
        var room = membership.Room;
        room.Remove(membership);
        membership.Member.Unlink(membership);
        Events.Report(RoomEventKind.Left, room.Name, membership.Member.Socket);
        if (room.Count > 0) return;

        _rooms.Remove(room.Name);
        Events.Report(RoomEventKind.Deleted, room.Name);
        if (RoomChanged is not null) (changed ??= []).Add(room.Name);
        if (_rooms.Capacity >= SmallestToTrim && _rooms.Count < _rooms.Capacity / 8) _rooms.TrimExcess(_rooms.Count * 2);
    }
}
