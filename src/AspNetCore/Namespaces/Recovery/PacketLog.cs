using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>The latest events of a namespace for recovery; a position is the number of events sent before.</summary>
/// <remarks>
/// <para>Not thread-safe. Offsets, by which clients name positions, begin with a random mark of this log, so that an offset of
/// another log, or of another process, is recognized as foreign.</para>
/// <para>Events are kept by the room they were sent to. When space is short the room with the most bytes loses its oldest event, so that
/// a flood to one room, or to one client, costs no other room its events.</para>
/// </remarks>
internal sealed class PacketLog
{
    private const string Shared = "";

    private readonly string _mark = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(4)) + ".";
    private readonly Dictionary<string, RoomLog> _rooms = new(StringComparer.Ordinal);

    // Logs by the number of bits of their cost: the largest is found without visiting all of them.
    private readonly LinkedList<RoomLog>[] _bySize = [.. Enumerable.Range(0, 64).Select(static _ => new LinkedList<RoomLog>())];

    // Logs without events, which are kept because of dropped events; approximately by the time of the last drop.
    private readonly LinkedList<RoomLog> _lost = new();
    private long _lostCost;
    private long _end;

    /// <summary>Gets a value indicating whether nothing is kept, not even a note of a dropped event.</summary>
    public bool IsEmpty => _rooms.Count == 0;

    /// <summary>The position behind the last event; can be read at any time.</summary>
    public long End => Volatile.Read(ref _end);

    /// <summary>The position up to which events may have expired.</summary>
    public long Start { get; private set; }

    /// <summary>The offset of the event that is added next.</summary>
    public string NextOffset => _mark + (End + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>The cost of the largest part, in bytes, exact to a factor of 2: a room's events, or all rooms without events.</summary>
    public long LargestCost => Math.Max(Largest()?.Cost ?? 0, _lostCost);

    /// <summary>Reads an offset: the position behind the event that had it.</summary>
    /// <returns>False if the offset is not one of this log.</returns>
    public bool TryRead(string offset, out long position)
    {
        position = 0;
        return offset.StartsWith(_mark, StringComparison.Ordinal)
            && long.TryParse(offset.AsSpan(_mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out position);
    }

    /// <summary>Returns a value indicating whether every event behind a position that a socket could receive is kept.</summary>
    /// <param name="position">The position.</param>
    /// <param name="rooms">The socket's rooms, each with the position at which the socket joined it.</param>
    public bool Reaches(long position, IReadOnlyDictionary<string, long> rooms)
    {
        if (position < Start || position > End) return false;
        if (_rooms.TryGetValue(Shared, out var shared) && shared.LostUpTo > position) return false;
        foreach (var (room, joined) in rooms)
        {
            if (_rooms.TryGetValue(room, out var log) && log.LostUpTo > Math.Max(position, joined)) return false;
        }

        return true;
    }

    /// <summary>Adds the next event.</summary>
    /// <returns>The added cost, in bytes: that of the event, and of its room if it was not in the log.</returns>
    public long Add(Frame frame, ImmutableArray<string> rooms, ImmutableArray<string> except, long time, RecoveryShare? share)
    {
        var log = Of(rooms, out var cost);
        var added = new LoggedEvent(++_end, frame, rooms, except, time, share);
        log.Add(added);
        Place(log);
        return cost + added.Cost;
    }

    /// <summary>Counts the next event without keeping it: a client that misses it cannot recover.</summary>
    /// <returns>The added cost, in bytes: that of the event's room if it was not in the log, otherwise 0.</returns>
    public long Skip(ImmutableArray<string> rooms, long time)
    {
        var log = Of(rooms, out var cost);
        log.Lose(++_end, time);
        Place(log);
        return cost;
    }

    /// <summary>Drops the oldest event of one room; returns its cost, or 0 if the room has no events.</summary>
    public int DropOldest(string room) => _rooms.TryGetValue(room, out var log) ? DropOldest(log) : 0;

    /// <summary>
    /// Drops the oldest event of the room whose events cost most or, if the rooms without events cost more, one of those rooms; returns
    /// the cost, or 0 if nothing is kept.
    /// </summary>
    public long DropLargest()
    {
        var largest = Largest();
        if (largest is not null && largest.Cost >= _lostCost) return DropOldest(largest);
        if (_lost.First?.Value is not { } lost) return 0;

        // The events dropped from this room then count as dropped for all rooms.
        Start = Math.Max(Start, lost.LostUpTo);
        return Remove(lost);
    }

    /// <summary>Drops the events sent before a time; returns their cost.</summary>
    public long DropBefore(long time)
    {
        var cost = 0L;
        var start = Start;
        foreach (var log in _rooms.Values)
        {
            var before = log.Count;
            cost += log.DropBefore(time, ref start);
            if (before != log.Count) Place(log);
        }

        // A room without events is kept as long as one of its dropped events could be missed.
        foreach (var log in _rooms.Values)
        {
            if (log.Count > 0 || log.LostTime >= time) continue;
            start = Math.Max(start, log.LostUpTo);
            cost += Remove(log);
        }

        Start = start;
        return cost;
    }

    /// <summary>Drops everything; returns its cost.</summary>
    public long Clear()
    {
        var cost = 0L;
        while (DropLargest() is var dropped and > 0) cost += dropped;
        return cost;
    }

    /// <summary>Returns the events that a socket missed behind a position, in the order they were sent.</summary>
    /// <param name="position">A position that <see cref="Reaches"/>.</param>
    /// <param name="rooms">The socket's rooms, its own included, each with the position at which the socket joined it.</param>
    /// <param name="last">The position behind the last of these events; the given one if there are none.</param>
    public List<Frame> After(long position, IReadOnlyDictionary<string, long> rooms, out long last)
    {
        List<LoggedEvent> missed = [];
        if (_rooms.TryGetValue(Shared, out var shared)) Collect(shared);
        foreach (var room in rooms.Keys)
        {
            if (_rooms.TryGetValue(room, out var log)) Collect(log);
        }

        missed.Sort(static (one, other) => one.Position.CompareTo(other.Position));
        last = missed.Count > 0 ? missed[^1].Position : position;
        return [.. missed.Select(static one => one.Frame)];

        void Collect(RoomLog log) => missed.AddRange(log.Events.Where(one =>
            one.Position > position && (one.Rooms.IsEmpty || IsAny(one.Rooms, rooms, one.Position))
                && !IsAny(one.Except, rooms, one.Position)));
    }

    /// <summary>Returns a value indicating whether a socket was in any of some rooms when an event was sent.</summary>
    private static bool IsAny(ImmutableArray<string> names, IReadOnlyDictionary<string, long> rooms, long position)
    {
        foreach (var name in names)
        {
            if (rooms.TryGetValue(name, out var joined) && position > joined) return true;
        }

        return false;
    }

    private RoomLog Of(ImmutableArray<string> rooms, out long cost)
    {
        cost = 0;
        var room = rooms.Length == 1 ? rooms[0] : Shared;
        if (_rooms.TryGetValue(room, out var log)) return log;
        _rooms.Add(room, log = new RoomLog(room));
        cost = log.OwnCost;
        return log;
    }

    private long Remove(RoomLog log)
    {
        _rooms.Remove(log.Room);
        Unplace(log);
        return log.OwnCost;
    }

    private int DropOldest(RoomLog log)
    {
        var cost = log.DropOldest();
        if (cost > 0) Place(log);
        return cost;
    }

    private void Place(RoomLog log)
    {
        var place = log.Count == 0 ? _lost : _bySize[BitOperations.Log2((ulong)log.Cost)];
        if (log.Place.List == place && place != _lost) return;
        Unplace(log);
        place.AddLast(log.Place);
        if (place == _lost) _lostCost += log.OwnCost;
    }

    private void Unplace(RoomLog log)
    {
        if (log.Place.List == _lost) _lostCost -= log.OwnCost;
        log.Place.List?.Remove(log.Place);
    }

    private RoomLog? Largest()
    {
        for (var size = _bySize.Length - 1; size >= 0; size--)
        {
            if (_bySize[size].First is { } first) return first.Value;
        }

        return null;
    }
}
