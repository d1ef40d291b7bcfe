using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Sharded channels during changes of a Redis Cluster. Needs redis-server and redis-cli.</summary>
[Trait("Needs", "Linux")]
public sealed class ShardedBusServerTests
{
    private const int Unresponsive = 1206;
    private const int SubscriptionRecovered = 1211;

    // Channels in slots of all three masters.
    private static readonly string[] Channels = ["a#/#", "b#/#", "c#/#", "d#/#", "e#/#", "f#/#"];

    [Fact]
    public async Task Subscriptions_follow_a_slot_to_another_master_and_to_a_new_one()
    {
        await using var cluster = new RedisClusterProcess();
        await cluster.InitializeAsync();
        var control = new RedisClusterControl(cluster);
        await using var traffic = await ShardedTraffic.StartAsync(cluster.Configuration, Channels);
        var owner = await control.OwnerAsync("a#/#");

        await control.MoveAsync("a#/#", cluster.Nodes.First(node => node != owner));
        await traffic.AllReceivedAsync();
        var joined = await control.JoinAsync();
        await control.MoveAsync("a#/#", joined);
        await traffic.AllReceivedAsync();
        await control.MoveAsync("a#/#", owner);
        await traffic.AllReceivedAsync();
        await traffic.VerifiedAsync();

        await AssertCountedAsync(traffic, cluster, control);
        Report(traffic, "three moves of its slot", "a#/#");
        foreach (var other in Channels[1..])
            Assert.Equal((0, 0, true), (traffic.Of(other).Lost, traffic.Of(other).Twice, traffic.Of(other).InOrder));
        var moved = traffic.Of("a#/#");
        Assert.Equal(0, moved.Twice);
        Assert.InRange(moved.Lost, 0, 3 * 20);
        Assert.InRange(moved.Longest, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(0, traffic.Log.Count(Unresponsive));
        await AssertSoundAsync(traffic, cluster, control);
    }

    [Fact]
    public async Task Subscriptions_follow_from_a_stopped_master_to_its_replica()
    {
        await using var cluster = new RedisClusterProcess { Replicas = 3 };
        await cluster.InitializeAsync();
        var control = new RedisClusterControl(cluster);
        await using var traffic = await ShardedTraffic.StartAsync(cluster.Configuration, Channels);
        var master = await control.OwnerAsync("a#/#");
        var owned = await OwnedAsync(control, master);
        var replica = await control.ReplicaAsync(master);

        await master.StopAsync();
        var late = RedisChannel.Sharded("late{a#/#}");
        Assert.False(await traffic.Set.AddAsync(late));
        await control.PromotedAsync(replica);
        var promoted = TimeProvider.System.GetTimestamp();
        await traffic.AllReceivedAsync();
        var delay = TimeProvider.System.GetElapsedTime(promoted);
        await traffic.VerifiedAsync();
        Assert.True(traffic.Set.Has(late));
        Assert.Equal(1, await traffic.Receiver.PublishAsync(late, [0, 0, 0, 1], TestContext.Current.CancellationToken));

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"all received {delay.TotalSeconds:0.00} s after the promotion had reached every node");
        Report(traffic, "its master was stopped", [.. owned]);
        Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        foreach (var other in Channels.Except(owned))
            Assert.Equal((0, 0, true), (traffic.Of(other).Lost, traffic.Of(other).Twice, traffic.Of(other).InOrder));
        Assert.All(owned, channel => Assert.Equal((0, true), (traffic.Of(channel).Twice, traffic.Of(channel).InOrder)));
        await AssertCountedAsync(traffic, cluster, control);

        // The outage of a master affects every node, so no subscription counts as unresponsive.
        Assert.Equal(0, traffic.Log.Count(Unresponsive));
        Assert.InRange(traffic.Log.Count(SubscriptionRecovered), 1, 3);
        await AssertSoundAsync(traffic, cluster, control);
    }

    [Fact]
    public async Task Subscriptions_follow_a_planned_failover_so_that_the_node_is_counted()
    {
        await using var cluster = new RedisClusterProcess { Replicas = 3 };
        await cluster.InitializeAsync();
        var control = new RedisClusterControl(cluster);
        await using var traffic = await ShardedTraffic.StartAsync(cluster.Configuration, Channels);
        var master = await control.OwnerAsync("a#/#");
        var owned = await OwnedAsync(control, master);
        var replica = await control.ReplicaAsync(master);

        await control.FailOverAsync(replica);
        await AssertCountedAsync(traffic, cluster, control);
        await traffic.AllReceivedAsync();
        await traffic.VerifiedAsync();

        Report(traffic, "CLUSTER FAILOVER of its master", [.. owned]);
        foreach (var other in Channels.Except(owned))
            Assert.Equal((0, 0, true), (traffic.Of(other).Lost, traffic.Of(other).Twice, traffic.Of(other).InOrder));
        Assert.Equal(0, traffic.Log.Count(Unresponsive));

        // A second failover restores the first master.
        await control.FailOverAsync(master);
        await AssertCountedAsync(traffic, cluster, control);
        await traffic.AllReceivedAsync();
        await traffic.VerifiedAsync();
        Report(traffic, "second CLUSTER FAILOVER", [.. owned]);
        foreach (var other in Channels.Except(owned)) Assert.Equal((0, 0), (traffic.Of(other).Lost, traffic.Of(other).Twice));
        Assert.All(owned, channel => Assert.Equal((0, true), (traffic.Of(channel).Twice, traffic.Of(channel).InOrder)));
        await AssertSoundAsync(traffic, cluster, control);
    }

    [Fact]
    public async Task Nodes_leave_an_unresponsive_master_that_was_replaced()
    {
        await using var cluster = new RedisClusterProcess { Replicas = 3 };
        await cluster.InitializeAsync();
        var control = new RedisClusterControl(cluster);
        await using var traffic = await ShardedTraffic.StartAsync(cluster.Configuration, Channels);
        var master = await control.OwnerAsync("a#/#");
        var replica = await control.ReplicaAsync(master);

        await ReplacedAsync(traffic, control, master, replica, () => Task.CompletedTask);
        await AssertSoundAsync(traffic, cluster, control);
    }

    [Fact]
    public async Task An_unresponsive_master_does_not_delay_rooms_of_other_masters()
    {
        const int Rooms = 20;
        await using var cluster = new RedisClusterProcess { Replicas = 3 };
        await cluster.InitializeAsync();
        var control = new RedisClusterControl(cluster);
        await using var traffic = await ShardedTraffic.StartAsync(cluster.Configuration, Channels);
        var master = await control.OwnerAsync("a#/#");
        var replica = await control.ReplicaAsync(master);
        var other = Channels.Except(await OwnedAsync(control, master)).First();

        await ReplacedAsync(traffic, control, master, replica, async () =>
        {
            for (var i = 0; i < Rooms; i++) _ = traffic.Set.AddAsync(RedisChannel.Sharded($"room{i}{{a#/#}}"));
            for (var i = 0; i < Rooms; i++) traffic.Set.Remove(RedisChannel.Sharded($"room{i}{{a#/#}}"));
            var start = TimeProvider.System.GetTimestamp();
            Assert.True(await traffic.Set.AddAsync(RedisChannel.Sharded($"room{{{other}}}")));
            var joined = TimeProvider.System.GetElapsedTime(start);

            TestContext.Current.TestOutputHelper!.WriteLine($"a room of another master was joined after {joined.TotalSeconds:0.00} s");
            Assert.InRange(joined, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        });

        await AssertSoundAsync(traffic, cluster, control);
        for (var i = 0; i < Rooms; i++)
        {
            var room = $"room{i}{{a#/#}}";
            await ShardedTraffic.UntilAsync(
                async () => (await Task.WhenAll(cluster.Nodes.Select(node => CountAsync(node, room)))).Sum() == 0);
        }
    }

    [Fact]
    public async Task Attempts_to_connect_to_a_lost_master_are_limited_to_a_few_per_second()
    {
        const int Attempts = 30;
        await using var cluster = new RedisClusterProcess();
        await cluster.InitializeAsync();
        var control = new RedisClusterControl(cluster);
        await using var traffic = await ShardedTraffic.StartAsync(cluster.Configuration, Channels);
        var master = await control.OwnerAsync("a#/#");

        await master.StopAsync();
        using var lost = new TcpListener(IPAddress.Loopback, master.Port);
        lost.Start();
        var start = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < Attempts; i++)
        {
            // The nodes of the cluster use another port.
            using var attempt = await lost.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        }

        // There are two nodes with two connections each.
        var each = Attempts / TimeProvider.System.GetElapsedTime(start).TotalSeconds / 4;
        TestContext.Current.TestOutputHelper!.WriteLine($"{each:0.0} attempts per second on each connection");
        Assert.InRange(each, 0, 2.5);
        Assert.Equal(0, traffic.Log.Count(Unresponsive));
    }

    /// <summary>Pauses a master until its replica is promoted and delivers, then resumes it and waits until it is a replica.</summary>
    private static async Task ReplacedAsync(ShardedTraffic traffic, RedisClusterControl control, RedisServerProcess master,
        RedisServerProcess replica, Func<Task> meanwhile)
    {
        master.Pause();
        try
        {
            await meanwhile();
            await control.PromotedAsync(replica, except: master);
            await traffic.AllReceivedAsync();
            await traffic.VerifiedAsync();
            Report(traffic, "its master was unresponsive", "a#/#");
        }
        finally
        {
            master.Resume();
        }

        await control.PromotedAsync(replica);
        await traffic.AllReceivedAsync();
        Report(traffic, "its former master became a replica", "a#/#");
    }

    /// <summary>Asserts that from now on every message on every channel is received once and in order.</summary>
    private static async Task AssertSoundAsync(ShardedTraffic traffic, RedisClusterProcess cluster, RedisClusterControl control)
    {
        await AssertCountedAsync(traffic, cluster, control);
        traffic.Forget();
        for (var i = 0; i < 20; i++) await traffic.AllReceivedAsync();
        Assert.All(Channels,
            channel => Assert.Equal((0, 0, true), (traffic.Of(channel).Lost, traffic.Of(channel).Twice, traffic.Of(channel).InOrder)));
    }

    /// <summary>Asserts that both nodes are subscribed to every channel on its owner, and on no other server.</summary>
    private static async Task AssertCountedAsync(ShardedTraffic traffic, RedisClusterProcess cluster, RedisClusterControl control)
    {
        foreach (var channel in Channels)
        {
            await ShardedTraffic.UntilAsync(async () =>
            {
                var owner = await control.OwnerAsync(channel);
                var cancellation = TestContext.Current.CancellationToken;
                return (await CountAsync(owner, channel)) == 2
                    && await traffic.Receiver.CountSubscribersAsync(RedisChannel.Sharded(channel), cancellation) == 2;
            });
            var sum = 0;
            foreach (var node in cluster.Nodes.Where(node => node.IsRunning)) sum += await CountAsync(node, channel);
            Assert.Equal(2, sum);
        }
    }

    private static async Task<int> CountAsync(RedisServerProcess node, string channel)
    {
        var reply = await RedisClusterControl.ExecuteAsync(node, "PUBSUB", "SHARDNUMSUB", channel);
        return int.Parse(reply.Split('\n')[^1], CultureInfo.InvariantCulture);
    }

    private static async Task<List<string>> OwnedAsync(RedisClusterControl control, RedisServerProcess master)
    {
        var owned = new List<string>();
        foreach (var channel in Channels)
        {
            if (await control.OwnerAsync(channel) == master) owned.Add(channel);
        }

        Assert.InRange(owned.Count, 1, Channels.Length - 1);
        return owned;
    }

    private static void Report(ShardedTraffic traffic, string change, params string[] channels)
    {
        foreach (var channel in channels)
        {
            var of = traffic.Of(channel);
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{channel}: {change}; of {of.Sent} messages, one every 10 ms, {of.Lost} were lost, {of.Twice} were received twice, "
                + $"the longest gap was {of.Longest.TotalSeconds:0.00} s");
        }
    }
}
