using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>
/// Publishes on one server of a cluster, always the same while it is there, because messages that are spread over several lose their order.
/// </summary>
/// <remarks>Without a cluster the client library has one connection to publish on, and chooses it.</remarks>
internal sealed class PublishRoute
{
    private const string Command = "PUBLISH";

    private Choice? _choice;

    /// <summary>Publishes a message; completes at once with fire-and-forget, else with the number of receiving connections.</summary>
    public Task<long> PublishAsync(IConnectionMultiplexer multiplexer, RedisChannel channel, byte[] message, CommandFlags flags)
    {
        var server = channel.IsSharded ? null : ServerOf(multiplexer);
        return server is null
            ? multiplexer.GetSubscriber().PublishAsync(channel, message, flags)
            : CountAsync(server.ExecuteAsync(Command, [channel, (RedisValue)message], flags));
    }

    private static async Task<long> CountAsync(Task<RedisResult> published) =>
        await published.ConfigureAwait(false) is { IsNull: false } count ? (long)count : 0;

    private IServer? ServerOf(IConnectionMultiplexer multiplexer)
    {
        var choice = Volatile.Read(ref _choice);
        if (choice is null || choice.Multiplexer != multiplexer || choice.Server is { IsConnected: false })
            Volatile.Write(ref _choice, choice = new Choice(multiplexer, Choose(multiplexer)));
        return choice.Server;
    }

    private static IServer? Choose(IConnectionMultiplexer multiplexer)
    {
        var connected = multiplexer.GetServers().Where(server => server.IsConnected).ToArray();
        var isCluster = connected.Any(server => server.ServerType == ServerType.Cluster) && multiplexer.GetEndPoints().Length > 1;
        return isCluster ? connected.FirstOrDefault(server => !server.IsReplica) : null;
    }

    /// <summary>The route of a connection.</summary>
    /// <param name="Multiplexer">The connection.</param>
    /// <param name="Server">The server to publish on, or null for any.</param>
    private sealed record Choice(IConnectionMultiplexer Multiplexer, IServer? Server);
}
