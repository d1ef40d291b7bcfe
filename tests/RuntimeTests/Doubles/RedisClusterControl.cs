using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>Administrative operations on a Redis Cluster that wait until all of its nodes know the change.</summary>
internal sealed class RedisClusterControl(RedisClusterProcess cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan FailoverTimeout = TimeSpan.FromSeconds(6);

    /// <summary>Returns the reply of a node to a command.</summary>
    public static async Task<string> ExecuteAsync(RedisServerProcess node, params string[] command)
    {
        using var client = Process.Start(
            new ProcessStartInfo("redis-cli", ["-p", $"{node.Port}", .. command]) { RedirectStandardOutput = true })!;
        var reply = await client.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await client.WaitForExitAsync(TestContext.Current.CancellationToken);
        return reply.Trim();
    }

    /// <summary>Returns the master that owns the slot of a channel.</summary>
    public async Task<RedisServerProcess> OwnerAsync(string channel)
    {
        var slot = await SlotAsync(channel);
        return (await SeenAsync(cluster.Nodes.First(node => node.IsRunning))).Single(node => node.Has(slot)).Server;
    }

    /// <summary>Returns a replica of a master.</summary>
    public async Task<RedisServerProcess> ReplicaAsync(RedisServerProcess master)
    {
        var nodes = await SeenAsync(master);
        var id = nodes.Single(node => node.Server == master).Id;
        return nodes.First(node => node.Master == id).Server;
    }

    /// <summary>Moves the slot of a channel to another master with the commands of a live resharding.</summary>
    public async Task MoveAsync(string channel, RedisServerProcess to)
    {
        var from = await OwnerAsync(channel);
        var slot = $"{await SlotAsync(channel)}";
        var (source, target) = (await ExecuteAsync(from, "CLUSTER", "MYID"), await ExecuteAsync(to, "CLUSTER", "MYID"));
        await ExpectOkAsync(to, "CLUSTER", "SETSLOT", slot, "IMPORTING", source);
        await ExpectOkAsync(from, "CLUSTER", "SETSLOT", slot, "MIGRATING", target);
        await ExpectOkAsync(to, "CLUSTER", "SETSLOT", slot, "NODE", target);
        await ExpectOkAsync(from, "CLUSTER", "SETSLOT", slot, "NODE", target);
        await UntilAllAsync(nodes => nodes.Single(node => node.Server == to).Has(int.Parse(slot, CultureInfo.InvariantCulture)));
    }

    /// <summary>Exchanges the roles of a replica and its master without a time without a master.</summary>
    /// <remarks>Redis silently cancels a failover after five seconds, for example on a busy machine; it is then requested again.</remarks>
    public async Task FailOverAsync(RedisServerProcess replica)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var since = Stopwatch.StartNew(); since.Elapsed < Patience && !await IsMasterAsync(replica);)
        {
            await ExpectOkAsync(replica, "CLUSTER", "FAILOVER");
            var requested = since.Elapsed;
            while (since.Elapsed - requested < FailoverTimeout && !await IsMasterAsync(replica))
                await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
        await PromotedAsync(replica);
    }

    /// <summary>Completes when every node, except for an unresponsive one, lists a replica as promoted to master.</summary>
    public Task PromotedAsync(RedisServerProcess replica, RedisServerProcess? except = null) =>
        UntilAllAsync(nodes => nodes.Any(node => node.Server == replica && node.HasSlots), except);

    /// <summary>Starts a master without slots and completes when all nodes list it.</summary>
    public async Task<RedisServerProcess> JoinAsync()
    {
        var node = await cluster.AddAsync();
        await ExpectOkAsync(cluster.Nodes[0], "CLUSTER", "MEET", "127.0.0.1", $"{node.Port}", $"{node.ClusterPort}");
        await UntilAllAsync(nodes => nodes.Count == cluster.Nodes.Count);
        return node;
    }

    private static async Task<bool> IsMasterAsync(RedisServerProcess node) =>
        (await ExecuteAsync(node, "ROLE")).StartsWith("master", StringComparison.Ordinal);

    private static async Task ExpectOkAsync(RedisServerProcess node, params string[] command) =>
        Assert.Equal("OK", await ExecuteAsync(node, command));

    private async Task<int> SlotAsync(string channel) =>
        int.Parse(
            await ExecuteAsync(cluster.Nodes.First(node => node.IsRunning), "CLUSTER", "KEYSLOT", channel), CultureInfo.InvariantCulture);

    private async Task UntilAllAsync(Func<IReadOnlyList<Seen>, bool> condition, RedisServerProcess? except = null)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        foreach (var node in cluster.Nodes.Where(node => node.IsRunning && node != except))
        {
            while (!condition(await SeenAsync(node))) await pause.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Returns the nodes that one of them lists.</summary>
    private async Task<IReadOnlyList<Seen>> SeenAsync(RedisServerProcess observer) =>
    [
        .. from line in (await ExecuteAsync(observer, "CLUSTER", "NODES")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
           let parts = line.Trim().Split(' ')
           let server = cluster.Nodes.SingleOrDefault(node => parts[1].StartsWith(node.Configuration + "@", StringComparison.Ordinal))
           where server is not null
           select new Seen(parts[0], server, parts[3], parts[8..]),
    ];

    private sealed record Seen(string Id, RedisServerProcess Server, string Master, string[] Ranges)
    {
        public bool HasSlots => Ranges.Length > 0;

        public bool Has(int slot) => Ranges.Where(range => range[0] != '[').Any(range =>
        {
            var ends = range.Split('-');
            return int.Parse(ends[0], CultureInfo.InvariantCulture) <= slot && slot <= int.Parse(ends[^1], CultureInfo.InvariantCulture);
        });
    }
}
