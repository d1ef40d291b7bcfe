using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <content>Subscriptions that are made again, on the right servers, by the loop of changes.</content>
internal sealed partial class BusSubscription
{
    private const int MaxRounds = 20;

    private volatile bool _isMasterAway;
    private volatile bool _isOnReplica;
    private long? _onReplicaSince;

    /// <summary>Gets a value indicating whether channels are subscribed on a replica.</summary>
    public bool IsOnReplica => _isOnReplica;

    /// <summary>Subscribes the channels again that Redis has not confirmed.</summary>
    private async Task VerifyAsync()
    {
        RedisChannel[] ended = [.. _subscribed.Where(one => one.Value is null).Select(one => one.Key)];
        foreach (var channel in _topology.Reachable(_link, ended)) await BeginAsync(channel).ConfigureAwait(false);

        // The connection restores its subscriptions in the background.
        for (var round = 0; round < MaxRounds && await IsRestoringAsync().ConfigureAwait(false); round++)
            await _timings.DelayAsync(_timings.RepairPause, _stopping).ConfigureAwait(false);
        var missing = Missing;
        _isMasterAway = _topology.Reachable(_link, missing).Length < missing.Length;
        await ResubscribeAsync(_topology.Answering(_link, missing)).ConfigureAwait(false);
    }

    private async Task<bool> IsRestoringAsync() =>
        await _topology.AnswersAsync(() => _link.AnswersAsync(_stopping)).ConfigureAwait(false)
            && _topology.Answering(_link, Missing).Length > 0;

    /// <summary>Subscribes all channels again, or those that can be concerned when some received nothing.</summary>
    private Task RenewAsync(RedisChannel[]? silent) => ResubscribeAsync(
        silent is not null && _connection.Link is { } link ? _topology.Renewed(link, silent, All) : All);

    private async Task ResubscribeAsync(RedisChannel[] channels)
    {
        RedisChannel[] renewed = [.. channels.Except(Followed())];
        if (_connection.IsHandingOver) await EndOnServersAsync(renewed).ConfigureAwait(false);
        else foreach (var channel in renewed) await EndAsync(channel, isKept: true).ConfigureAwait(false);
        _feed.Change(renewed);

        // The last command that reaches a server about a channel that leaves it must end it, because the server may be reachable again
        // later.
        if (renewed.Length > 0) await _topology.RefreshAsync(_connection).ConfigureAwait(false);
        foreach (var channel in renewed) await BeginAsync(channel).ConfigureAwait(false);
    }

    /// <summary>
    /// Returns the channels on replicas, which keep delivering until they are handed over; one that does not respond is not waited for.
    /// </summary>
    private RedisChannel[] Followed()
    {
        var followed = _connection.Link is { } link ? _topology.OnReplicas(link, All) : [];
        _isOnReplica = followed.Length > 0;
        if (!_isOnReplica) _onReplicaSince = null;
        else if (_connection.IsHandingOver) _onReplicaSince = _timings.Clock.GetTimestamp();
        else _onReplicaSince ??= _timings.Clock.GetTimestamp();
        return _onReplicaSince is { } since && _timings.Since(since) < _timings.MaxReplicaStay ? followed : [];
    }

    /// <summary>Chooses the channels on which the set receives its own messages, and subscribes them.</summary>
    private async Task ProbeAsync()
    {
        if (_connection.Link is not { } link) return;
        var before = _health.Probes;
        var chosen = _topology.Probes(link, Probe.ToString(), before, All.Except(before));
        RedisChannel[] former = [.. before.Except(chosen)];
        if (former.Length > 0) await SettledAsync(former).ConfigureAwait(false);
        foreach (var channel in former) await EndAsync(channel).ConfigureAwait(false);
        _health.Choose(chosen);
        foreach (var channel in chosen.Except(before)) await BeginAsync(channel).ConfigureAwait(false);
    }
}
