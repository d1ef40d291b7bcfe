using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Serializes the changes of subscriptions on one connection, for all sets.</summary>
/// <remarks>
/// StackExchange.Redis loses a subscription, and still counts it as one, when a queue of a channel is unsubscribed while another
/// queue of that channel is subscribed; it can also fail with a <see cref="NullReferenceException"/>. Two sets meet on a channel
/// when a namespace ends and begins again, when servers share a connection, and on the channels of legacy emitters.
/// </remarks>
internal sealed class SubscriptionGate
{
    private static readonly ConditionalWeakTable<IConnectionMultiplexer, SubscriptionGate> Gates = [];

    private static readonly TimeSpan LongestConfirmation = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private volatile Task _look = Task.CompletedTask;

    /// <summary>A task that completes when the refresh of the servers in progress, or the last one, has ended; it never fails.</summary>
    /// <remarks>
    /// A refresh subscribes the channels that it finds unconfirmed, with commands that may come behind an unsubscription: a channel that
    /// has to end is not unsubscribed meanwhile, and not before its subscription was confirmed again.
    /// </remarks>
    public Task Look => _look;

    /// <summary>Returns the gate of a connection.</summary>
    public static SubscriptionGate Of(IConnectionMultiplexer multiplexer) =>
        Gates.GetValue(multiplexer, static _ => new SubscriptionGate());

    /// <summary>Makes the client library refresh its view of the servers.</summary>
    public async Task LookAsync(IConnectionMultiplexer multiplexer)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate) _look = _look.IsCompleted ? done.Task : Task.WhenAll(_look, done.Task);
        try
        {
            await multiplexer.ConfigureAsync().ConfigureAwait(false);
        }
        finally
        {
            done.SetResult();
        }
    }

    /// <summary>Waits for a refresh of the servers in progress, for a second at most.</summary>
    public async Task LookedAsync(TimeProvider time) =>
        await _look.WaitAsync(LongestLook, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Subscribes without waiting for Redis: the connection does it as soon as it can, and again after a loss.</summary>
    public Task<ChannelMessageQueue> SubscribeAsync(IConnectionMultiplexer multiplexer, RedisChannel channel) =>
        InTurnAsync(() => multiplexer.GetSubscriber().SubscribeAsync(channel, CommandFlags.FireAndForget));

    /// <summary>Unsubscribes; never throws and leaves nothing behind.</summary>
    /// <param name="multiplexer">The connection the queue was subscribed on.</param>
    /// <param name="queue">The queue to end.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isConfirmed">A value indicating whether to wait for Redis, for a second at most.</param>
    /// <returns>The exception of the first attempt, or null.</returns>
    public Task<Exception?> UnsubscribeAsync(
        IConnectionMultiplexer multiplexer, ChannelMessageQueue queue, TimeProvider time, bool isConfirmed = false) =>
        InTurnAsync(() => TryUnsubscribeAsync(multiplexer, queue, time, isConfirmed));

    private static async Task<Exception?> TryUnsubscribeAsync(
        IConnectionMultiplexer multiplexer, ChannelMessageQueue queue, TimeProvider time, bool isConfirmed)
    {
        try
        {
            var ended = queue.UnsubscribeAsync(isConfirmed ? CommandFlags.None : CommandFlags.FireAndForget);
            await ended.Observed().WaitAsync(LongestConfirmation, time).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            await EndAllAsync(multiplexer, queue.Channel).ConfigureAwait(false);
            return exception;
        }
    }

    // A queue whose end failed cannot be ended again. Another set's queue of the channel, if there is one, is reported as ended.
    private static async Task EndAllAsync(IConnectionMultiplexer multiplexer, RedisChannel channel)
    {
        try
        {
            await multiplexer.GetSubscriber().UnsubscribeAsync(channel, flags: CommandFlags.FireAndForget).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The first failure is the one that is reported. A connection that has ended holds no subscription.
        }
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> change)
    {
        Task before;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            before = _last;
            _last = done.Task;
        }

        await before.ConfigureAwait(false);
        try
        {
            return await change().ConfigureAwait(false);
        }
        finally
        {
            done.SetResult();
        }
    }
}
