using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Namespaces;

/// <summary>The pending acknowledgements of one socket.</summary>
/// <remarks>
/// The table is bounded: an event whose ack would exceed the bound is not sent, and its ack counts as missing. Acks that other nodes
/// request have a separate bound, so that a peer uses no entries of this node; above it the oldest of them is dropped. Timed-out acks are
/// removed.
/// </remarks>
internal sealed class AckTable
{
    private const int MaxPending = 1000;
    private const int MaxForwarded = 1000;

    private Dictionary<ulong, AckCollector>? _pending;
    private OrderedDictionary<ulong, AckCollector>? _forwarded;
    private bool _isClosed;

    public bool TryAdd(ulong id, AckCollector acks)
    {
        if (acks.IsForwarded) return TryAddForwarded(id, acks);
        lock (this)
        {
            if (_isClosed || _pending?.Count >= MaxPending) return false;
            (_pending ??= []).Add(id, acks);
            return true;
        }
    }

    /// <summary>Returns the collector of an ack and removes it; null for an unknown id.</summary>
    public AckCollector? Take(ulong id)
    {
        lock (this)
        {
            if (_pending is not null && _pending.Remove(id, out var acks))
            {
                if (_pending.Count == 0) _pending = null;
                return acks;
            }

            if (_forwarded is null || !_forwarded.Remove(id, out acks)) return null;
            if (_forwarded.Count == 0) _forwarded = null;
            return acks;
        }
    }

    /// <summary>Notifies every collector that no further ack will arrive.</summary>
    public void Close()
    {
        AckCollector[] pending;
        lock (this)
        {
            _isClosed = true;
            pending = [.. _pending?.Values ?? (IEnumerable<AckCollector>)[], .. _forwarded?.Values ?? (IEnumerable<AckCollector>)[]];
            (_pending, _forwarded) = (null, null);
        }

        foreach (var acks in pending) acks.Lose();
    }

    private bool TryAddForwarded(ulong id, AckCollector acks)
    {
        AckCollector? oldest = null;
        lock (this)
        {
            if (_isClosed) return false;
            _forwarded ??= [];
            if (_forwarded.Count >= MaxForwarded)
            {
                oldest = _forwarded.GetAt(0).Value;
                _forwarded.RemoveAt(0);
            }

            _forwarded.Add(id, acks);
        }

        oldest?.GiveUpOne();
        return true;
    }
}
