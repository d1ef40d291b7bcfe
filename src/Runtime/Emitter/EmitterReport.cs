using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Reports when an emitter's events reach no server, which otherwise looks exactly like success.</summary>
/// <param name="key">The emitter's key, the most frequent cause.</param>
/// <param name="metrics">The counters.</param>
/// <param name="logger">The log of the first such event.</param>
internal sealed class EmitterReport(string key, RedisMetrics metrics, ILogger logger)
{
    private int _isChecking;
    private int _isLogged;

    /// <summary>The counters of the emitter.</summary>
    public RedisMetrics Metrics { get; } = metrics;

    /// <summary>The log of the emitter.</summary>
    public ILogger Logger { get; } = logger;

    /// <summary>
    /// Returns <c>true</c> if the reply to this event should be checked: for the first event, even when the caller does not await it.
    /// </summary>
    public bool ShouldCheckReply() => Volatile.Read(ref _isChecking) == 0 && Interlocked.Exchange(ref _isChecking, 1) == 0;

    /// <summary>Checks the reply to an event that the caller does not await.</summary>
    public async Task WatchAsync(RedisChannel channel, Task<long> published)
    {
        try
        {
            await TakeAsync(channel, published).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            // Already reported by the publisher; the next event is checked instead.
            Volatile.Write(ref _isChecking, 0);
        }
    }

    /// <summary>Checks the reply to an awaited event, and returns it.</summary>
    public async Task<long> TakeAsync(RedisChannel channel, Task<long> published)
    {
        var connections = await published.ConfigureAwait(false);
        Received(channel, connections);
        return connections;
    }

    /// <summary>Reports a message, or a count before a request, that shows that a channel of all servers has no subscriber.</summary>
    public void Received(RedisChannel channel, long connections)
    {
        if (connections > 0) return;
        Metrics.Unreceived();
        if (Interlocked.Exchange(ref _isLogged, 1) == 0) RedisLog.EmitterEventNotReceived(Logger, channel.ToString(), key);
    }
}
