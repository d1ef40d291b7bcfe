using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Holds publishes, bounded and in order, while they change to another server of a Redis Cluster.</summary>
/// <param name="publish">Publishes without waiting.</param>
/// <param name="publishAsync">Publishes and returns the number of receiving connections.</param>
internal sealed class PublishHold(Func<RedisChannel, byte[], bool> publish, Func<RedisChannel, byte[], Task<long>> publishAsync)
{
    /// <summary>The maximum size of all held messages, in bytes; further ones are refused.</summary>
    public const long MaxBytes = 32L * 1024 * 1024;

    private readonly Lock _gate = new();
    private List<(RedisChannel Channel, HeldMessage Message)> _waiting = [];
    private volatile bool _isHolding;
    private bool _isReleasing;
    private long _bytes;

    /// <summary>Starts to hold messages.</summary>
    public void Begin()
    {
        lock (_gate) _isHolding = true;
    }

    /// <summary>Publishes the held messages, and stops holding further ones. While another call does, it returns at once.</summary>
    public void Release()
    {
        lock (_gate)
        {
            if (_isReleasing) return;
            _isReleasing = true;
        }

        while (Take() is { } batch)
        {
            foreach (var (channel, held) in batch) held.Send(channel, publish, publishAsync);
        }
    }

    /// <summary>Holds a message that is not awaited.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="message">The message.</param>
    /// <param name="isAccepted">False when the limit is reached: the message is not published.</param>
    /// <returns>False when messages are not being held: the message is to be published.</returns>
    public bool TryHold(RedisChannel channel, byte[] message, out bool isAccepted)
    {
        isAccepted = false;
        return _isHolding && TryHold(channel, new HeldMessage(message, null), out isAccepted);
    }

    /// <summary>Holds a message that is awaited.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="message">The message.</param>
    /// <param name="published">Completes when it was published; faulted when the limit is reached.</param>
    /// <returns>False when messages are not being held: the message is to be published.</returns>
    public bool TryHold(RedisChannel channel, byte[] message, out Task<long> published)
    {
        published = Task.FromResult(0L);
        if (!_isHolding) return false;
        var completion = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = new HeldMessage(message, completion);
        if (!TryHold(channel, held, out var isAccepted)) return false;
        if (!isAccepted) held.Refuse();
        published = completion.Task;
        return true;
    }

    private bool TryHold(RedisChannel channel, HeldMessage held, out bool isAccepted)
    {
        var size = held.SizeOn(channel);
        lock (_gate)
        {
            isAccepted = _isHolding && _bytes + size <= MaxBytes;
            if (!isAccepted) return _isHolding;
            _bytes += size;
            _waiting.Add((channel, held));
            return true;
        }
    }

    private List<(RedisChannel Channel, HeldMessage Message)>? Take()
    {
        lock (_gate)
        {
            if (_waiting is { Count: > 0 } batch)
            {
                (_waiting, _bytes) = ([], 0);
                return batch;
            }

            _isHolding = _isReleasing = false;
            return null;
        }
    }
}
