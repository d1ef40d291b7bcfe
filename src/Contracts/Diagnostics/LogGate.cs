using System.Collections.Concurrent;

namespace TypedSocketRedis.Broadcasting;

/// <summary>Allows one log entry per key and minute, so that hostile input cannot flood a log.</summary>
/// <param name="time">The clock.</param>
internal sealed class LogGate(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Keys are names from this project and the application; the bound guards against a caller that passes client input by mistake.
    private const int MaxKeys = 1024;

    /// <summary>The limit on the entries of failed handlers, of which more than one is logged.</summary>
    public FaultGate Faults { get; } = new(time);

    private readonly ConcurrentDictionary<string, long> _last = new(StringComparer.Ordinal);

    /// <summary>Returns true if an entry with this key can be logged now, at most once per minute.</summary>
    /// <param name="key">The stable name of the problem that is logged.</param>
    public bool TryEnter(string key)
    {
        var now = time.GetTimestamp();
        while (true)
        {
            if (_last.TryGetValue(key, out var last))
            {
                if (time.GetElapsedTime(last, now) < Interval) return false;
                if (_last.TryUpdate(key, now, last)) return true;
            }
            else
            {
                if (_last.Count >= MaxKeys && !ForgetOld(now)) return false;
                if (_last.TryAdd(key, now)) return true;
            }
        }
    }

    private bool ForgetOld(long now)
    {
        foreach (var known in _last)
        {
            if (time.GetElapsedTime(known.Value, now) >= Interval) _last.TryRemove(known);
        }

        return _last.Count < MaxKeys;
    }
}
