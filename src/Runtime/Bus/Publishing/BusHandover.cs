using System.Collections.Immutable;
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
/// <param name="subscriptions">The sets of subscriptions.</param>
/// <param name="time">The clock.</param>
internal sealed class BusHandover(
    RedisConnection connection, PublishHold hold, PublishFence fence, Func<ImmutableList<BusSubscription>> subscriptions, TimeProvider time)
        : IServerHandover
{
    /// <summary>The time that servers have to pass a message on, in addition to their response time.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(100);

    /// <summary>The maximum time for which publishes are held, even if servers do not respond meanwhile.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestRefresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(1);

    private static readonly BusChange Verify = new(BusChangeKind.Verify, default);

    private const int RoundTrips = 3;
    private const int MaxAttempts = 30;

    public bool IsOnReplica => subscriptions().Any(one => one.IsOnReplica);

    public async Task LeaveAsync(FormerMasters former, Func<Func<FormerMasters, Task>, Task> refresh)
    {
        var leaving = subscriptions().ConvertAll(one => new Leaving(one));
        foreach (var one in leaving) one.Set.Watch.Suspect(former.Since);
        foreach (var one in leaving) one.Set.Feed.Begin();
        try
        {
            await Task.Delay(MessageHandover.Lead, time).ConfigureAwait(false);
            await HoldAsync(Servers(connection.Whole), async () =>
            {
                await LeaveAsync(former).ConfigureAwait(false);
                await BoundedAsync(refresh(LeaveAsync)).ConfigureAwait(false);
                foreach (var one in leaving) one.Complete();
                await Task.WhenAll(leaving.Select(one => one.Set.ApplyAsync(Verify))).ConfigureAwait(false);
            }).ConfigureAwait(false);
            await Task.Delay(MessageHandover.Window, time).ConfigureAwait(false);
        }
        finally
        {
            foreach (var one in leaving) one.Complete();
            foreach (var one in leaving) one.Set.Feed.End();
            foreach (var one in leaving) one.Set.Watch.Suspect(one.Since);
        }

        Task LeaveAsync(FormerMasters servers) => Task.WhenAll(leaving.Select(one => one.LeaveAsync(servers)));
    }

    public async Task MoveAsync(IConnectionMultiplexer next, Func<Task> use)
    {
        if (!await IsSubscribableAsync(next).ConfigureAwait(false)) return;

        // A master that is about to be replaced passes on its last messages late.
        var since = time.GetTimestamp() - (long)(MessageHandover.Window.TotalSeconds * time.TimestampFrequency);
        var moving = subscriptions();
        var used = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var move = new BusChange(BusChangeKind.Move, default) { Next = next, Ready = used.Task };
            await Task.WhenAll(moving.Select(one => one.ApplyAsync(move))).ConfigureAwait(false);
            await HoldAsync(Servers(connection.Multiplexer), use).ConfigureAwait(false);
            used.TrySetResult();
            await Task.WhenAll(subscriptions().Select(one => one.ApplyAsync(Verify))).ConfigureAwait(false);
            await Task.Delay(MessageHandover.Window, time).ConfigureAwait(false);
        }
        finally
        {
            used.TrySetResult();
            foreach (var one in moving) one.Feed.End();
            foreach (var one in subscriptions())
            {
                one.Watch.Suspect(since);
                one.Watch.Wake();
            }
        }
    }

    /// <summary>Waits until the connection for subscriptions is established, which is made behind the other one.</summary>
    private async Task<bool> IsSubscribableAsync(IConnectionMultiplexer next)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await fence.AnswersAsync(next.GetSubscriber()).ConfigureAwait(false)) return true;
            await Task.Delay(Settle, time).ConfigureAwait(false);
        }

        return false;
    }

    private async Task BoundedAsync(Task refresh)
    {
        // The library also waits for servers that do not respond.
        await Task.WhenAny(refresh.Observed(), Task.Delay(LongestRefresh, time)).ConfigureAwait(false);
    }

    private static IEnumerable<IServer> Servers(IConnectionMultiplexer? multiplexer) =>
        multiplexer?.GetServers().Where(server => server.IsConnected) ?? [];

    /// <summary>Moves publishing to other servers, behind everything that was published before if that is confirmed in time.</summary>
    private async Task HoldAsync(IEnumerable<IServer> former, Func<Task> change)
    {
        hold.Begin();
        await using var limit = time.CreateTimer(
            static hold => ((PublishHold)hold!).Release(), hold, LongestHold, Timeout.InfiniteTimeSpan);
        try
        {
            await fence.AnswerAsync(former, RoundTrips, LongestAnswer).ConfigureAwait(false);
            await change().ConfigureAwait(false);
            await Task.Delay(Settle, time).ConfigureAwait(false);
            await fence.AnswerAsync(Servers(connection.Whole), RoundTrips, LongestAnswer).ConfigureAwait(false);
        }
        finally
        {
            hold.Release();
        }
    }

    /// <summary>One set of subscriptions that leaves servers.</summary>
    private sealed class Leaving(BusSubscription set)
    {
        private readonly Lock _gate = new();
        private Task _change = Task.CompletedTask;
        private ServerLeave? _last;
        private bool _isComplete;

        /// <summary>The set.</summary>
        public BusSubscription Set => set;

        /// <summary>The earliest timestamp at which one of the servers was known to be a master.</summary>
        public long Since { get; private set; } = long.MaxValue;

        /// <summary>Leaves servers, after those before; completes when the set has left them, or has ended.</summary>
        public Task LeaveAsync(FormerMasters former)
        {
            var leave = new ServerLeave(former.Servers);
            ServerLeave? last;
            lock (_gate)
            {
                if (_isComplete) return Task.CompletedTask;
                (last, _last, Since) = (_last, leave, Math.Min(Since, former.Since));
            }

            if (last is null) _change = set.ApplyAsync(new BusChange(BusChangeKind.Leave, default) { Leave = leave });
            else last.Continue(leave);
            set.Watch.Suspect(former.Since);
            return Task.WhenAny(leave.Left, _change);
        }

        /// <summary>Subscribes what was left with the successors, which the client library now knows.</summary>
        public void Complete()
        {
            lock (_gate) _isComplete = true;
            _last?.Continue(null);
        }
    }
}
