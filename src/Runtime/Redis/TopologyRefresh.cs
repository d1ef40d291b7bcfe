using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>
/// Makes the client library refresh its view of a cluster, which by itself it does only some seconds after a master was lost.
/// </summary>
/// <remarks>For any number of callers: one refresh at a time, and one a second.</remarks>
internal sealed class TopologyRefresh(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // A master that is about to be replaced accepts messages, and passes them on when it has been.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private const int MaxLooks = 10;

    private readonly Lock _gate = new();
    private readonly ServerRole _roles = new(time, logger);

    // Read and written by one check of the roles at a time.
    private readonly Dictionary<EndPoint, long> _masters = [];
    private Task _running = Task.CompletedTask;
    private long? _started;
    private volatile bool _isHandingOver;
    private Task<bool> _following = Task.FromResult(false);

    /// <summary>Gets a value indicating whether subscriptions are being handed over.</summary>
    public bool IsHandingOver => _isHandingOver;

    /// <summary>Completes when the refresh in progress, or the last one, has ended; never throws.</summary>
    public Task RunAsync(IConnectionMultiplexer multiplexer)
    {
        lock (_gate)
        {
            if (!_running.IsCompleted || (_started is { } started && time.GetElapsedTime(started) < Interval)) return _running;
            _started = time.GetTimestamp();
            return _running = Task.Run(() => LookAsync(multiplexer));
        }
    }

    /// <summary>
    /// Moves subscriptions off masters that became replicas, before the library finds out and subscribes elsewhere while they still
    /// deliver.
    /// </summary>
    /// <param name="multiplexer">The connection.</param>
    /// <param name="handover">The handover to the successors.</param>
    /// <returns>True if there were some.</returns>
    public Task<bool> FollowAsync(IConnectionMultiplexer multiplexer, IServerHandover handover)
    {
        lock (_gate) return _following.IsCompleted ? _following = Task.Run(() => LeaveAsync(multiplexer, handover)) : _following;
    }

    private async Task<bool> LeaveAsync(IConnectionMultiplexer multiplexer, IServerHandover handover)
    {
        try
        {
            var masters = multiplexer.GetServers().Where(server => server is { IsConnected: true, ServerType: ServerType.Cluster }
                && (!server.IsReplica || handover.IsOnReplica)).ToArray();
            var now = time.GetTimestamp();
            var areReplicas = await Task.WhenAll(masters.Select(_roles.IsReplicaAsync)).ConfigureAwait(false);
            var left = masters.Where((_, i) => areReplicas[i] == true).Select(server => server.EndPoint).ToHashSet();
            var since = left.Select(server => _masters.GetValueOrDefault(server, now)).DefaultIfEmpty(now).Min();
            for (var i = 0; i < masters.Length; i++)
            {
                if (areReplicas[i] == false) _masters[masters[i].EndPoint] = now;
            }

            if (left.Count == 0) return false;
            var former = new FormerMasters(left, since - (long)(Pause.TotalSeconds * time.TimestampFrequency));
            _isHandingOver = true;
            await handover.LeaveAsync(former, () => LearnAsync(multiplexer, left)).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            RedisLog.WatchFailed(logger, "topology", exception);
            return false;
        }
        finally
        {
            _isHandingOver = false;
        }
    }

    /// <summary>
    /// Makes the library refresh its servers until it knows that some are no longer masters; not every server knows at once.
    /// </summary>
    private async Task LearnAsync(IConnectionMultiplexer multiplexer, HashSet<EndPoint> left)
    {
        for (var look = 0; look < MaxLooks && multiplexer.GetServers().Any(server => !server.IsReplica && left.Contains(server.EndPoint)); look++)
        {
            // A refresh that began before does not count.
            await _running.ConfigureAwait(false);
            lock (_gate) _started = null;
            await RunAsync(multiplexer).ConfigureAwait(false);
        }
    }

    private async Task LookAsync(IConnectionMultiplexer multiplexer)
    {
        try
        {
            await SubscriptionGate.Of(multiplexer).LookAsync(multiplexer).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            RedisLog.WatchFailed(logger, "topology", exception);
        }
    }
}
