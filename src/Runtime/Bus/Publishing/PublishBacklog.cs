namespace TypedSocketRedis.Redis;

/// <summary>Limits the messages that were handed to a connection and that Redis has not accepted yet.</summary>
/// <remarks>
/// A publish that is not awaited gives no sign of its end, and a connection whose packets are lost takes messages for many
/// seconds before it is closed. So every few megabytes one message is a mark: Redis' reply to it confirms that all before it were
/// accepted.
/// </remarks>
internal sealed class PublishBacklog
{
    /// <summary>The maximum number of waiting bytes.</summary>
    public const long Limit = 256L * 1024 * 1024;

    private const long MarkEvery = 4L * 1024 * 1024;

    // The cost of a small message on the connection beside its bytes.
    private const int Overhead = 256;

    private long _added;
    private long _marked;
    private long _taken;

    /// <summary>Counts a message that is about to be published.</summary>
    /// <param name="bytes">The size of the message, in bytes.</param>
    /// <param name="mark">A number other than 0 when the reply is needed, for <see cref="SettleAsync"/>.</param>
    /// <returns>False when the limit is reached: the message must not be published.</returns>
    public bool TryAdd(int bytes, out long mark)
    {
        mark = 0;
        var size = bytes + Overhead;
        var added = Interlocked.Add(ref _added, size);
        if (added - Volatile.Read(ref _taken) > Limit)
        {
            Interlocked.Add(ref _added, -size);
            return false;
        }

        var marked = Volatile.Read(ref _marked);
        if (added - marked >= MarkEvery && Interlocked.CompareExchange(ref _marked, added, marked) == marked) mark = added;
        return true;
    }

    /// <summary>Waits until Redis has accepted a mark, or the connection and everything in it is lost.</summary>
    public async Task SettleAsync(IRedisLink link, long mark, Task reply)
    {
        // A reply that is late, not lost, is requested again, behind everything that waits.
        for (Task? pending = reply; !await IsSettledAsync(link, pending).ConfigureAwait(false);) pending = null;
        Settle(mark);
    }

    /// <summary>Records that nothing up to a mark waits any more.</summary>
    public void Settle(long mark)
    {
        var taken = Volatile.Read(ref _taken);
        while (taken < mark)
        {
            var before = Interlocked.CompareExchange(ref _taken, mark, taken);
            if (before == taken) return;
            taken = before;
        }
    }

    private static async Task<bool> IsSettledAsync(IRedisLink link, Task? reply)
    {
        try
        {
            await (reply ?? link.PingAsync()).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return !link.IsConnected;
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            return true;
        }
    }
}
