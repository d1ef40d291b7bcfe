using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Checks whether Redis has confirmed subscriptions.</summary>
/// <remarks>
/// When all are made on one connection, a reply that comes behind them confirms them. Sharded ones are made with one master or another,
/// so each is checked.
/// </remarks>
/// <param name="connection">The connection.</param>
/// <param name="probe">The set's private channel, which determines its kind and names it in the log.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log of refusals.</param>
internal sealed class BusConfirmation(RedisConnection connection, RedisChannel probe, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);
    private const int RoundTrips = 3;

    private readonly RedisAttempts _attempts = new(probe, time, logger);

    // Read and written by the loop of changes only.
    private readonly Dictionary<EndPoint, long> _silent = [];

    /// <summary>
    /// Waits until pending SUBSCRIBEs are confirmed, because StackExchange.Redis sends no UNSUBSCRIBE for an unconfirmed channel.
    /// </summary>
    /// <returns>
    /// The channels that can be unsubscribed now: all but those whose server does not respond, and may confirm them later.
    /// </returns>
    public async Task<RedisChannel[]> SettledAsync(RedisChannel[] channels)
    {
        if (connection.Multiplexer is not { IsConnected: true } || channels.All(Has)) return channels;
        if (!probe.IsSharded) return await AnswersAsync(CancellationToken.None).ConfigureAwait(false) ? channels : [.. channels.Where(Has)];
        await AreConfirmedAsync(channels).ConfigureAwait(false);
        return [.. channels.Where(channel => Has(channel) || !IsSilent(channel))];
    }

    /// <summary>Returns <c>true</c> if Redis has confirmed a channel on the present connection.</summary>
    public bool Has(RedisChannel channel) =>
        connection.Multiplexer is { IsConnected: true } multiplexer && ShardPlaces.IsConfirmed(multiplexer, channel);

    /// <summary>Returns the channels whose server is connected; the others are subscribed when it is.</summary>
    public RedisChannel[] Reachable(RedisChannel[] channels) => !probe.IsSharded ? channels
        : connection.Multiplexer is { } multiplexer ? [.. channels.Where(channel => ShardPlaces.OwnerOf(multiplexer, channel) is not null)]
            : [];

    /// <summary>Returns those of the channels whose server has responded lately.</summary>
    public RedisChannel[] Answering(RedisChannel[] channels) => [.. Reachable(channels).Where(channel => !IsSilent(channel))];

    /// <summary>
    /// Returns <c>true</c> if Redis confirms channels that have just been subscribed; each has its own connection, so each is checked.
    /// </summary>
    /// <remarks>
    /// A server that does not respond for a second is not waited for in the next five, so that channels of other servers can change
    /// meanwhile.
    /// </remarks>
    public async Task<bool> AreConfirmedAsync(IEnumerable<RedisChannel> channels)
    {
        var start = time.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(1);
        var pings = new Dictionary<EndPoint, Task<bool>>();
        RedisChannel[] waiting = [.. channels];
        for (var round = 0; (waiting = Reachable([.. waiting.Where(channel => !Has(channel))])).Length > 0; round++)
        {
            if (Answering(waiting).Length == 0) return false;
            if (time.GetElapsedTime(start) >= ConfirmTimeout)
            {
                foreach (var (server, ping) in pings)
                {
                    if (!ping.IsCompletedSuccessfully || !ping.Result) _silent[server] = time.GetTimestamp();
                }

                return false;
            }

            // A server that has responded to something else has mostly confirmed as well, long before the shortest pause is over.
            if (round < RoundTrips)
            {
                await AskAsync(waiting, pings).ConfigureAwait(false);
                continue;
            }

            await Task.Delay(pause, time).ConfigureAwait(false);
            if (pause < LongestPause) pause *= 2;
        }

        return true;
    }

    /// <summary>Makes one round trip behind everything that was subscribed on one connection.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        if (connection.Multiplexer is not { } multiplexer) return false;
        return await _attempts.TryAsync(() => multiplexer.GetSubscriber()
            .PingAsync(), ConfirmTimeout, cancellationToken).ConfigureAwait(false);
    }

    private EndPoint? OwnerOf(RedisChannel channel) =>
        probe.IsSharded && connection.Multiplexer is { } multiplexer ? ShardPlaces.OwnerOf(multiplexer, channel) : null;

    private bool IsSilent(RedisChannel channel)
    {
        if (_silent.Count == 0 || OwnerOf(channel) is not { } owner || !_silent.TryGetValue(owner, out var since)) return false;
        if (time.GetElapsedTime(since) < LongestSilence) return true;
        _silent.Remove(owner);
        return false;
    }

    /// <summary>Pings the servers of channels, each again when it has responded, and waits briefly for the replies.</summary>
    private async Task AskAsync(RedisChannel[] channels, Dictionary<EndPoint, Task<bool>> pings)
    {
        if (connection.Multiplexer is not { } multiplexer) return;
        foreach (var server in channels.Select(OwnerOf).OfType<EndPoint>().Distinct())
        {
            if (!pings.TryGetValue(server, out var answer) || answer.IsCompleted) pings[server] = PingAsync(multiplexer.GetServer(server));
        }

        await Task.WhenAny(Task.WhenAll(pings.Values), Task.Delay(LongestPause, time)).ConfigureAwait(false);
    }

    private static async Task<bool> PingAsync(IServer server)
    {
        try
        {
            await server.PingAsync().ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            return false;
        }
    }
}
