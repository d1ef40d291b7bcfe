using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>
/// Checks once, at the start, all capabilities of Redis that the nodes of a cluster need, and logs the missing ones in one entry.
/// </summary>
/// <remarks>There is no fallback: it would change the receivers of messages, or the number of awaited responses.</remarks>
internal static class RedisCapabilities
{
    private const int MaxLooks = 3;

    /// <summary>Checks the capabilities; never throws.</summary>
    /// <param name="connection">A connection that is established.</param>
    /// <param name="probe">A channel without other users, of the required kind.</param>
    /// <param name="logger">The log of missing capabilities.</param>
    /// <returns>True if Redis responded; otherwise the check has to be repeated.</returns>
    public static async Task<bool> CheckAsync(RedisConnection connection, RedisChannel probe, ILogger logger)
    {
        if (connection.Link is not { } link) return false;
        try
        {
            var topology = connection.Topology;
            string?[] missing =
            [
                await TryAsync(topology, "publishing, so other nodes receive nothing from this one",
                    () => link.PublishAsync(probe, BusProbe.Private)).ConfigureAwait(false),
                await TryAsync(topology, "subscribing, so this node receives nothing from others",
                    () => SubscribeAsync(link, topology.ChannelOf($"{probe}#check"), connection.Timings)).ConfigureAwait(false),
                await TryAsync(topology, "counting subscribers, so the responses of other nodes are not awaited",
                    () => topology.CountSubscribersAsync(link, probe, CancellationToken.None)).ConfigureAwait(false),
            ];
            if (missing.OfType<string>().ToArray() is { Length: > 0 } named)
                RedisLog.RedisCapabilityMissing(logger, connection.Endpoints, string.Join("; ", named));
            return true;
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            RedisLog.AdapterOperationFailed(logger, "check of the capabilities", exception);
            return false;
        }
    }

    private static async Task SubscribeAsync(IRedisLink link, RedisChannel channel, BusTimings timings)
    {
        try
        {
            await link.SubscribeConfirmedAsync(channel).ConfigureAwait(false);
            await SettleAsync(link, channel, timings).ConfigureAwait(false);
        }
        finally
        {
            await link.UnsubscribeAllAsync(channel).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the channel is confirmed and no refresh of the servers can subscribe it again.</summary>
    private static async Task SettleAsync(IRedisLink link, RedisChannel channel, BusTimings timings)
    {
        Task before;
        var looks = 0;
        do
        {
            before = link.Refreshing;
            await before.WaitAsync(timings.RefreshWait, timings.Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // Has to be sent only if a refresh left the channel unconfirmed, and is confirmed behind the command of that.
            await link.SubscribeConfirmedAsync(channel).ConfigureAwait(false);
        }
        while (++looks < MaxLooks && !ReferenceEquals(before, link.Refreshing));
    }

    /// <returns>The missing capability in words, or null if there is none.</returns>
    private static async Task<string?> TryAsync(BusTopology topology, string what, Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(false);
            return null;
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("NOPERM", StringComparison.Ordinal))
        {
            return $"the user has no right to {what} (\"{exception.Message}\")";
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("ERR", StringComparison.Ordinal))
        {
            return $"the server has no {topology.MissingCommand} {what} (\"{exception.Message}\")";
        }
    }
}
