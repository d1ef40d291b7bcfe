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
        await AnswerAsync(left, RoundTrips, timings.FenceTimeout).ConfigureAwait(false);
        await timings.DelayAsync(timings.FenceGrace).ConfigureAwait(false);
    }

    /// <summary>Completes when servers have responded several times in turn, or on a timeout; never throws.</summary>
    public async Task AnswerAsync(IEnumerable<IServer> servers, int times, TimeSpan timeout)
    {
        try
        {
            var answers = servers.Select(server => AnswersAsync(server, times));
            await Task.WhenAll(answers).WaitAsync(timeout, timings.Clock).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            RedisLog.WatchFailed(logger, "publishing", exception);
        }
    }

    /// <summary>Returns <c>true</c> if the connection for subscriptions responds; never throws.</summary>
    public Task<bool> AnswersAsync(IRedisLink link) =>
        ObservedTask.SucceedsAsync(link.PingSubscriberAsync, timings, timings.FenceTimeout, "handover", logger);

    private async Task AnswersAsync(IServer server, int times)
    {
        var isAnswered = true;
        for (var i = 0; i < times && isAnswered; i++)
        {
            isAnswered = await ObservedTask.SucceedsAsync(() => server.PingAsync(), timings, Timeout.InfiniteTimeSpan, "publishing", logger)
                .ConfigureAwait(false);
        }
    }
}
