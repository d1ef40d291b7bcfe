using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Namespaces;

/// <summary>The acknowledgements that one socket owes.</summary>
/// <remarks>Bounded: beyond it an event is not sent and its acknowledgement counts as missing. What times out is taken out.</remarks>
internal sealed class AckTable
{
    private const int MaxPending = 1000;

    private Dictionary<ulong, AckCollector>? _pending;
    private bool _isClosed;

    public bool TryAdd(ulong id, AckCollector acks)
    {
        lock (this)
        {
            if (_isClosed || _pending?.Count >= MaxPending) return false;
            (_pending ??= []).Add(id, acks);
            return true;
        }
    }

    /// <summary>Who awaits this acknowledgement; it counts once, and an unknown one is nobody's.</summary>
    public AckCollector? Take(ulong id)
    {
        lock (this)
        {
            if (_pending is null || !_pending.Remove(id, out var acks)) return null;
            if (_pending.Count == 0) _pending = null;
            return acks;
        }
    }

    /// <summary>Tells everybody who waits that nothing is going to come.</summary>
    public void Close()
    {
        AckCollector[] pending;
        lock (this)
        {
            _isClosed = true;
            pending = _pending is null ? [] : [.. _pending.Values];
            _pending = null;
        }

        foreach (var acks in pending) acks.Lose();
    }
}
