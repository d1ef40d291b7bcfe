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
    private static readonly byte[] Nothing = [0xc0];

    /// <summary>Checks the capabilities; never throws.</summary>
    /// <param name="multiplexer">An established connection.</param>
    /// <param name="probe">A channel without other users, of the required kind.</param>
    /// <param name="endpoints">The servers' names in the log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log of missing capabilities.</param>
    /// <returns>True if Redis responded; otherwise the check has to be repeated.</returns>
    public static async Task<bool> CheckAsync(
        IConnectionMultiplexer multiplexer, RedisChannel probe, string endpoints, TimeProvider time, ILogger logger)
    {
        try
        {
            string?[] missing =
            [
                await TryAsync(probe, "publishing, so other nodes receive nothing from this one", () =>
                    multiplexer.GetSubscriber().PublishAsync(probe, Nothing)).ConfigureAwait(false),
                await TryAsync(probe, "subscribing, so this node receives nothing from others", () =>
                    SubscribeAsync(multiplexer, probe, time)).ConfigureAwait(false),
                await TryAsync(probe, "counting subscribers, so the answers of other nodes are not awaited",
                    () => SubscriberCount.AskAsync(multiplexer, probe, CancellationToken.None)).ConfigureAwait(false),
            ];
            if (missing.OfType<string>().ToArray() is { Length: > 0 } named)
                RedisLog.Incapable(logger, endpoints, string.Join("; ", named));
            return true;
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            RedisLog.WatchFailed(logger, probe.ToString(), exception);
            return false;
        }
    }

    private static async Task SubscribeAsync(IConnectionMultiplexer multiplexer, RedisChannel probe, TimeProvider time)
    {
        var channel = probe.IsSharded ? RedisChannel.Sharded($"{probe}#check") : RedisChannel.Literal($"{probe}#check");
        try
        {
            await multiplexer.GetSubscriber().SubscribeAsync(channel).ConfigureAwait(false);
            await SettleAsync(multiplexer, channel, time).ConfigureAwait(false);
        }
        finally
        {
            await multiplexer.GetSubscriber().UnsubscribeAsync(channel, flags: CommandFlags.FireAndForget).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the channel is confirmed and no refresh of the servers can subscribe it again.</summary>
    private static async Task SettleAsync(IConnectionMultiplexer multiplexer, RedisChannel channel, TimeProvider time)
    {
        var gate = SubscriptionGate.Of(multiplexer);
        Task before;
        var looks = 0;
        do
        {
            before = gate.Look;
            await gate.LookedAsync(time).ConfigureAwait(false);

            // Has to be sent only if a refresh left the channel unconfirmed, and is confirmed behind the command of that.
            await multiplexer.GetSubscriber().SubscribeAsync(channel).ConfigureAwait(false);
        }
        while (++looks < MaxLooks && !ReferenceEquals(before, gate.Look));
    }

    /// <returns>The missing capability in words, or null if there is none.</returns>
    private static async Task<string?> TryAsync(RedisChannel probe, string what, Func<Task> action)
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
            var missing = probe.IsSharded ? "sharded pub/sub, which Redis has from version 7 on, for" : "command for";
            return $"the server has no {missing} {what} (\"{exception.Message}\")";
        }
    }
}
