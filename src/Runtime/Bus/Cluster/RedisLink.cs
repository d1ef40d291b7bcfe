using System.Net;
using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>A connection of StackExchange.Redis, which serializes the changes of its subscriptions for all users.</summary>
/// <remarks>
/// StackExchange.Redis loses a subscription, and still counts it as one, when a queue of a channel is unsubscribed while another
/// queue of that channel is subscribed; it can also fail with a <see cref="NullReferenceException"/>. Two sets meet on a channel
/// when a namespace ends and begins again, when servers share a connection, and on the channels of legacy emitters.
/// </remarks>
internal sealed class RedisLink : IRedisLink
{
    private static readonly ConditionalWeakTable<IConnectionMultiplexer, RedisLink> Links = [];

    private readonly IConnectionMultiplexer _multiplexer;
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private volatile Task _refreshing = Task.CompletedTask;

    private RedisLink(IConnectionMultiplexer multiplexer) => _multiplexer = multiplexer;

    public bool IsConnected => _multiplexer.IsConnected;

    public IServer[] Servers => _multiplexer.GetServers();

    public Task Refreshing => _refreshing;

    /// <summary>Returns the link of a connection, always the same.</summary>
    public static RedisLink Of(IConnectionMultiplexer multiplexer) => Links.GetValue(multiplexer, static one => new RedisLink(one));

    public void Follow(LinkEvents events)
    {
        _multiplexer.ConnectionRestored += events.Restored;
        _multiplexer.ConnectionFailed += events.Failed;
        _multiplexer.ErrorMessage += events.Refused;
        _multiplexer.HashSlotMoved += events.Moved.Invoke;
        _multiplexer.ConfigurationChanged += events.Moved.Invoke;
    }

    public void Unfollow(LinkEvents events)
    {
        _multiplexer.ConnectionRestored -= events.Restored;
        _multiplexer.ConnectionFailed -= events.Failed;
        _multiplexer.ErrorMessage -= events.Refused;
        _multiplexer.HashSlotMoved -= events.Moved.Invoke;
        _multiplexer.ConfigurationChanged -= events.Moved.Invoke;
    }

    public async Task RefreshAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate) _refreshing = _refreshing.IsCompleted ? done.Task : Task.WhenAll(_refreshing, done.Task);
        try
        {
            await _multiplexer.ConfigureAsync().ConfigureAwait(false);
        }
        finally
        {
            done.SetResult();
        }
    }

    public EndPoint? PlaceOf(RedisChannel channel) => _multiplexer.GetSubscriber().SubscribedEndpoint(channel);

    public EndPoint? OwnerOf(RedisChannel channel)
    {
        try
        {
            var server = _multiplexer.GetServer((RedisKey)(byte[])channel!);
            return server is { IsConnected: true, IsReplica: false } ? server.EndPoint : null;
        }
        catch (Exception exception)
            when (RedisReason.IsFailure(exception) || exception is InvalidOperationException or NotSupportedException)
        {
            // No server has the slot as far as is known.
            return null;
        }
    }

    public Task<long> PublishAsync(RedisChannel channel, byte[] message, CommandFlags flags) =>
        _multiplexer.GetSubscriber().PublishAsync(channel, message, flags);

    public Task PingAsync() => _multiplexer.GetDatabase().PingAsync();

    public Task PingSubscriberAsync() => _multiplexer.GetSubscriber().PingAsync();

    public async Task<ILinkSubscription> SubscribeAsync(RedisChannel channel)
    {
        var subscriber = _multiplexer.GetSubscriber();
        var queue = await InTurnAsync(() => subscriber.SubscribeAsync(channel, CommandFlags.FireAndForget)).ConfigureAwait(false);
        return new RedisLinkSubscription(this, queue);
    }

    public Task SubscribeConfirmedAsync(RedisChannel channel) => _multiplexer.GetSubscriber().SubscribeAsync(channel);

    public async Task UnsubscribeAllAsync(RedisChannel channel)
    {
        try
        {
            await _multiplexer.GetSubscriber().UnsubscribeAsync(channel, flags: CommandFlags.FireAndForget).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // A connection that has ended holds no subscription.
        }
    }

    /// <summary>Unsubscribes a queue; never throws and leaves nothing behind.</summary>
    /// <param name="queue">The queue to end.</param>
    /// <param name="timings">The times.</param>
    /// <param name="isConfirmed">A value indicating whether to wait for Redis.</param>
    /// <returns>The exception of the first attempt, or null.</returns>
    public Task<Exception?> UnsubscribeAsync(ChannelMessageQueue queue, BusTimings timings, bool isConfirmed) =>
        InTurnAsync(() => TryUnsubscribeAsync(queue, timings, isConfirmed));

    public ValueTask DisposeAsync() => _multiplexer.DisposeAsync();

    private async Task<Exception?> TryUnsubscribeAsync(ChannelMessageQueue queue, BusTimings timings, bool isConfirmed)
    {
        try
        {
            var ended = queue.UnsubscribeAsync(isConfirmed ? CommandFlags.None : CommandFlags.FireAndForget);
            await ended.Observed().WaitAsync(timings.UnsubscribeTimeout, timings.Clock).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            // A queue whose end failed cannot be ended again. Another set's queue of the channel, if there is one, is reported as ended.
            await UnsubscribeAllAsync(queue.Channel).ConfigureAwait(false);
            return exception;
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
