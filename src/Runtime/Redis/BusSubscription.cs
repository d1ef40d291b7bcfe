using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>One subscription: a loop that drains it, and a loop that makes sure it hears.</summary>
/// <remarks>
/// <para>Messages are read from the queue form of subscribe by one loop, so they are handled one at a time in the order
/// of arrival.</para>
/// <para>After each (re)connection the subscription publishes to a channel of its own and must hear it; one that stays
/// deaf is made anew until it hears.</para>
/// </remarks>
internal sealed class BusSubscription(
    RedisConnection connection,
    RedisChannel pattern,
    RedisChannel probe,
    BusMessageHandler received,
    TimeProvider time,
    ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(200);
    private static readonly byte[] ProbeMessage = [0xc0];

    private readonly byte[] _probeName = ((byte[]?)probe)!;
    private readonly SemaphoreSlim _wake = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private volatile TaskCompletionSource? _heard;
    private Task _watching = Task.CompletedTask;
    private Task _draining = Task.CompletedTask;
    private ChannelMessageQueue? _queue;
    private long _handled;
    private bool _isDeaf;
    private int _disposed;

    public required Action<BusSubscription> Ended { private get; init; }

    public void Start() => _watching = Task.Run(WatchAsync);

    /// <summary>Makes the subscription prove again that it hears.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is about to look anyway.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        Ended(this);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        try
        {
            await UnsubscribeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException)
        {
            RedisLog.WatchFailed(logger, pattern.ToString(), exception);
        }

        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            await connection.Ready.WaitAsync(_stop.Token).ConfigureAwait(false);
            while (true)
            {
                await _wake.WaitAsync(_stop.Token).ConfigureAwait(false);
                if (connection.Multiplexer is { } multiplexer) await EnsureHearingAsync(multiplexer).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The subscription ends.
        }
    }

    private async Task EnsureHearingAsync(IConnectionMultiplexer multiplexer)
    {
        try
        {
            if (_queue is null) await SubscribeAsync(multiplexer).ConfigureAwait(false);
            while (multiplexer.IsConnected)
            {
                if (await HearsItselfAsync(multiplexer).ConfigureAwait(false))
                {
                    _isDeaf = false;
                    RedisLog.SubscriptionVerified(logger, pattern.ToString());
                    return;
                }

                if (!multiplexer.IsConnected) return;
                if (!_isDeaf) RedisLog.SubscriptionDeaf(logger, pattern.ToString());
                _isDeaf = true;
                await UnsubscribeAsync().ConfigureAwait(false);
                await SubscribeAsync(multiplexer).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException or TimeoutException)
        {
            RedisLog.WatchFailed(logger, pattern.ToString(), exception);
        }
    }

    private async Task<bool> HearsItselfAsync(IConnectionMultiplexer multiplexer)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _heard = heard;

        // Silence alone is deafness: a subscription that works off a backlog hears, if late.
        var silence = time.GetTimestamp();
        var before = Volatile.Read(ref _handled);
        while (time.GetElapsedTime(silence) < ProbeTimeout)
        {
            await SendProbeAsync(multiplexer).ConfigureAwait(false);
            if (await IsHeardAsync(heard.Task).ConfigureAwait(false)) return true;

            var handled = Volatile.Read(ref _handled);
            if (handled != before) silence = time.GetTimestamp();
            before = handled;
        }

        return false;
    }

    /// <summary>Publishes the probe; it is sent again and again, because the first may be faster than the subscription.</summary>
    private async Task SendProbeAsync(IConnectionMultiplexer multiplexer)
    {
        try
        {
            await multiplexer.GetSubscriber().PublishAsync(probe, ProbeMessage).WaitAsync(ProbeTimeout, time, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            RedisLog.WatchFailed(logger, pattern.ToString(), exception);
        }
    }

    private async Task<bool> IsHeardAsync(Task heard)
    {
        try
        {
            await heard.WaitAsync(ProbeInterval, time, _stop.Token).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task SubscribeAsync(IConnectionMultiplexer multiplexer)
    {
        // Without awaiting Redis: the queue exists at once, and the connection subscribes it whenever it is (again) there.
        var queue = await multiplexer.GetSubscriber().SubscribeAsync(pattern, CommandFlags.FireAndForget).ConfigureAwait(false);
        _queue = queue;
        _draining = Task.Run(() => DrainAsync(queue));
    }

    private async Task UnsubscribeAsync()
    {
        if (_queue is not { } queue) return;
        await queue.UnsubscribeAsync(CommandFlags.FireAndForget).ConfigureAwait(false);
        _queue = null;

        // Two loops at a time would mix up the order.
        await _draining.ConfigureAwait(false);
    }

    private async Task DrainAsync(ChannelMessageQueue queue)
    {
        try
        {
            while (true)
            {
                var message = await queue.ReadAsync(_stop.Token).ConfigureAwait(false);
                do Handle(message);
                while (queue.TryRead(out message));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or System.Threading.Channels.ChannelClosedException)
        {
            // The subscription ended, or was made anew with a loop of its own.
        }
    }

    private void Handle(in ChannelMessage message)
    {
        Volatile.Write(ref _handled, _handled + 1);
        var channel = ((byte[]?)message.Channel).AsSpan();
        if (channel.SequenceEqual(_probeName)) _heard?.TrySetResult();
        else received(channel, message.Message);
    }
}
