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
    RedisConnection connection, PublishHold hold, PublishFence fence, Func<ImmutableList<BusSubscription>> subscriptions, TimeProvider time) : IServerHandover
{
    /// <summary>The time for which messages are remembered before anything changes.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(500);

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

    public async Task LeaveAsync(FormerMasters former, Func<Task> refresh)
    {
        var leaving = subscriptions();
        foreach (var one in leaving) one.Watch.Suspect(former.Since);
        foreach (var one in leaving) one.Feed.Begin();
        var refreshed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await Task.Delay(Lead, time).ConfigureAwait(false);
            await HoldAsync(Servers(connection.Whole), async () =>
            {
                var leave = new BusChange(BusChangeKind.Leave, default) { Servers = former.Servers, Ready = refreshed.Task };
                await Task.WhenAll(leaving.Select(one => one.ApplyAsync(leave))).ConfigureAwait(false);
                await BoundedAsync(refresh()).ConfigureAwait(false);
                refreshed.TrySetResult();
                await Task.WhenAll(leaving.Select(one => one.ApplyAsync(Verify))).ConfigureAwait(false);
            }).ConfigureAwait(false);
            await Task.Delay(MessageHandover.Window, time).ConfigureAwait(false);
        }
        finally
        {
            refreshed.TrySetResult();
            foreach (var one in leaving) one.Feed.End();
            foreach (var one in leaving) one.Watch.Suspect(former.Since);
        }
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

    private static IEnumerable<IServer> Servers(IConnectionMultiplexer? multiplexer) => multiplexer?.GetServers().Where(server => server.IsConnected) ?? [];

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
}
