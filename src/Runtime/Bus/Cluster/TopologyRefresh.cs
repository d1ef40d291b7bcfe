using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>
/// Makes the client library refresh its view of a cluster, which by itself it does only some seconds after a master was lost.
/// </summary>
/// <remarks>For any number of callers: one refresh at a time, and one a second.</remarks>
internal sealed class TopologyRefresh(BusTimings timings, ServerRole roles, ILogger logger)
{
    private const int MaxLooks = 10;

    private readonly Lock _gate = new();

    // Read and written by one check of the roles at a time.
    private readonly Dictionary<EndPoint, long> _masters = [];
    private Task _running = Task.CompletedTask;
    private long? _started;
    private volatile bool _isHandingOver;
    private Task<bool> _following = Task.FromResult(false);

    /// <summary>Gets a value indicating whether subscriptions are being handed over.</summary>
    public bool IsHandingOver => _isHandingOver;

    /// <summary>Completes when the refresh in progress, or the last one, has ended; never throws.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="isSkippable">
    /// A value indicating whether a master that became a replica prevents the refresh: the library would subscribe with its successor
    /// while it still delivers. <see cref="FollowAsync"/> then refreshes.
    /// </param>
    public Task RunAsync(IRedisLink link, bool isSkippable)
    {
        lock (_gate)
        {
            if (!_running.IsCompleted || (_started is { } started && timings.Since(started) < timings.RefreshInterval)) return _running;
            _started = timings.Clock.GetTimestamp();
            return _running = Task.Run(() => LookAsync(link, isSkippable));
        }
    }

    /// <summary>
    /// Moves subscriptions off masters that became replicas, before the library finds out and subscribes elsewhere while they still
    /// deliver.
    /// </summary>
    /// <param name="link">The connection.</param>
    /// <param name="handover">The handover to the successors.</param>
    /// <returns>True if there were some.</returns>
    public Task<bool> FollowAsync(IRedisLink link, IServerHandover handover)
    {
        lock (_gate) return _following.IsCompleted ? _following = Task.Run(() => LeaveAsync(link, handover)) : _following;
    }

    private async Task<bool> LeaveAsync(IRedisLink link, IServerHandover handover)
    {
        try
        {
            HashSet<EndPoint> left = [];
            if (await FormerAsync(link, handover, left).ConfigureAwait(false) is not { } former) return false;
            _isHandingOver = true;
            await handover.LeaveAsync(former, leave => LearnAsync(link, handover, left, leave)).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            RedisLog.AdapterOperationFailed(logger, "move off former masters", exception);
            return false;
        }
        finally
        {
            _isHandingOver = false;
        }
    }

    /// <summary>Queries the roles of the masters that the library knows.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="handover">The handover.</param>
    /// <param name="left">The servers that are left already; those that are found are added.</param>
    /// <returns>The masters that became replicas, or null if there are none.</returns>
    private async Task<FormerMasters?> FormerAsync(IRedisLink link, IServerHandover handover, HashSet<EndPoint> left)
    {
        var servers = Masters(link, handover.IsOnReplica).Where(server => !left.Contains(server.EndPoint)).ToArray();
        var now = timings.Clock.GetTimestamp();
        var areReplicas = await Task.WhenAll(servers.Select(roles.IsReplicaAsync)).ConfigureAwait(false);
        var former = servers.Where((_, i) => areReplicas[i] == true).Select(server => server.EndPoint).ToHashSet();
        var since = former.Select(server => _masters.GetValueOrDefault(server, now)).DefaultIfEmpty(now).Min();
        for (var i = 0; i < servers.Length; i++)
        {
            if (areReplicas[i] == false) _masters[servers[i].EndPoint] = now;
        }

        left.UnionWith(former);
        return former.Count == 0 ? null : new FormerMasters(former, timings.Earlier(since, timings.ReplacementPause));
    }

    private static IEnumerable<IServer> Masters(IRedisLink link, bool withReplicas) => link.Servers
        .Where(server => server is { IsConnected: true, ServerType: ServerType.Cluster } && (!server.IsReplica || withReplicas));

    /// <summary>
    /// Makes the library refresh its servers until it knows that some are no longer masters; not every server knows at once.
    /// </summary>
    private async Task LearnAsync(
        IRedisLink link, IServerHandover handover, HashSet<EndPoint> left, Func<FormerMasters, Task> leave)
    {
        for (var look = 0; look < MaxLooks
            && link.Servers.Any(server => !server.IsReplica && left.Contains(server.EndPoint)); look++)
        {
            // A refresh that began before does not count.
            await _running.ConfigureAwait(false);

            // Several masters are often replaced in turn; a refresh finds all of them.
            while (await FormerAsync(link, handover, left).ConfigureAwait(false) is { } former)
                await leave(former).ConfigureAwait(false);
            lock (_gate) _started = null;
            await RunAsync(link, isSkippable: false).ConfigureAwait(false);
        }
    }

    private Task<bool> LookAsync(IRedisLink link, bool isSkippable) => ObservedTask.SucceedsAsync(
        async () =>
        {
            if (!isSkippable || !await HasFormerAsync(link).ConfigureAwait(false)) await link.RefreshAsync().ConfigureAwait(false);
        },
        timings, Timeout.InfiniteTimeSpan, "refresh of the servers", logger);

    private async Task<bool> HasFormerAsync(IRedisLink link)
    {
        var areReplicas = await Task.WhenAll(Masters(link, withReplicas: false).Select(roles.IsReplicaAsync)).ConfigureAwait(false);
        return areReplicas.Contains(true);
    }
}
