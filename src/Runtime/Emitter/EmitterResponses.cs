using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>The subscriptions of an emitter to the responses of servers in one namespace, from the first request on.</summary>
/// <remarks>No server counts the emitter, because it does not subscribe to the channel of requests.</remarks>
/// <param name="context">The services of the emitter.</param>
/// <param name="publisher">The publisher, which holds its messages until the subscriptions are confirmed.</param>
/// <param name="wire">The channels.</param>
/// <param name="receiver">The receiver of the responses.</param>
internal sealed class EmitterResponses(EmitterContext context, EmitterPublisher publisher, IRequestWire wire, PeerReceiver receiver)
    : IAsyncDisposable
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IBusSubscription? _subscription;
    private int _isStarted;

    /// <summary>Subscribes, the first time.</summary>
    /// <returns>A task that completes when responses are received, or when it is known that they are not for now. Messages that are
    /// published meanwhile are held.</returns>
    /// <exception cref="ObjectDisposedException">The emitter was disposed.</exception>
    public Task ReadyAsync()
    {
        context.ThrowIfDisposed();
        publisher.Hold();
        if (Interlocked.Exchange(ref _isStarted, 1) == 0) _ = StartAsync();
        return _ready.Task;
    }

    /// <summary>Unsubscribes; called when the emitter is disposed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isStarted, 1) == 0) return;
        await _ready.Task.ConfigureAwait(false);
        if (_subscription is { } subscription) await subscription.DisposeAsync().ConfigureAwait(false);
    }

    private async Task StartAsync()
    {
        try
        {
            var bus = context.Bus;
            context.Report.Metrics.Observe(() => bus.Health);
            _subscription = bus.Subscribe(wire.Set, receiver.Receive);
            await bus.Ready.WaitAsync(context.Disposed).ConfigureAwait(false);
            await SubscribeAsync(_subscription, [.. wire.Channels]).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The emitter was disposed meanwhile.
        }
        finally
        {
            publisher.Release();
            _ready.TrySetResult();
        }
    }

    /// <summary>Subscribes the channels and waits, briefly, until Redis has confirmed all of them; while it is not connected, the
    /// subscriptions follow when it is.</summary>
    private async Task SubscribeAsync(IBusSubscription subscription, RedisChannel[] channels)
    {
        var timings = context.Timings;
        var start = timings.Clock.GetTimestamp();
        while (true)
        {
            // Adding a channel again only waits for its confirmation. The channels can belong to several servers of a cluster.
            var confirmed = await Task.WhenAll(channels.Select(subscription.AddAsync)).WaitAsync(context.Disposed).ConfigureAwait(false);
            if (Array.TrueForAll(confirmed, static one => one)) return;
            if (!context.Bus.Health.IsConnected || timings.Since(start) >= timings.ConfirmTimeout) return;
            await timings.DelayAsync(timings.RepairPause, context.Disposed).ConfigureAwait(false);
        }
    }
}
