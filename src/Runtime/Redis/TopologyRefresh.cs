using System.Net;
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
    private Task<bool> _following = Task.FromResult(false);

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

    /// <summary>Has subscriptions leave masters that are none any more, before the library finds out and subscribes elsewhere while they still deliver.</summary>
    /// <param name="multiplexer">The connection.</param>
    /// <param name="leave">Ends what is subscribed on the servers.</param>
    /// <returns>Whether there were some.</returns>
    public Task<bool> FollowAsync(IConnectionMultiplexer multiplexer, Func<IReadOnlySet<EndPoint>, Task> leave)
    {
        lock (_gate) return _following.IsCompleted ? _following = Task.Run(() => LeaveAsync(multiplexer, leave)) : _following;
    }

    private async Task<bool> LeaveAsync(IConnectionMultiplexer multiplexer, Func<IReadOnlySet<EndPoint>, Task> leave)
    {
        try
        {
            var masters = multiplexer.GetServers().Where(server => server is { IsConnected: true, IsReplica: false, ServerType: ServerType.Cluster });
            var left = (await Task.WhenAll(masters.Select(FormerAsync)).ConfigureAwait(false)).OfType<EndPoint>().ToHashSet();
            if (left.Count == 0) return false;
            await leave(left).ConfigureAwait(false);

            // A look that began before does not count.
            await _running.ConfigureAwait(false);
            lock (_gate) _started = null;
            await RunAsync(multiplexer).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException or TimeoutException)
        {
            RedisLog.WatchFailed(logger, "topology", exception);
            return false;
        }
    }

    /// <summary>A server the library takes for a master, if it says that it is none.</summary>
    private async Task<EndPoint?> FormerAsync(IServer server)
    {
        try
        {
            return await server.RoleAsync().WaitAsync(Interval, time).ConfigureAwait(false) is Role.Replica ? server.EndPoint : null;
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException or TimeoutException)
        {
            RedisLog.WatchFailed(logger, "topology", exception);
            return null;
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
