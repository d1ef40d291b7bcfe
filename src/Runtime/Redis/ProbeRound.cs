using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>One try of a set of subscriptions to hear itself on each of some channels.</summary>
/// <param name="probes">The channels.</param>
internal sealed class ProbeRound(RedisChannel[] probes)
{
    private readonly Lock _gate = new();
    private readonly List<RedisChannel> _unheard = [.. probes];
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when each of them was heard.</summary>
    public Task Completed => _completed.Task;

    /// <summary>Those that were not heard yet; a copy.</summary>
    public RedisChannel[] Unheard
    {
        get { lock (_gate) return [.. _unheard]; }
    }

    /// <summary>A message came on one of them.</summary>
    public void Hear(ReadOnlySpan<byte> channel)
    {
        lock (_gate)
        {
            for (var i = _unheard.Count - 1; i >= 0; i--)
            {
                if (channel.SequenceEqual(((byte[]?)_unheard[i]).AsSpan())) _unheard.RemoveAt(i);
            }

            if (_unheard.Count == 0) _completed.TrySetResult();
        }
    }
}
