using System.Diagnostics.CodeAnalysis;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>The frames queued for one client, in order; guarded by the lock of its session.</summary>
internal sealed class OutgoingQueue
{
    // The cost of a queued frame besides its bytes: the reference, and the frame's own object if it is not shared.
    private const int Overhead = 128;

    // A larger ring is released as soon as it is empty, so that idle clients hold almost no memory.
    private const int MaxKept = 64;
    private const int InitialSize = 4;
    private const int BurstFactor = 4;

    // Usually at most one frame is queued, which needs no ring.
    private Frame? _first;
    private Frame?[] _ring = [];
    private int _head;

    public int Count { get; private set; }

    /// <summary>The bytes of the queued frames that count against the client's budget.</summary>
    public long Bytes { get; private set; }

    /// <summary>
    /// Gets a value indicating whether the queue exceeds the budget, which only a burst may cause and only for a limited time.
    /// </summary>
    public bool IsOverBudget { get; private set; }

    public static long CostOf(Frame frame) => frame.WebSocket.Length + (long)Overhead;

    /// <summary>Adds a frame within the budget, or beyond it if it may be part of a burst.</summary>
    /// <remarks>
    /// A burst is sent faster than any network transmits it. A single frame may be larger than the budget, which limits the queue and not
    /// the event.
    /// </remarks>
    public bool TryEnqueue(Frame frame, long budget, bool isVolatile)
    {
        var bytes = Count == 0 ? 0 : Bytes + CostOf(frame);
        if (bytes > budget)
        {
            if (isVolatile || bytes / BurstFactor > budget) return false;
            IsOverBudget = true;
        }

        Enqueue(frame);
        return true;
    }

    /// <summary>Returns true, once per burst, when the queue is back within the budget.</summary>
    public bool HasDrained(long budget)
    {
        if (!IsOverBudget || Bytes > budget) return false;
        IsOverBudget = false;
        return true;
    }

    public void Enqueue(Frame frame)
    {
        if (Count == 0) _first = frame;
        else Append(frame, behind: Count - 1);
        Count++;
        Bytes += CostOf(frame);
    }

    public bool TryDequeue([NotNullWhen(true)] out Frame? frame)
    {
        frame = _first;
        if (frame is null) return false;
        Bytes -= CostOf(frame);
        _first = --Count == 0 ? null : Shift();
        if (Count == 0 && _ring.Length > MaxKept) Clear();
        return true;
    }

    public void Clear()
    {
        _first = null;
        _ring = [];
        _head = 0;
        Count = 0;
        Bytes = 0;
    }

    private void Append(Frame frame, int behind)
    {
        if (behind == _ring.Length) Grow(behind);
        _ring[(_head + behind) & (_ring.Length - 1)] = frame;
    }

    private Frame? Shift()
    {
        var next = _ring[_head];
        _ring[_head] = null;
        _head = (_head + 1) & (_ring.Length - 1);
        return next;
    }

    private void Grow(int count)
    {
        var larger = new Frame?[Math.Max(InitialSize, _ring.Length * 2)];
        for (var i = 0; i < count; i++) larger[i] = _ring[(_head + i) & (_ring.Length - 1)];
        _ring = larger;
        _head = 0;
    }
}
