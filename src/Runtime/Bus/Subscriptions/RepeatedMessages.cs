using System.Diagnostics.CodeAnalysis;

namespace TypedSocketRedis.Redis;

/// <summary>Counts messages, byte for byte, and forgets the oldest ones after a time or beyond a limit.</summary>
/// <param name="time">The clock.</param>
/// <param name="window">The time after which a message is forgotten.</param>
/// <param name="maxBytes">The maximum size of all remembered messages, in bytes.</param>
internal sealed class RepeatedMessages(TimeProvider time, TimeSpan window, long maxBytes)
{
    private readonly Dictionary<BusMessage, Count> _counts = new(Bytes.Comparer);
    private readonly Queue<(BusMessage Message, long At)> _order = new();
    private long _bytes;

    /// <summary>Adds a message.</summary>
    public void Add(BusMessage message)
    {
        var now = time.GetTimestamp();
        Forget(now);
        if (!_counts.TryGetValue(message, out var count)) _counts.Add(message, count = new Count());
        count.Left++;
        _order.Enqueue((message, now));
        _bytes += message.Size;
        while (_bytes > maxBytes) ForgetOldest();
    }

    /// <summary>Removes one message that equals another one.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryTake(BusMessage message)
    {
        Forget(time.GetTimestamp());
        if (!_counts.TryGetValue(message, out var count) || count.Left == 0) return false;
        count.Left--;
        count.Taken++;
        return true;
    }

    /// <summary>Forgets all messages.</summary>
    public void Clear()
    {
        _counts.Clear();
        _order.Clear();
        _order.TrimExcess();
        _bytes = 0;
    }

    private void Forget(long now)
    {
        while (_order.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At, now) > window) ForgetOldest();
    }

    private void ForgetOldest()
    {
        var (message, _) = _order.Dequeue();
        _bytes -= message.Size;
        var count = _counts[message];

        // Of equal ones the oldest was removed.
        if (count.Taken > 0) count.Taken--;
        else count.Left--;
        if (count is { Taken: 0, Left: 0 }) _counts.Remove(message);
    }

    private sealed class Count
    {
        public int Left { get; set; }

        public int Taken { get; set; }
    }

    private sealed class Bytes : IEqualityComparer<BusMessage>
    {
        public static readonly Bytes Comparer = new();

        public bool Equals(BusMessage x, BusMessage y) =>
            x.Channel.AsSpan().SequenceEqual(y.Channel) && x.Message.Span.SequenceEqual(y.Message.Span);

        public int GetHashCode([DisallowNull] BusMessage obj)
        {
            var hash = default(HashCode);
            hash.AddBytes(obj.Channel);
            hash.AddBytes(obj.Message.Span);
            return hash.ToHashCode();
        }
    }
}
