using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Waits until the masters of a Redis Cluster have processed the messages published before on sharded channels.</summary>
/// <param name="time">The clock.</param>
/// <param name="logger">The log of servers that do not respond.</param>
internal sealed class PublishFence(TimeProvider time, ILogger logger)
{
    /// <summary>The maximum wait for servers that do not respond; messages published there are then lost, or late.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>The time that receivers have to read messages that the servers have just written.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(20);

    // The reply to a publish can be written before the message itself; that to a command sent after it cannot.
    private const int RoundTrips = 2;

    /// <summary>
    /// Completes when messages published before are on their way to the receivers; at once when one connection keeps the order.
    /// </summary>
    /// <param name="multiplexer">The connection.</param>
    /// <param name="former">The channels that messages were published on.</param>
    /// <param name="next">The channels that the following ones are published on.</param>
    public Task PassAsync(IConnectionMultiplexer multiplexer, IReadOnlyCollection<RedisChannel> former,
        IReadOnlyCollection<RedisChannel> next)
    {
        if (!former.Any(channel => channel.IsSharded)) return Task.CompletedTask;
        var servers = ServersOf(multiplexer, former);
        var target = ServersOf(multiplexer, next);
        if (target.Count == 1) servers.ExceptWith(target);
        return servers.Count == 0 ? Task.CompletedTask : PassAsync(multiplexer, servers);
    }

    /// <summary>Returns the servers that messages on these channels are published on.</summary>
    private static HashSet<EndPoint> ServersOf(IConnectionMultiplexer multiplexer, IEnumerable<RedisChannel> channels)
    {
        var servers = new HashSet<EndPoint>();
        foreach (var channel in channels)
        {
            // The library publishes where it subscribes, if it does.
            if (ShardPlaces.Of(multiplexer, channel) is { } place) servers.Add(place);
            if (ShardPlaces.OwnerOf(multiplexer, channel) is { } owner) servers.Add(owner);
        }

        return servers;
    }

    /// <summary>Completes when servers have responded several times in turn, or on a timeout; never throws.</summary>
    public async Task AnswerAsync(IEnumerable<IServer> servers, int times, TimeSpan timeout)
    {
        try
        {
            await Task.WhenAll(servers.Select(server => AnswersAsync(server, times))).WaitAsync(timeout, time).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            RedisLog.WatchFailed(logger, "publishing", exception);
        }
    }

    /// <summary>Returns <c>true</c> if the connection for subscriptions responds; never throws.</summary>
    public async Task<bool> AnswersAsync(ISubscriber subscriber)
    {
        try
        {
            await subscriber.PingAsync().Observed().WaitAsync(Timeout, time).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            RedisLog.WatchFailed(logger, "handover", exception);
            return false;
        }
    }

    private async Task PassAsync(IConnectionMultiplexer multiplexer, HashSet<EndPoint> servers)
    {
        await AnswerAsync(multiplexer.GetServers().Where(server => servers.Contains(server.EndPoint)), RoundTrips,
            Timeout).ConfigureAwait(false);
        await Task.Delay(Grace, time).ConfigureAwait(false);
    }

    private async Task AnswersAsync(IServer server, int times)
    {
        try
        {
            for (var i = 0; i < times; i++) await server.PingAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            RedisLog.WatchFailed(logger, "publishing", exception);
        }
    }
}
