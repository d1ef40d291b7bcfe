using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Waits until the masters of a Redis Cluster have processed the messages published before on sharded channels.</summary>
/// <param name="topology">The place of the channels.</param>
/// <param name="timings">The times.</param>
/// <param name="logger">The log of servers that do not respond.</param>
internal sealed class PublishFence(BusTopology topology, BusTimings timings, ILogger logger)
{
    // The reply to a publish can be written before the message itself; that to a command sent after it cannot.
    private const int RoundTrips = 2;

    /// <summary>
    /// Completes when messages published before are on their way to the receivers; at once when one connection keeps the order.
    /// </summary>
    /// <param name="link">The connection.</param>
    /// <param name="former">The channels that messages were published on.</param>
    /// <param name="next">The channels that the following ones are published on.</param>
    public async Task PassAsync(IRedisLink link, IReadOnlyCollection<RedisChannel> former, IReadOnlyCollection<RedisChannel> next)
    {
        var servers = topology.PublishedOn(link, former);
        if (servers.Count == 0) return;
        var target = topology.PublishedOn(link, next);
        if (target.Count == 1) servers.ExceptWith(target);
        if (servers.Count == 0) return;
        var left = link.Servers.Where(server => servers.Contains(server.EndPoint));
        await PingAsync(left, RoundTrips, timings.FenceTimeout).ConfigureAwait(false);
        await timings.DelayAsync(timings.FenceGrace).ConfigureAwait(false);
    }

    /// <summary>Completes when servers have responded several times in turn, or on a timeout; never throws.</summary>
    public async Task PingAsync(IEnumerable<IServer> servers, int times, TimeSpan timeout)
    {
        try
        {
            var replies = servers.Select(server => PingInTurnAsync(server, times));
            await Task.WhenAll(replies).WaitAsync(timeout, timings.Clock).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            RedisLog.AdapterOperationFailed(logger, "ping of the publishing servers", exception);
        }
    }

    /// <summary>Returns <c>true</c> if the connection for subscriptions responds; never throws.</summary>
    public Task<bool> RespondsAsync(IRedisLink link) =>
        ObservedTask.SucceedsAsync(link.PingSubscriberAsync, timings, timings.FenceTimeout, "ping of the next connection", logger);

    private async Task PingInTurnAsync(IServer server, int times)
    {
        var hasResponded = true;
        for (var i = 0; i < times && hasResponded; i++)
        {
            hasResponded = await ObservedTask.SucceedsAsync(
                () => server.PingAsync(), timings, Timeout.InfiniteTimeSpan, "ping of a publishing server", logger).ConfigureAwait(false);
        }
    }
}
