using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Bounds the messages that were handed to a connection and that Redis has not taken yet.</summary>
/// <remarks>
/// A publish that nobody awaits gives no sign of its end, and a connection whose packets are lost takes messages for many
/// seconds before it is given up. So every few megabytes one message is a mark: Redis' answer to it says that all before it have
/// been taken.
/// </remarks>
internal sealed class PublishBacklog
{
    /// <summary>How much may wait, in bytes.</summary>
    public const long Limit = 256L * 1024 * 1024;

    private const long MarkEvery = 4L * 1024 * 1024;

    // What a small message costs the connection beside its bytes.
    private const int Overhead = 256;

    private long _added;
    private long _marked;
    private long _taken;

    /// <summary>Counts a message that is about to be published.</summary>
    /// <param name="bytes">Its size.</param>
    /// <param name="mark">Not 0 when its answer is wanted, for <see cref="SettleAsync"/>.</param>
    /// <returns>False when too much waits already: it is not to be published.</returns>
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

    /// <summary>Waits until Redis has taken a mark, or the connection and everything in it is gone.</summary>
    public async Task SettleAsync(IConnectionMultiplexer multiplexer, long mark, Task answer)
    {
        // An answer that is late, not lost, is asked for again, behind everything that waits.
        for (Task? pending = answer; !await IsSettledAsync(multiplexer, pending).ConfigureAwait(false);) pending = null;
        Settle(mark);
    }

    /// <summary>Nothing up to a mark waits any more.</summary>
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

    private static async Task<bool> IsSettledAsync(IConnectionMultiplexer multiplexer, Task? answer)
    {
        try
        {
            await (answer ?? multiplexer.GetDatabase().PingAsync()).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return !multiplexer.IsConnected;
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            return true;
        }
    }
}
