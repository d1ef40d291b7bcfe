using System.Globalization;
using StackExchange.Redis;
using Xunit;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A Redis Cluster on free ports with at least three masters and a given number of replicas, stopped on disposal.</summary>
public sealed class RedisClusterProcess : IAsyncLifetime
{
    private const int Masters = 3;
    private const int Slots = 16_384;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly List<RedisServerProcess> _nodes = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("redis-cluster-");

    public int Replicas { get; init; }

    /// <summary>Gets the masters in the order of their slots, followed by the replicas of the first, second, … master.</summary>
    public IReadOnlyList<RedisServerProcess> Nodes => _nodes;

    /// <summary>Gets the configuration of clients.</summary>
    public string Configuration => string.Join(',', _nodes.Select(node => node.Configuration));

    public async ValueTask InitializeAsync()
    {
        for (var i = 0; i < Masters + Replicas; i++) _nodes.Add(Start(i));
        var admins = new List<IServer>();
        foreach (var node in _nodes) admins.Add((await node.ConnectAsync()).GetServers()[0]);

        for (var i = 0; i < Masters; i++)
            await admins[i].ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", i * Slots / Masters, ((i + 1) * Slots / Masters) - 1);
        foreach (var (node, admin) in _nodes.Zip(admins).Skip(1))
            await admins[0].ExecuteAsync("CLUSTER", "MEET", "127.0.0.1", node.Port, node.ClusterPort);
        await UntilAsync(admins, async admin => await StateAsync(admin) is var state
            && state.Contains("cluster_state:ok", StringComparison.Ordinal)
            && state.Contains($"cluster_known_nodes:{_nodes.Count}", StringComparison.Ordinal));

        for (var i = Masters; i < _nodes.Count; i++)
        {
            var master = (string)(await admins[(i - Masters) % Masters].ExecuteAsync("CLUSTER", "MYID"))!;
            await UntilAsync([admins[i]], async admin => await TryReplicateAsync(admin, master));
        }

        await UntilAsync(admins, async admin => ((string)(await admin.ExecuteAsync("CLUSTER", "NODES"))!).Split("slave ").Length == Replicas
            + 1);
        await UntilAsync(admins.Skip(Masters),
            async admin =>
                ((string)(await admin.ExecuteAsync("INFO", "replication"))!).Contains("master_link_status:up", StringComparison.Ordinal));
        foreach (var admin in admins) await admin.Multiplexer.DisposeAsync();
    }

    /// <summary>Starts another node, which has not joined the cluster yet.</summary>
    public async Task<RedisServerProcess> AddAsync()
    {
        var node = Start(_nodes.Count);
        _nodes.Add(node);
        await using var client = await node.ConnectAsync();
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<string> StateAsync(IServer server) => (string)(await server.ExecuteAsync("CLUSTER", "INFO"))!;

    // A node lists the others only after a while, and rejects the command until then.
    private static async Task<bool> TryReplicateAsync(IServer replica, string master)
    {
        try
        {
            await replica.ExecuteAsync("CLUSTER", "REPLICATE", master);
            return true;
        }
        catch (RedisServerException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(IEnumerable<IServer> servers, Func<IServer, Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        foreach (var server in servers)
        {
            while (!await condition(server)) await pause.WaitForNextTickAsync(limit.Token);
        }
    }

    private RedisServerProcess Start(int number)
    {
        var node = new RedisServerProcess();
        var file = Path.Combine(_folder.FullName, string.Create(CultureInfo.InvariantCulture, $"node-{number}.conf"));

        // Without replica migration a master without slots remains a master.
        node.Start(
            "--cluster-enabled", "yes", "--cluster-config-file", file, "--cluster-node-timeout", "2000",
            "--cluster-port", $"{node.ClusterPort}", "--cluster-allow-replica-migration", "no", "--repl-diskless-sync-delay", "0");
        return node;
    }
}
