using System.Threading.Channels;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>
/// Moves a bus to other servers of a Redis Cluster while both are connected: no message twice, in order, and the time of losses reported.
/// </summary>
/// <remarks>
/// A message published on one server reaches the others some tens of milliseconds later. So publishes are held until those of the
/// former server have reached all others, and subscriptions change as <see cref="MessageHandover"/> describes.
/// </remarks>
/// <param name="connection">The connection.</param>
/// <param name="hold">Holds the publishes.</param>
/// <param name="fence">Waits for the servers.</param>
/// <param name="sets">The sets of subscriptions.</param>
internal sealed class BusHandover(RedisConnection connection, PublishHold hold, PublishFence fence, BusSets sets) : IServerHandover
{
    private static readonly BusChange Verify = new(BusChangeKind.Verify, default);

    private const int RoundTrips = 3;
    private const int MaxAttempts = 30;

    private readonly BusTimings _timings = connection.Timings;

    public bool IsOnReplica => sets.All.Any(one => one.IsOnReplica);

    /// <summary>Starts to make the handovers of the connection.</summary>
    /// <returns>A task that completes when the connection has ended.</returns>
    public async Task StartAsync()
    {
        await foreach (var work in connection.TakeHandovers().ReadAllAsync().ConfigureAwait(false)) _ = work(this);
    }

    public async Task LeaveAsync(FormerMasters former, Func<Func<FormerMasters, Task>, Task> refresh)
    {
        var leaving = sets.All.ConvertAll(one => new Leaving(one));
        foreach (var one in leaving) one.Set.Suspect(former.Since);
        foreach (var one in leaving) one.Set.BeginHandover();
        try
        {
            await _timings.DelayAsync(_timings.HandoverLead).ConfigureAwait(false);
            await HoldAsync(Servers(connection.Whole), async () =>
            {
                await LeaveAsync(former).ConfigureAwait(false);
                await Task.WhenAny(refresh(LeaveAsync).Observed(), _timings.DelayAsync(_timings.HandoverRefreshWait)).ConfigureAwait(false);
                foreach (var one in leaving) one.Complete();
                await Task.WhenAll(leaving.Select(one => one.Set.ApplyAsync(Verify))).ConfigureAwait(false);
            }).ConfigureAwait(false);
            await _timings.DelayAsync(_timings.HandoverWindow).ConfigureAwait(false);
        }
        finally
        {
            foreach (var one in leaving) one.Complete();
            foreach (var one in leaving) one.Set.EndHandover();
            foreach (var one in leaving) one.Set.Suspect(one.Since);
        }

        Task LeaveAsync(FormerMasters servers) => Task.WhenAll(leaving.Select(one => one.LeaveAsync(servers)));
    }

    public async Task MoveAsync(IRedisLink next, Func<Task> use)
    {
        if (!await IsSubscribableAsync(next).ConfigureAwait(false)) return;

        // A master that is about to be replaced passes on its last messages late.
        var since = _timings.Earlier(_timings.Clock.GetTimestamp(), _timings.HandoverWindow);
        var moving = sets.All;
        var used = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var move = new BusChange(BusChangeKind.Move, default) { Next = next, Ready = used.Task };
            await Task.WhenAll(moving.Select(one => one.ApplyAsync(move))).ConfigureAwait(false);
            await HoldAsync(Servers(connection.Link), use).ConfigureAwait(false);
            used.TrySetResult();
            await Task.WhenAll(sets.All.Select(one => one.ApplyAsync(Verify))).ConfigureAwait(false);
            await _timings.DelayAsync(_timings.HandoverWindow).ConfigureAwait(false);
        }
        finally
        {
            used.TrySetResult();
            foreach (var one in moving) one.EndHandover();
            foreach (var one in sets.All) one.Suspect(since);
        }
    }

    /// <summary>Waits until the connection for subscriptions is established, which is made behind the other one.</summary>
    private async Task<bool> IsSubscribableAsync(IRedisLink next)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await fence.RespondsAsync(next).ConfigureAwait(false)) return true;
            await _timings.DelayAsync(_timings.HandoverSettle).ConfigureAwait(false);
        }

        return false;
    }

    private static IEnumerable<IServer> Servers(IRedisLink? link) => link?.Servers.Where(server => server.IsConnected) ?? [];

    /// <summary>Moves publishing to other servers, behind everything that was published before if that is confirmed in time.</summary>
    private async Task HoldAsync(IEnumerable<IServer> former, Func<Task> change)
    {
        hold.Begin();
        await using var limit = _timings.Clock.CreateTimer(
            static hold => ((PublishHold)hold!).Release(), hold, _timings.MaxHold, Timeout.InfiniteTimeSpan);
        try
        {
            await fence.PingAsync(former, RoundTrips, _timings.HoldReplyTimeout).ConfigureAwait(false);
            await change().ConfigureAwait(false);
            await _timings.DelayAsync(_timings.HandoverSettle).ConfigureAwait(false);
            await fence.PingAsync(Servers(connection.Whole), RoundTrips, _timings.HoldReplyTimeout).ConfigureAwait(false);
        }
        finally
        {
            hold.Release();
        }
    }

    /// <summary>One set of subscriptions that leaves servers, called for one of them at a time.</summary>
    private sealed class Leaving(BusSubscription set)
    {
        private readonly Channel<ServerLeave> _leaves = Channel.CreateUnbounded<ServerLeave>();
        private Task? _change;

        /// <summary>The set.</summary>
        public BusSubscription Set => set;

        /// <summary>The earliest timestamp at which one of the servers was known to be a master.</summary>
        public long Since { get; private set; } = long.MaxValue;

        /// <summary>Leaves servers, after those before; completes when the set has left them, or has ended.</summary>
        public Task LeaveAsync(FormerMasters former)
        {
            var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_leaves.Writer.TryWrite(new ServerLeave(former.Servers, left))) return Task.CompletedTask;
            Since = Math.Min(Since, former.Since);
            _change ??= set.ApplyAsync(new BusChange(BusChangeKind.Leave, default) { Leaves = _leaves.Reader });
            set.Suspect(former.Since);
            return Task.WhenAny(left.Task, _change);
        }

        /// <summary>Subscribes what was left with the successors, which the client library now knows.</summary>
        public void Complete() => _leaves.Writer.TryComplete();
    }
}
