using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Notices when an emitter's events reach nobody, which otherwise looks exactly like success.</summary>
/// <param name="key">The emitter's key, the usual culprit.</param>
/// <param name="metrics">Where such events are counted.</param>
/// <param name="logger">Where the first one is reported.</param>
internal sealed class EmitterReport(string key, RedisMetrics metrics, ILogger logger)
{
    private int _isAsking;
    private int _isLogged;

    /// <summary>The counters of the emitter.</summary>
    public RedisMetrics Metrics { get; } = metrics;

    /// <summary>Whether this event should be published so that the answer is heard: the first is, even when nobody awaits it.</summary>
    public bool ShouldAsk() => Volatile.Read(ref _isAsking) == 0 && Interlocked.Exchange(ref _isAsking, 1) == 0;

    /// <summary>Looks at the answer of an event nobody awaits.</summary>
    public async Task WatchAsync(RedisChannel channel, Task<long> published)
    {
        try
        {
            await TakeAsync(channel, published).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            // Already reported by the publisher; the next event is looked at instead.
            Volatile.Write(ref _isAsking, 0);
        }
    }

    /// <summary>Looks at the answer of an awaited event, and hands it on.</summary>
    public async Task<long> TakeAsync(RedisChannel channel, Task<long> published)
    {
        var connections = await published.ConfigureAwait(false);
        if (connections > 0) return connections;

        Metrics.Unreceived();
        if (Interlocked.Exchange(ref _isLogged, 1) == 0) RedisLog.NobodyReceived(logger, channel.ToString(), key);
        return connections;
    }
}
