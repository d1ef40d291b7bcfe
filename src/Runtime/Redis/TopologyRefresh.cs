using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Has the client library look at a cluster again, which by itself it does only some seconds after a master was lost.</summary>
/// <remarks>However many ask for it: one look at a time, and one a second.</remarks>
internal sealed class TopologyRefresh(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private long? _started;

    /// <summary>Completes when the look that is under way, or the last one, has ended; never throws.</summary>
    public Task RunAsync(IConnectionMultiplexer multiplexer)
    {
        lock (_gate)
        {
            if (!_running.IsCompleted || (_started is { } started && time.GetElapsedTime(started) < Interval)) return _running;
            _started = time.GetTimestamp();
            return _running = Task.Run(() => LookAsync(multiplexer));
        }
    }

    private async Task LookAsync(IConnectionMultiplexer multiplexer)
    {
        try
        {
            await multiplexer.ConfigureAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException or TimeoutException)
        {
            RedisLog.WatchFailed(logger, "topology", exception);
        }
    }
}
