using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Queries the number of connections that subscribe to a channel.</summary>
/// <remarks>Wire: <c>PUBSUB NUMSUB socket.io-request#/#</c>, for a sharded channel <c>PUBSUB SHARDNUMSUB</c>, to every master.</remarks>
internal static class SubscriberCount
{
    /// <exception cref="RedisException">No master is connected, or one did not respond in time.</exception>
    public static async Task<long> AskAsync(IConnectionMultiplexer multiplexer, RedisChannel channel, CancellationToken cancellationToken)
    {
        var queries = multiplexer.GetServers()
            .Where(server => server is { IsConnected: true, IsReplica: false })
            .Select(server => AskAsync(server, channel))
            .ToArray();
        if (queries.Length == 0) throw RedisReason.NotConnected(reason: null);

        var counts = await Task.WhenAll(queries).Observed().WaitAsync(cancellationToken).ConfigureAwait(false);
        return counts.Sum();
    }

    private static async Task<long> AskAsync(IServer server, RedisChannel channel)
    {
        if (!channel.IsSharded) return await server.SubscriptionSubscriberCountAsync(channel).ConfigureAwait(false);

        var answer = await server.ExecuteAsync("PUBSUB", "SHARDNUMSUB", channel).ConfigureAwait(false);
        return answer.Length < 2 ? 0 : (long)answer[1];
    }
}
