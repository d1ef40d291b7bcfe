using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>Does with a Redis Cluster what its operators do, and waits until every node of it knows.</summary>
internal sealed class RedisClusterControl(RedisClusterProcess cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromSeconds(6);

    /// <summary>What one node answers to a command.</summary>
    public static async Task<string> AskAsync(RedisServerProcess node, params string[] command)
    {
        using var client = Process.Start(new ProcessStartInfo("redis-cli", ["-p", $"{node.Port}", .. command]) { RedirectStandardOutput = true })!;
        var answer = await client.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await client.WaitForExitAsync(TestContext.Current.CancellationToken);
        return answer.Trim();
    }

    /// <summary>The master a channel belongs to.</summary>
    public async Task<RedisServerProcess> OwnerAsync(string channel)
    {
        var slot = await SlotAsync(channel);
        return (await SeenAsync(cluster.Nodes.First(node => node.IsRunning))).Single(node => node.Has(slot)).Server;
    }

    /// <summary>A replica of a master.</summary>
    public async Task<RedisServerProcess> ReplicaAsync(RedisServerProcess master)
    {
        var nodes = await SeenAsync(master);
        var id = nodes.Single(node => node.Server == master).Id;
        return nodes.First(node => node.Master == id).Server;
    }

    /// <summary>Moves the slot of a channel to another master as a live resharding does it.</summary>
    public async Task MoveAsync(string channel, RedisServerProcess to)
    {
        var from = await OwnerAsync(channel);
        var slot = $"{await SlotAsync(channel)}";
        var (source, target) = (await AskAsync(from, "CLUSTER", "MYID"), await AskAsync(to, "CLUSTER", "MYID"));
        await DoAsync(to, "CLUSTER", "SETSLOT", slot, "IMPORTING", source);
        await DoAsync(from, "CLUSTER", "SETSLOT", slot, "MIGRATING", target);
        await DoAsync(to, "CLUSTER", "SETSLOT", slot, "NODE", target);
        await DoAsync(from, "CLUSTER", "SETSLOT", slot, "NODE", target);
        await UntilAllAsync(nodes => nodes.Single(node => node.Server == to).Has(int.Parse(slot, CultureInfo.InvariantCulture)));
    }

    /// <summary>Has a replica and its master change places, without a moment in which there is no master.</summary>
    /// <remarks>Redis gives a change up, and says nothing, when it took more than five seconds, as on a machine that does too much else: it is asked again.</remarks>
    public async Task FailOverAsync(RedisServerProcess replica)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var since = Stopwatch.StartNew(); since.Elapsed < Patience && !await IsMasterAsync(replica);)
        {
            await DoAsync(replica, "CLUSTER", "FAILOVER");
            var requested = since.Elapsed;
            while (since.Elapsed - requested < GivenUpAfter && !await IsMasterAsync(replica)) await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
        await PromotedAsync(replica);
    }

    /// <summary>Completes when every node, but one that does not answer, knows that a replica took its master's place.</summary>
    public Task PromotedAsync(RedisServerProcess replica, RedisServerProcess? except = null) =>
        UntilAllAsync(nodes => nodes.Any(node => node.Server == replica && node.HasSlots), except);

    /// <summary>Starts a master without slots, known to all.</summary>
    public async Task<RedisServerProcess> JoinAsync()
    {
        var node = await cluster.AddAsync();
        await DoAsync(cluster.Nodes[0], "CLUSTER", "MEET", "127.0.0.1", $"{node.Port}", $"{node.ClusterPort}");
        await UntilAllAsync(nodes => nodes.Count == cluster.Nodes.Count);
        return node;
    }

    private static async Task<bool> IsMasterAsync(RedisServerProcess node) =>
        (await AskAsync(node, "ROLE")).StartsWith("master", StringComparison.Ordinal);

    private static async Task DoAsync(RedisServerProcess node, params string[] command) => Assert.Equal("OK", await AskAsync(node, command));

    private async Task<int> SlotAsync(string channel) =>
        int.Parse(await AskAsync(cluster.Nodes.First(node => node.IsRunning), "CLUSTER", "KEYSLOT", channel), CultureInfo.InvariantCulture);

    private async Task UntilAllAsync(Func<IReadOnlyList<Seen>, bool> condition, RedisServerProcess? except = null)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        foreach (var node in cluster.Nodes.Where(node => node.IsRunning && node != except))
        {
            while (!condition(await SeenAsync(node))) await pause.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>The nodes as one of them sees them.</summary>
    private async Task<IReadOnlyList<Seen>> SeenAsync(RedisServerProcess observer) =>
    [
        .. from line in (await AskAsync(observer, "CLUSTER", "NODES")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
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
