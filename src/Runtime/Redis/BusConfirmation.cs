using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Finds out whether Redis has confirmed subscriptions.</summary>
/// <remarks>
/// Where all are made on one connection, an answer that comes behind them tells. Sharded ones are made with one master or another,
/// so each is looked at.
/// </remarks>
/// <param name="connection">The connection.</param>
/// <param name="probe">The channel of the set's own, which tells its kind and is its name in the log.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where refusals are reported.</param>
internal sealed class BusConfirmation(RedisConnection connection, RedisChannel probe, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    // What is left of the time to wait for channels that are about to be given up. Those Redis refuses are never confirmed, and
    // waiting for each of them would keep everything behind them from being subscribed.
    private TimeSpan _patience = ConfirmTimeout;

    /// <summary>A pass over the changes begins.</summary>
    public void Begin() => _patience = ConfirmTimeout;

    /// <summary>Lets Redis answer for channels that are about to be unsubscribed: what it has not confirmed the library would not take back.</summary>
    public async Task SettledAsync(RedisChannel[] channels)
    {
        if (_patience <= TimeSpan.Zero || connection.Multiplexer is not { IsConnected: true } || channels.All(Has)) return;
        var start = time.GetTimestamp();
        if (probe.IsSharded) await AreHeardAsync(channels, _patience).ConfigureAwait(false);
        else await AnswersAsync(CancellationToken.None).ConfigureAwait(false);
        _patience -= time.GetElapsedTime(start);
    }

    /// <summary>Whether Redis has confirmed a channel on the connection there is.</summary>
    public bool Has(RedisChannel channel) => connection.Multiplexer is { IsConnected: true } multiplexer && ShardPlaces.IsHeard(multiplexer, channel);

    /// <summary>Channels whose server is there; the others are subscribed when it is.</summary>
    public RedisChannel[] Reachable(RedisChannel[] channels) => !probe.IsSharded ? channels
        : connection.Multiplexer is { } multiplexer ? [.. channels.Where(channel => ShardPlaces.OwnerOf(multiplexer, channel) is not null)] : [];

    /// <summary>Whether Redis confirms channels that have just been subscribed; each has a connection of its own, so nothing tells but looking.</summary>
    public Task<bool> AreHeardAsync(IEnumerable<RedisChannel> channels) => AreHeardAsync(channels, ConfirmTimeout);

    /// <summary>One round trip behind everything that was subscribed on one connection.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (connection.Multiplexer is not { } multiplexer) return false;
            await multiplexer.GetSubscriber().PingAsync().WaitAsync(ConfirmTimeout, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException or TimeoutException)
        {
            RedisLog.WatchFailed(logger, probe.ToString(), exception);
            return false;
        }
    }

    private async Task<bool> AreHeardAsync(IEnumerable<RedisChannel> channels, TimeSpan timeout)
    {
        var start = time.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(1);
        RedisChannel[] waiting = [.. channels];
        while ((waiting = Reachable([.. waiting.Where(channel => !Has(channel))])).Length > 0 && time.GetElapsedTime(start) < timeout)
        {
            await Task.Delay(pause, time).ConfigureAwait(false);
            if (pause < LongestPause) pause *= 2;
        }

        return waiting.Length == 0;
    }
}
