using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Sharded channels on a Redis Cluster that changes while messages are on their way; needs redis-server and redis-cli.</summary>
public sealed class ShardedBusServerTests
{
    private const int Unresponsive = 1206;
    private const int SubscriptionRecovered = 1211;

    // In slots of all three masters.
    private static readonly string[] Channels = ["a#/#", "b#/#", "c#/#", "d#/#", "e#/#", "f#/#"];

    [Fact]
    public async Task Subscriptions_follow_a_slot_that_moves_to_another_master_and_one_that_moves_on_to_a_new_one()
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
        await traffic.ProvenAsync();

        await AssertCountedAsync(traffic, cluster, control);
        Report(traffic, "three moves of its slot", "a#/#");
        foreach (var other in Channels[1..]) Assert.Equal((0, 0, true), (traffic.Of(other).Lost, traffic.Of(other).Twice, traffic.Of(other).InOrder));
        var moved = traffic.Of("a#/#");
        Assert.Equal(0, moved.Twice);
        Assert.InRange(moved.Lost, 0, 3 * 20);
        Assert.InRange(moved.Longest, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(0, traffic.Log.Count(Unresponsive));
        await AssertSoundAsync(traffic, cluster, control);
    }

    [Fact]
    public async Task Subscriptions_follow_a_master_that_ends_to_its_replica_and_the_others_lose_nothing()
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
        await traffic.ProvenAsync();
        Assert.True(traffic.Set.Has(late));
        Assert.Equal(1, await traffic.Listener.PublishAsync(late, [0, 0, 0, 1], TestContext.Current.CancellationToken));

        TestContext.Current.TestOutputHelper!.WriteLine($"all received {delay.TotalSeconds:0.00} s after every node knew of the promotion");
        Report(traffic, "its master was killed", [.. owned]);
        Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        foreach (var other in Channels.Except(owned)) Assert.Equal((0, 0, true), (traffic.Of(other).Lost, traffic.Of(other).Twice, traffic.Of(other).InOrder));
        Assert.All(owned, channel => Assert.Equal((0, true), (traffic.Of(channel).Twice, traffic.Of(channel).InOrder)));
        await AssertCountedAsync(traffic, cluster, control);

        // That a master was away is the same for every node: none of them is the deaf one.
        Assert.Equal(0, traffic.Log.Count(Unresponsive));
        Assert.InRange(traffic.Log.Count(SubscriptionRecovered), 1, 3);
        await AssertSoundAsync(traffic, cluster, control);
    }

    [Fact]
    public async Task Subscriptions_follow_to_the_replica_that_takes_its_masters_place_so_that_the_node_is_counted()
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
        await traffic.ProvenAsync();

        Report(traffic, "CLUSTER FAILOVER of its master", [.. owned]);
        foreach (var other in Channels.Except(owned)) Assert.Equal((0, 0, true), (traffic.Of(other).Lost, traffic.Of(other).Twice, traffic.Of(other).InOrder));
        Assert.Equal(0, traffic.Log.Count(Unresponsive));

        // And back, with the master it was.
        await control.FailOverAsync(master);
        await AssertCountedAsync(traffic, cluster, control);
        await traffic.AllReceivedAsync();
        await traffic.ProvenAsync();
        Report(traffic, "and CLUSTER FAILOVER back", [.. owned]);
        foreach (var other in Channels.Except(owned)) Assert.Equal((0, 0), (traffic.Of(other).Lost, traffic.Of(other).Twice));
        Assert.All(owned, channel => Assert.Equal((0, true), (traffic.Of(channel).Twice, traffic.Of(channel).InOrder)));
        await AssertSoundAsync(traffic, cluster, control);
    }

    [Fact]
    public async Task A_master_that_stops_answering_and_is_replaced_is_left()
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
    public async Task A_master_that_stops_answering_does_not_delay_the_rooms_of_the_others()
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
            await ShardedTraffic.UntilAsync(async () => (await Task.WhenAll(cluster.Nodes.Select(node => CountAsync(node, room)))).Sum() == 0);
        }
    }

    [Fact]
    public async Task A_master_that_is_gone_for_good_is_asked_for_a_few_times_a_second_and_no_more()
    {
        const int Attempts = 30;
        await using var cluster = new RedisClusterProcess();
        await cluster.InitializeAsync();
        var control = new RedisClusterControl(cluster);
        await using var traffic = await ShardedTraffic.StartAsync(cluster.Configuration, Channels);
        var master = await control.OwnerAsync("a#/#");

        await master.StopAsync();
        using var gone = new TcpListener(IPAddress.Loopback, master.Port);
        gone.Start();
        var start = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < Attempts; i++)
        {
            // The cluster's own nodes look for it on another port.
            using var attempt = await gone.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        }

        // Two nodes with two connections each.
        var each = Attempts / TimeProvider.System.GetElapsedTime(start).TotalSeconds / 4;
        TestContext.Current.TestOutputHelper!.WriteLine($"{each:0.0} attempts a second on each connection");
        Assert.InRange(each, 0, 2.5);
        Assert.Equal(0, traffic.Log.Count(Unresponsive));
    }

    /// <summary>A master stops answering until its replica has taken its place and is heard; completes when the master knows.</summary>
    private static async Task ReplacedAsync(ShardedTraffic traffic, RedisClusterControl control, RedisServerProcess master, RedisServerProcess replica, Func<Task> meanwhile)
    {
        master.Pause();
        try
        {
            await meanwhile();
            await control.PromotedAsync(replica, except: master);
            await traffic.AllReceivedAsync();
            await traffic.ProvenAsync();
            Report(traffic, "its master stopped answering", "a#/#");
        }
        finally
        {
            master.Resume();
        }

        await control.PromotedAsync(replica);
        await traffic.AllReceivedAsync();
        Report(traffic, "and went on as a replica", "a#/#");
    }

    /// <summary>From now on nothing is lost and nothing comes twice, on any channel.</summary>
    private static async Task AssertSoundAsync(ShardedTraffic traffic, RedisClusterProcess cluster, RedisClusterControl control)
    {
        await AssertCountedAsync(traffic, cluster, control);
        traffic.Forget();
        for (var i = 0; i < 20; i++) await traffic.AllReceivedAsync();
        Assert.All(Channels, channel => Assert.Equal((0, 0, true), (traffic.Of(channel).Lost, traffic.Of(channel).Twice, traffic.Of(channel).InOrder)));
    }

    /// <summary>Both nodes are subscribed on every channel, with the master that has it: no other subscription was left behind.</summary>
    private static async Task AssertCountedAsync(ShardedTraffic traffic, RedisClusterProcess cluster, RedisClusterControl control)
    {
        foreach (var channel in Channels)
        {
            await ShardedTraffic.UntilAsync(async () =>
            {
                var owner = await control.OwnerAsync(channel);
                return (await CountAsync(owner, channel)) == 2
                    && await traffic.Listener.CountSubscribersAsync(RedisChannel.Sharded(channel), TestContext.Current.CancellationToken) == 2;
            });
            var sum = 0;
            foreach (var node in cluster.Nodes.Where(node => node.IsRunning)) sum += await CountAsync(node, channel);
            Assert.Equal(2, sum);
        }
    }

    private static async Task<int> CountAsync(RedisServerProcess node, string channel) =>
        int.Parse((await RedisClusterControl.AskAsync(node, "PUBSUB", "SHARDNUMSUB", channel)).Split('\n')[^1], CultureInfo.InvariantCulture);

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

    private static void Report(ShardedTraffic traffic, string what, params string[] channels)
    {
        foreach (var channel in channels)
        {
            var of = traffic.Of(channel);
            TestContext.Current.TestOutputHelper!.WriteLine($"{channel}: {what}; of {of.Sent} messages, one every 10 ms, {of.Lost} were lost, {of.Twice} came twice, the longest gap was {of.Longest.TotalSeconds:0.00} s");
        }
    }
}
