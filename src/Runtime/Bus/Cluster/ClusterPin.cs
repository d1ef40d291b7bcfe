using System.Net;
using System.Security.Cryptography;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Keeps everything a node publishes and subscribes on one master of a Redis Cluster.</summary>
/// <remarks>
/// Every node of a cluster passes on the messages of all others, in order. Only a client that spreads its own messages and
/// subscriptions over several of them loses that order, and the client library does.
/// </remarks>
/// <param name="whole">The connection to the whole cluster, which knows its topology.</param>
/// <param name="configuration">The configuration of that connection.</param>
/// <param name="roles">The query for the roles of servers.</param>
internal sealed class ClusterPin(IRedisLink whole, ConfigurationOptions configuration, ServerRole roles)
{
    // A short time without a connection is not worth a move, which costs every subscription.
    private const int LooksUntilMove = 3;

    private EndPoint? _chosen;
    private int _badLooks;

    /// <summary>Returns <c>true</c> if a connection leads to a cluster; false while that is unknown.</summary>
    public static bool IsCluster(IRedisLink link) =>
        link.Servers.Any(server => server is { IsConnected: true, ServerType: ServerType.Cluster });

    /// <summary>
    /// Returns a value indicating whether the server is lost, so that it is time to move to another master; called every second.
    /// </summary>
    public bool ShouldMove(IRedisLink current)
    {
        var isGood = _chosen is { } chosen && current.IsConnected
            && whole.Servers.Any(server => server.IsConnected && server.EndPoint.Equals(chosen));
        _badLooks = isGood ? 0 : _badLooks + 1;
        return _chosen is null || _badLooks >= LooksUntilMove;
    }

    /// <summary>Returns a value indicating whether the server says that it is a replica now; called every second.</summary>
    /// <remarks>The connection keeps working, but nodes on replicas are not counted.</remarks>
    public async Task<bool> IsDemotedAsync(IRedisLink current) =>
        _chosen is { } chosen
            && current.Servers.FirstOrDefault(server => server.IsConnected && server.EndPoint.Equals(chosen)) is { } server
            && await roles.IsReplicaAsync(server).ConfigureAwait(false) == true;

    /// <summary>Connects to a master alone, another one than before if there is one.</summary>
    /// <remarks>
    /// Until <see cref="Choose"/> is called, the previous server is the one that is checked: a move that fails is tried again.
    /// </remarks>
    /// <returns>The master and the connection, or null when no master is connected.</returns>
    public async Task<(EndPoint Server, IRedisLink Link)?> ConnectAsync()
    {
        var masters = await MastersAsync().ConfigureAwait(false);
        if (masters.Length == 0) return null;

        // The choice makes no difference, so the nodes of the application spread.
        var server = masters[RandomNumberGenerator.GetInt32(masters.Length)];
        var options = RedisConfiguration.Copy(configuration);
        options.EndPoints.Clear();
        options.EndPoints.Add(server);

        // Without these the connection would find the other nodes, and use them.
        options.CommandMap = CommandMap.Create(["CLUSTER"], available: false);
        options.ConfigurationChannel = "";
        options.TieBreaker = "";
        return (server, RedisLink.Of(await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false)));
    }

    /// <summary>Records that the connection to a master is in use.</summary>
    public void Choose(EndPoint server) => (_chosen, _badLooks) = (server, 0);

    private async Task<EndPoint[]> MastersAsync()
    {
        // The library's list of masters is up to a minute old.
        var servers = whole.Servers.Where(server => server is { IsConnected: true, ServerType: ServerType.Cluster }).ToArray();
        var areReplicas = await Task.WhenAll(servers.Select(roles.IsReplicaAsync)).ConfigureAwait(false);
        var masters = servers.Where((_, i) => areReplicas[i] == false).Select(server => server.EndPoint).ToArray();
        var others = masters.Where(endpoint => !endpoint.Equals(_chosen)).ToArray();
        return others.Length > 0 ? others : masters;
    }
}
