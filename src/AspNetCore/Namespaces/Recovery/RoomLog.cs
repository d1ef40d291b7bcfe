using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>The kept events of one audience: those sent to one room alone, or all others of the namespace.</summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="room">The room; empty for events to everyone or to several rooms.</param>
internal sealed class RoomLog(string room)
{
    private const int Overhead = 512;
    private const int CharBytes = 2;
    private const int SmallestCapacity = 4;

    private readonly Queue<LoggedEvent> _events = new();
    private LinkedListNode<RoomLog>? _place;

    /// <summary>The room; empty for events to everyone or to several rooms.</summary>
    public string Room { get; } = room;

    /// <summary>The log's place among those of about the same cost.</summary>
    public LinkedListNode<RoomLog> Place => _place ??= new LinkedListNode<RoomLog>(this);

    /// <summary>The events, oldest first.</summary>
    public IEnumerable<LoggedEvent> Events => _events;

    public int Count => _events.Count;

    /// <summary>The cost of the log without its events, in bytes.</summary>
    public long OwnCost => Overhead + (CharBytes * (long)Room.Length);

    /// <summary>The cost of the events, in bytes.</summary>
    public long Cost { get; private set; }

    /// <summary>The position behind the last event that was dropped early or not kept at all; 0 for none.</summary>
    public long LostUpTo { get; private set; }

    public void Add(in LoggedEvent added)
    {
        _events.Enqueue(added);
        Cost += added.Cost;
    }

    /// <summary>The time at which that event was sent, as a timestamp of the clock.</summary>
    public long LostTime { get; private set; }

    /// <summary>Records that an event is not kept.</summary>
    public void Lose(long position, long time) => (LostUpTo, LostTime) = (position, time);

    /// <summary>Drops the oldest event for lack of space; returns its cost, or 0 if there is none.</summary>
    public int DropOldest()
    {
        if (!_events.TryPeek(out var oldest)) return 0;
        if (oldest.Position > LostUpTo) Lose(oldest.Position, oldest.Time);
        return Remove();
    }

    /// <summary>Drops the events sent before a moment.</summary>
    /// <param name="time">The moment, as a timestamp of the clock.</param>
    /// <param name="last">Set to the position behind the last of them, if there are any.</param>
    /// <returns>Their cost, in bytes.</returns>
    public long DropBefore(long time, ref long last)
    {
        var cost = 0L;
        while (_events.TryPeek(out var oldest) && oldest.Time < time)
        {
            last = Math.Max(last, oldest.Position);
            cost += Remove();
        }

        return cost;
    }

    private int Remove()
    {
        var removed = _events.Dequeue();
        Cost -= removed.Cost;

        // A log can outlive its last event, and the capacity for many events is not in its cost.
        if (_events.Capacity > SmallestCapacity && _events.Count <= _events.Capacity / 4) _events.TrimExcess(_events.Capacity / 2);
        removed.Share?.Give(removed.Cost);
        return removed.Cost;
    }
}

/// <summary>One kept event.</summary>
/// <param name="Position">The position behind it: the number of events of the namespace up to and including it.</param>
/// <param name="Frame">The frame of the event.</param>
/// <param name="Rooms">The rooms it was sent to; empty for everyone.</param>
/// <param name="Except">The rooms whose members were excluded.</param>
/// <param name="Time">The time at which it was sent, as a timestamp of the clock.</param>
/// <param name="Share">The share that is charged besides the server's budget, or null for none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LoggedEvent(
    long Position, Frame Frame, ImmutableArray<string> Rooms, ImmutableArray<string> Except, long Time, RecoveryShare? Share)
{
    private const int Overhead = 128;

    /// <summary>The cost of keeping it, in bytes.</summary>
    public int Cost => CostOf(Frame);

    /// <summary>Returns the cost of keeping an event, in bytes.</summary>
    public static int CostOf(Frame frame) => frame.WebSocket.Length + Overhead;
}
