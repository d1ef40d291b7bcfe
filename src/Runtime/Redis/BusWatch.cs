using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Makes sure that a set of subscriptions hears: after each (re)connection it publishes to a channel of its own.</summary>
/// <remarks>A set that stays deaf is made anew until it hears.</remarks>
/// <param name="connection">The connection to publish on.</param>
/// <param name="probe">The channel of its own.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where deafness is reported.</param>
internal sealed class BusWatch(RedisConnection connection, RedisChannel probe, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(200);
    private static readonly byte[] ProbeMessage = [0xc0];

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile TaskCompletionSource? _heard;
    private long _handled;
    private bool _isDeaf;

    /// <summary>Makes all subscriptions anew; completes when they are sent.</summary>
    public required Func<Task> Renew { private get; init; }

    /// <summary>Called each time the set proved that it hears.</summary>
    public required Action Heard { private get; init; }

    /// <summary>Makes the set prove again that it hears; while it is about to anyway, nothing changes.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>A message was read: the set is busy, not deaf.</summary>
    public void Handled() => Volatile.Write(ref _handled, _handled + 1);

    /// <summary>The probe was read.</summary>
    public void Hear() => _heard?.TrySetResult();

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await connection.Ready.WaitAsync(stop).ConfigureAwait(false);
            Wake();
            while (await _wake.Reader.ReadAsync(stop).ConfigureAwait(false))
            {
                if (connection.Multiplexer is { } multiplexer) await EnsureHearingAsync(multiplexer, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The set ends.
        }
    }

    private async Task EnsureHearingAsync(IConnectionMultiplexer multiplexer, CancellationToken stop)
    {
        try
        {
            while (multiplexer.IsConnected)
            {
                if (await HearsItselfAsync(multiplexer, stop).ConfigureAwait(false))
                {
                    _isDeaf = false;
                    Heard();
                    RedisLog.SubscriptionVerified(logger, probe.ToString());
                    return;
                }

                if (!multiplexer.IsConnected) return;
                if (!_isDeaf) RedisLog.SubscriptionDeaf(logger, probe.ToString());
                _isDeaf = true;
                await Renew().WaitAsync(stop).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException or TimeoutException)
        {
            RedisLog.WatchFailed(logger, probe.ToString(), exception);
        }
    }

    private async Task<bool> HearsItselfAsync(IConnectionMultiplexer multiplexer, CancellationToken stop)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _heard = heard;

        // Silence alone is deafness: a set that works off a backlog hears, if late.
        var silence = time.GetTimestamp();
        var before = Volatile.Read(ref _handled);
        while (time.GetElapsedTime(silence) < ProbeTimeout)
        {
            await SendProbeAsync(multiplexer, stop).ConfigureAwait(false);
            if (await IsHeardAsync(heard.Task, stop).ConfigureAwait(false)) return true;

            var handled = Volatile.Read(ref _handled);
            if (handled != before) silence = time.GetTimestamp();
            before = handled;
        }

        return false;
    }

    /// <summary>Publishes the probe; it is sent again and again, because the first may be faster than the subscription.</summary>
    private async Task SendProbeAsync(IConnectionMultiplexer multiplexer, CancellationToken stop)
    {
        try
        {
            await multiplexer.GetSubscriber().PublishAsync(probe, ProbeMessage).WaitAsync(ProbeTimeout, time, stop).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            RedisLog.WatchFailed(logger, probe.ToString(), exception);
        }
    }

    private async Task<bool> IsHeardAsync(Task heard, CancellationToken stop)
    {
        try
        {
            await heard.WaitAsync(ProbeInterval, time, stop).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
