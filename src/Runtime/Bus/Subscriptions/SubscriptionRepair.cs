using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Restores the subscriptions of a set on the right servers. Called by the loop that changes the set.</summary>
/// <param name="connection">The connection.</param>
/// <param name="probe">The set's private channel, which determines its kind.</param>
/// <param name="channels">The channels of the set.</param>
/// <param name="confirmation">The check for confirmations.</param>
/// <param name="watch">The watch, which is told the probe channels.</param>
/// <param name="time">The clock.</param>
internal sealed class SubscriptionRepair(
    RedisConnection connection, RedisChannel probe, SubscribedChannels channels, BusConfirmation confirmation, BusWatch watch,
        TimeProvider time)
{
    private const int MaxRounds = 20;
    private const int MaxLooks = 3;
    private static readonly TimeSpan RoundInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestFollow = TimeSpan.FromSeconds(3);

    private volatile RedisChannel[] _probes = [];
    private volatile bool _isMasterAway;
    private volatile bool _isOnReplica;
    private long? _onReplicaSince;

    /// <summary>Gets a value indicating whether channels are missing because their master is.</summary>
    public bool IsMasterAway => _isMasterAway;

    /// <summary>Gets a value indicating whether channels are subscribed on a replica.</summary>
    public bool IsOnReplica => _isOnReplica;

    /// <summary>Gets a value indicating whether the sharded channels are chosen on which the set receives its own messages.</summary>
    public bool HasProbes => _probes.Length > 0;

    /// <summary>Subscribes the channels again that Redis has not confirmed.</summary>
    public async Task VerifyAsync(CancellationToken stop)
    {
        foreach (var channel in confirmation.Reachable(channels.Ended)) await channels.BeginAsync(channel).ConfigureAwait(false);
        await SettleAsync(stop).ConfigureAwait(false);
        await RenewAsync(confirmation.Answering(channels.Missing)).ConfigureAwait(false);
    }

    /// <summary>
    /// Returns the channels on replicas, which keep delivering until they are handed over; one that does not respond is not waited for.
    /// </summary>
    private RedisChannel[] Followed()
    {
        var followed = probe.IsSharded ? channels.OnReplicas() : [];
        _isOnReplica = followed.Length > 0;
        if (!_isOnReplica) _onReplicaSince = null;
        else if (connection.IsHandingOver) _onReplicaSince = time.GetTimestamp();
        else _onReplicaSince ??= time.GetTimestamp();
        return _onReplicaSince is { } since && time.GetElapsedTime(since) < LongestFollow ? followed : [];
    }

    /// <summary>Subscribes all channels again, or the sharded ones that share a server with channels that received nothing.</summary>
    public Task RenewAsync(BusChange change)
    {
        var isPart = probe.IsSharded && change.Silent is not null && connection.Multiplexer is not null;
        return RenewAsync(isPart ? ShardProbes.SameServer(connection.Multiplexer!, change.Silent!, channels.All) : channels.All);
    }

    /// <summary>Unsubscribes every channel.</summary>
    /// <remarks>A channel that Redis has not confirmed could stay behind. It is waited for as long as Redis may confirm it.</remarks>
    /// <param name="ended">
    /// Called when the channels that can be ended at once have ended. Later work is for the next set of the name, which does not
    /// wait for this one any longer.
    /// </param>
    public async Task EndAsync(Action ended)
    {
        for (var isFirst = true; isFirst || channels.All.Length > 0; isFirst = false)
        {
            if (!isFirst) await Task.Delay(RoundInterval, time, CancellationToken.None).ConfigureAwait(false);
            foreach (var channel in await SettledAsync(channels.All).ConfigureAwait(false))
                await channels.EndAsync(channel).ConfigureAwait(false);
            if (isFirst) ended();
        }
    }

    /// <summary>Chooses the sharded channels on which the set receives its own messages, and subscribes them.</summary>
    public async Task ProbeAsync()
    {
        if (connection.Multiplexer is not { } multiplexer) return;
        var before = _probes;
        var chosen = ShardProbes.Choose(multiplexer, probe.ToString(), before, channels.All.Except(before));
        RedisChannel[] former = [.. before.Except(chosen)];
        if (former.Length > 0) await SettledAsync(former).ConfigureAwait(false);
        foreach (var channel in former) await channels.EndAsync(channel).ConfigureAwait(false);
        watch.Choose(chosen);
        foreach (var channel in chosen.Except(before)) await channels.BeginAsync(channel).ConfigureAwait(false);
        _probes = chosen;
    }

    /// <summary>
    /// Returns the channels that can be unsubscribed now: those that were settled while no refresh of the servers subscribed them again.
    /// </summary>
    private async Task<RedisChannel[]> SettledAsync(RedisChannel[] ended)
    {
        for (var look = 1; ; look++)
        {
            var before = connection.TopologyLook;
            await connection.TopologyLookedAsync(time).ConfigureAwait(false);
            var settled = await confirmation.SettledAsync(ended).ConfigureAwait(false);
            if (look == MaxLooks || ReferenceEquals(before, connection.TopologyLook)) return settled;
        }
    }

    /// <summary>Waits until the connection restores its subscriptions, which it does in the background.</summary>
    private async Task SettleAsync(CancellationToken stop)
    {
        for (var round = 0; round < MaxRounds && await IsRestoringAsync(stop).ConfigureAwait(false); round++)
            await Task.Delay(RoundInterval, time, stop).ConfigureAwait(false);
        var missing = channels.Missing;
        _isMasterAway = probe.IsSharded && missing.Length > 0 && confirmation.Reachable(missing).Length < missing.Length;
    }

    private async Task<bool> IsRestoringAsync(CancellationToken stop)
    {
        if (!probe.IsSharded && !await confirmation.AnswersAsync(stop).ConfigureAwait(false)) return false;
        return confirmation.Answering(channels.Missing).Length > 0;
    }

    private async Task RenewAsync(RedisChannel[] silent)
    {
        RedisChannel[] renewed = [.. silent.Except(Followed())];
        if (probe.IsSharded && connection.IsHandingOver) await channels.LeaveAsync(renewed).ConfigureAwait(false);
        else foreach (var channel in renewed) await channels.EndAsync(channel, isKept: true).ConfigureAwait(false);
        if (probe.IsSharded) channels.Moved(renewed);

        // The last command that reaches a server about a channel that leaves it must end it, because the server may be reachable again
        // later.
        if (probe.IsSharded && renewed.Length > 0) await connection.RefreshTopologyAsync().ConfigureAwait(false);
        foreach (var channel in renewed) await channels.BeginAsync(channel).ConfigureAwait(false);
    }
}
