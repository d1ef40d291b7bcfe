using System.Diagnostics.CodeAnalysis;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>References to the frames that wait for one client, in order; its session guards it.</summary>
internal sealed class OutgoingQueue
{
    // What a queued frame costs beside its bytes: the reference, and the frame's own object when nobody shares it.
    private const int Overhead = 128;

    // A burst's ring is given back once it is empty, so that idle clients hold next to nothing.
    private const int MaxKept = 64;
    private const int InitialSize = 4;
    private const int BurstFactor = 4;

    // Most of the time at most one frame waits, and needs no ring.
    private Frame? _first;
    private Frame?[] _ring = [];
    private int _head;

    public int Count { get; private set; }

    /// <summary>What the queued frames weigh against the client's budget, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether more waits than the budget, which only a burst may cause and only for a while.</summary>
    public bool IsOverBudget { get; private set; }

    public static long CostOf(Frame frame) => frame.WebSocket.Length + (long)Overhead;

    /// <summary>Adds a frame within the budget, or beyond it when it may be part of a burst.</summary>
    /// <remarks>A burst is sent faster than any network takes it. One frame alone may be larger than the budget: it is the
    /// queue that is bounded, not the event.</remarks>
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

    /// <summary>Whether a burst has just come back below the budget; true once.</summary>
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
