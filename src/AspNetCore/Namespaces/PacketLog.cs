using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>The latest events of a namespace that clients may miss, in the order they were sent; a position is how many there were before.</summary>
/// <remarks>Not for concurrent use. Offsets, by which clients name positions, begin with a mark of their own: a client that takes another
/// text for one is found out.</remarks>
internal sealed class PacketLog
{
    private const int Overhead = 128;
    private const int FirstCapacity = 16;

    private readonly string _mark = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(4)) + ".";
    private Entry[] _entries = [];
    private int _head;

    public int Count { get; private set; }

    /// <summary>The position behind the last event.</summary>
    public long End { get; private set; }

    /// <summary>The position before the oldest event that is kept.</summary>
    public long Start => End - Count;

    /// <summary>The offset of the event that is added next.</summary>
    public string NextOffset => _mark + (End + 1).ToString(CultureInfo.InvariantCulture);

    public static int CostOf(Frame frame) => frame.WebSocket.Length + Overhead;

    /// <summary>Reads an offset: the position behind the event that had it.</summary>
    /// <returns>False when it is none of this log.</returns>
    public bool TryRead(string offset, out long position)
    {
        position = 0;
        return offset.StartsWith(_mark, StringComparison.Ordinal)
            && long.TryParse(offset.AsSpan(_mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out position);
    }

    /// <summary>Whether all that came behind a position is kept.</summary>
    public bool Reaches(long position) => position >= Start && position <= End;

    public void Add(Frame frame, ImmutableArray<string> rooms, ImmutableArray<string> except, long time)
    {
        if (Count == _entries.Length) Grow();
        _entries[(_head + Count++) & (_entries.Length - 1)] = new Entry(frame, rooms, except, time);
        End++;
    }

    /// <summary>Passes over an event that is not kept, and forgets those before it: they would be of no use to anybody.</summary>
    /// <returns>What they cost.</returns>
    public long Skip()
    {
        var cost = Clear();
        End++;
        return cost;
    }

    /// <summary>Forgets the oldest event.</summary>
    /// <returns>What it cost; 0 when there was none.</returns>
    public int DropOldest()
    {
        if (Count == 0) return 0;
        ref var oldest = ref _entries[_head];
        var cost = CostOf(oldest.Frame);
        oldest = default;
        _head = (_head + 1) & (_entries.Length - 1);
        if (--Count == 0) _entries = [];
        return cost;
    }

    /// <summary>Forgets what was sent before a moment.</summary>
    /// <returns>What it cost.</returns>
    public long DropBefore(long time)
    {
        var cost = 0L;
        while (Count > 0 && _entries[_head].Time < time) cost += DropOldest();
        return cost;
    }

    public long Clear()
    {
        var cost = 0L;
        while (Count > 0) cost += DropOldest();
        return cost;
    }

    /// <summary>What came behind a position for a socket that is in some rooms.</summary>
    /// <param name="position">A position that <see cref="Reaches"/>.</param>
    /// <param name="rooms">The rooms, its own included.</param>
    /// <param name="last">The position behind the last of it; the given one when there is nothing.</param>
    public List<Frame> After(long position, IReadOnlySet<string> rooms, out long last)
    {
        List<Frame> missed = [];
        last = position;
        for (var i = (int)(position - Start); i < Count; i++)
        {
            ref var entry = ref _entries[(_head + i) & (_entries.Length - 1)];
            if ((!entry.Rooms.IsEmpty && !IsAny(entry.Rooms, rooms)) || IsAny(entry.Except, rooms)) continue;
            missed.Add(entry.Frame);
            last = Start + i + 1;
        }

        return missed;
    }

    private static bool IsAny(ImmutableArray<string> names, IReadOnlySet<string> rooms)
    {
        foreach (var name in names)
        {
            if (rooms.Contains(name)) return true;
        }

        return false;
    }

    // A power of two, so that positions wrap with a mask.
    private void Grow()
    {
        var grown = new Entry[Math.Max(FirstCapacity, _entries.Length * 2)];
        for (var i = 0; i < Count; i++) grown[i] = _entries[(_head + i) & (_entries.Length - 1)];
        (_entries, _head) = (grown, 0);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(Frame Frame, ImmutableArray<string> Rooms, ImmutableArray<string> Except, long Time);
}
