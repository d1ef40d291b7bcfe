using System.Threading.Channels;

namespace TypedSocketRedis.Redis;

/// <content>Refreshes of the servers, handovers between them, and the replacement of the connection in use.</content>
internal sealed partial class RedisConnection
{
    private readonly TopologyRefresh _refresh;
    private readonly Channel<Func<IServerHandover, Task>> _handovers = Channel.CreateUnbounded<Func<IServerHandover, Task>>();
    private volatile bool _isHandedOver;

    /// <summary>Gets a value indicating whether subscriptions are being handed over between servers.</summary>
    public bool IsHandingOver => _refresh.IsHandingOver;

    /// <summary>A task that completes when the refresh of the servers in progress, or the last one, has ended; it never fails.</summary>
    public Task Refreshing => _link?.Refreshing ?? Task.CompletedTask;

    /// <summary>Waits briefly for a refresh of the servers in progress.</summary>
    public async Task RefreshedAsync() =>
        await Refreshing.WaitAsync(Timings.RefreshWait, Timings.Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Returns the handovers to make between servers of a Redis Cluster. Without a reader, subscriptions stay.</summary>
    public ChannelReader<Func<IServerHandover, Task>> TakeHandovers()
    {
        _isHandedOver = true;
        return _handovers.Reader;
    }

    /// <summary>Refreshes the servers of a cluster, at most once a second; never throws.</summary>
    public Task RefreshTopologyAsync() =>
        IsWatched && _link is { } link ? _refresh.RunAsync(link, isSkippable: true) : Task.CompletedTask;

    /// <summary>Moves subscriptions off former masters; never throws.</summary>
    public async Task FollowTopologyAsync()
    {
        if (_link is not { } link) return;
        var isFollowed = false;
        await HandOverAsync(async handover => isFollowed = await _refresh.FollowAsync(link, handover).ConfigureAwait(false))
            .ConfigureAwait(false);
        if (isFollowed) Changed?.Invoke(ConnectionEvent.Followed);
    }

    /// <summary>Uses another connection in place of the present one, which is disposed; one that is not used is disposed itself.</summary>
    /// <param name="next">The connection to use.</param>
    /// <param name="isLost">
    /// A value indicating whether the present connection is lost; otherwise its subscriptions are handed over, if there is a reader of
    /// handovers.
    /// </param>
    public async Task ReplaceAsync(IRedisLink next, bool isLost)
    {
        var isPlanned = !isLost && _isHandedOver;
        IRedisLink? before = null;
        try
        {
            await (isPlanned ? HandOverAsync(handover => handover.MoveAsync(next, UseNextAsync)) : UseNextAsync()).ConfigureAwait(false);
        }
        finally
        {
            if (_link != next) await next.DisposeAsync().ConfigureAwait(false);
        }

        if (!isPlanned) Changed?.Invoke(ConnectionEvent.Replaced);
        if (before is not null && before != _whole) await before.DisposeAsync().ConfigureAwait(false);

        async Task UseNextAsync() => before = await UseAsync(next).ConfigureAwait(false);
    }

    /// <summary>Passes a handover to its reader, and waits for its end.</summary>
    private Task HandOverAsync(Func<IServerHandover, Task> work)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _isHandedOver && _handovers.Writer.TryWrite(RunAsync) ? ended.Task : Task.CompletedTask;

        async Task RunAsync(IServerHandover handover)
        {
            var run = work(handover);
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ended.SetFromTask(run);
        }
    }
}
