using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Planned failovers in a Redis Cluster while every node publishes. Needs redis-server and redis-cli.</summary>
[Trait("Needs", "Linux")]
public sealed class PlannedFailoverServerTests
{
    private const int Nodes = 3;

    private static readonly string[] Channels = ["a#/#", "b#/#", "c#/#", "d#/#"];

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 1000)]
    [InlineData(true, 1000)]
    public async Task Planned_failovers_repeat_nothing_and_report_what_they_lose(bool isSharded, int milliseconds)
    {
        await using var cluster = new RedisClusterProcess { Replicas = 3 };
        await cluster.InitializeAsync();
        var control = new RedisClusterControl(cluster);
        await using var traffic = await FailoverTraffic.StartAsync(cluster, isSharded, Nodes, Channels);
        await traffic.ReceivedAsync();

        for (var round = 1; round <= 2; round++)
        {
            var replicas = await ReplicasAsync(cluster, control);
            foreach (var replica in replicas)
            {
                await control.FailOverAsync(replica);

                // One after the other, the next while the nodes leave the one before.
                using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(milliseconds + 1));
                await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            }

            await SettledAsync(traffic, round);
        }

        await AssertAsync(traffic);
    }

    [Fact]
    public async Task Former_masters_can_stop_after_the_nodes_have_left_them()
    {
        await using var cluster = new RedisClusterProcess { Replicas = 3 };
        await cluster.InitializeAsync();
        var control = new RedisClusterControl(cluster);
        await using var traffic = await FailoverTraffic.StartAsync(cluster, isSharded: false, Nodes, Channels);
        await traffic.ReceivedAsync();
        var former = cluster.Nodes.Take(3).ToArray();

        foreach (var replica in await ReplicasAsync(cluster, control)) await control.FailOverAsync(replica);
        await SettledAsync(traffic, 1);
        await traffic.LeftAsync(former);
        await traffic.ReceivedAsync();
        foreach (var master in former) await master.StopAsync();
        await SettledAsync(traffic, 1);

        await AssertAsync(traffic);
    }

    /// <summary>Returns the first replica of each master.</summary>
    private static async Task<List<RedisServerProcess>> ReplicasAsync(RedisClusterProcess cluster, RedisClusterControl control)
    {
        var replicas = new List<RedisServerProcess>();
        foreach (var node in cluster.Nodes)
        {
            var role = await RedisClusterControl.ExecuteAsync(node, "ROLE");
            if (role.StartsWith("master", StringComparison.Ordinal)) replicas.Add(await control.ReplicaAsync(node));
        }

        return replicas;
    }

    private static async Task SettledAsync(FailoverTraffic traffic, int outages)
    {
        await traffic.CountedAsync();
        await traffic.ReportedAsync(outages);
        await traffic.ReceivedAsync();
        await traffic.VerifiedAsync();
    }

    private static async Task AssertAsync(FailoverTraffic traffic)
    {
        var (sent, lost, twice, late, unreported, longest) = await traffic.CheckAsync();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"of {sent} messages {lost} lost ({unreported} outside of a reported outage, the longest {longest:0.0} s), "
            + $"{twice} received twice, {late} out of order");
        Assert.Equal((0, 0, 0), (twice, late, unreported));
    }
}
