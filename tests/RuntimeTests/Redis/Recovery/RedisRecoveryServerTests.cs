using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Unresponsive subscriptions of a connected node: detection, log entries and recovery. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public class RedisRecoveryServerTests
{
    private const int Unresponsive = 1206;
    private const int SubscriptionRecovered = 1211;

    // Far below the timeouts of a connection, far above the time on a busy machine.
    private static readonly TimeSpan Fast = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Gets the options of a node.</summary>
    private protected virtual RedisNodeOptions Node => new RedisAdapterOptions();

    /// <summary>Gets the options of a node that subscribes to rooms and sends frequent probes.</summary>
    private protected virtual RedisNodeOptions Often =>
        new RedisAdapterOptions { ProbeInterval = TimeSpan.FromSeconds(1), SubscriptionMode = RedisSubscriptionMode.PerRoom };

    private protected virtual RedisChannel ChannelOf(string room) => RedisChannel.Literal($"socket.io#/#{room}#");

    [Fact]
    public async Task Stalled_connections_are_replaced_and_do_not_delay_local_clients()
    {
        await using var redis = await StartAsync();
        await using var network = new StallingProxy(redis.Port);
        await using var node = await ServerNode.StartAsync(network.Configuration + ",asyncTimeout=500", Often);
        await using var other = await ServerNode.StartAsync(redis.Configuration, Node);
        await node.ReceivesAsync(other);
        await node.UntilAsync(() => node.Health.Unhealthy == 0);
        Assert.Equal(HealthStatus.Healthy, (await node.CheckAsync()).Status);

        network.Stall();

        var away = Stopwatch.StartNew();
        node.Socket.Forget();
        for (var i = 0; i < 1000; i++) node.Everyone.All.Emit("local", $"{i}");
        Assert.Equal(1000, node.Socket.Received.Count);
        await node.JoinAsync(node.Socket, "joined while away");
        Assert.InRange(away.Elapsed, TimeSpan.Zero, Fast + Fast);

        await node.UntilAsync(() => node.Log.Count(Unresponsive) == 1);
        var check = await node.CheckAsync();
        Assert.Equal((HealthStatus.Unhealthy, 1), (check.Status, check.Data["unresponsive"]));

        await node.UntilAsync(() => node.Log.Count(SubscriptionRecovered) > 0);
        await node.ReceivesAsync(other);
        Assert.Equal(HealthStatus.Healthy, (await node.CheckAsync()).Status);
        await node.ReceivesAsync(() => other.Everyone.To("joined while away").Emit("room"), "room");
    }

    [Fact]
    public async Task An_unresponsive_Redis_delays_neither_local_clients_nor_calls()
    {
        await using var redis = await StartAsync();
        await using var node = await ServerNode.StartAsync(redis.Configuration + ",asyncTimeout=500", Often);
        await using var other = await ServerNode.StartAsync(redis.Configuration, Node);
        await node.ReceivesAsync(other);
        await node.UntilAsync(() => node.Health.Unhealthy == 0);

        redis.Pause();

        var away = Stopwatch.StartNew();
        node.Socket.Forget();
        var awaited = node.Everyone.All.EmitAsync("awaited").AsTask();
        for (var i = 0; i < 1000; i++) node.Everyone.All.Emit("local", $"{i}");
        Assert.Equal(1001, node.Socket.Received.Count);
        await node.JoinAsync(new RecordingSocket(), "a");
        await node.JoinAsync(new RecordingSocket(), "b");
        await Assert.ThrowsAnyAsync<TimeoutException>(() => awaited.WaitAsync(Timeout, TestContext.Current.CancellationToken));
        Assert.InRange(away.Elapsed, TimeSpan.Zero, Timeout);
        await node.UntilAsync(() => node.Health.Unhealthy == 1);

        redis.Resume();
        await node.UntilAsync(() => node.Health.Unhealthy == 0);
        await node.ReceivesAsync(other);
        await other.ReceivesAsync(node);

        // Either the subscription becomes unresponsive or a connection is closed first; both are logged as an outage.
        await node.UntilAsync(() => node.Log.Count(SubscriptionRecovered) > 0);
    }

    [Fact]
    public async Task A_connection_that_the_client_library_replaces_silently_is_an_outage()
    {
        await using var redis = await StartAsync();
        var seldom = Often;
        seldom.ProbeInterval = TimeSpan.FromHours(1);
        await using var node = await ServerNode.StartAsync(redis.Configuration + ",asyncTimeout=500", seldom);
        await node.UntilAsync(() => node.Health is { Unhealthy: 0, TimeSinceLastProbe.TotalSeconds: > 3 });

        redis.Pause();
        await node.JoinAsync(new RecordingSocket(), "a");
        while (node.Health.Unhealthy == 0) await Task.Yield();
        redis.Resume();

        await node.UntilAsync(() => node.Log.Count(SubscriptionRecovered) > 0 && node.Health.Unhealthy == 0);
    }

    [Fact]
    public async Task A_subscriber_that_Redis_disconnects_for_its_backlog_recovers_and_logs_the_outage()
    {
        await using var redis = await StartAsync();
        await using var node = await ServerNode.StartAsync(redis.Configuration, Node);
        await using var other = await ServerNode.StartAsync(redis.Configuration, Node);
        await node.ReceivesAsync(other);
        await node.UntilAsync(() => node.Health.Unhealthy == 0);
        await using var admin = await redis.ConnectAsync();
        await admin.GetServers()[0].ConfigSetAsync("client-output-buffer-limit", "pubsub 1mb 1mb 1");

        other.Everyone.All.Emit("large", new string('x', 4_000_000));

        await node.UntilAsync(() => node.Log.Count(SubscriptionRecovered) > 0);
        await node.ReceivesAsync(other);
        Assert.Equal(0, node.Log.Count(Unresponsive));
    }

    [Fact]
    public async Task Subscriptions_removed_by_other_code_on_a_shared_connection_are_restored()
    {
        await using var redis = await StartAsync();
        await using var shared = await redis.ConnectAsync();
        await using var node = await ServerNode.StartAsync(shared, Often);
        await using var other = await ServerNode.StartAsync(redis.Configuration, Node);
        await node.JoinAsync(node.Socket, "a");
        await node.ReceivesAsync(other);
        await node.UntilAsync(() => node.Health.Unhealthy == 0);

        await shared.GetSubscriber().UnsubscribeAllAsync();

        await node.UntilAsync(() => node.Log.Count(SubscriptionRecovered) > 0);

        // The check of the subscriptions can find it before its probe is missing.
        Assert.InRange(node.Log.Count(Unresponsive), 0, 1);
        await node.ReceivesAsync(other);
        await node.ReceivesAsync(() => other.Everyone.To("a").Emit("room"), "room");
    }

    [Fact]
    public async Task A_node_without_a_connection_is_degraded_and_not_unhealthy()
    {
        await using var redis = await StartAsync();
        await using var node = await ServerNode.StartAsync(redis.Configuration, Node);
        await node.UntilAsync(() => node.Health.Unhealthy == 0);

        await redis.StopAsync();
        await node.UntilAsync(() => !node.Health.IsConnected);

        var check = await node.CheckAsync();
        Assert.Equal((HealthStatus.Degraded, false, 1), (check.Status, check.Data["connected"], check.Data["unhealthy"]));
        await node.JoinAsync(new RecordingSocket(), "a");
    }

    [Fact]
    public async Task Twenty_thousand_rooms_are_resubscribed_after_an_outage()
    {
        const int Rooms = 20_000;
        await using var redis = await StartAsync();
        await using var node = await ServerNode.StartAsync(redis.Configuration, Often);
        await node.UntilAsync(() => node.Health.Unhealthy == 0);
        var member = new RecordingSocket();
        var joining = Stopwatch.StartNew();
        await node.JoinAsync(member, [.. Enumerable.Range(0, Rooms).Select(i => $"room{i}")]);
        joining.Stop();

        await redis.StopAsync();
        await node.UntilAsync(() => node.Health.Unhealthy == 1);
        redis.Start();
        var back = Stopwatch.StartNew();
        await node.UntilAsync(() => node.Health.Unhealthy == 0);
        back.Stop();
        await using var admin = await redis.ConnectAsync();

        BusTopology topology = ChannelOf("").IsSharded ? new ShardedTopology() : new PinnedTopology();
        for (var i = 0; i < Rooms; i += 500)
            Assert.Equal(1, await topology.CountSubscribersAsync(
                RedisLink.Of(admin), ChannelOf($"room{i}"), TestContext.Current.CancellationToken));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Rooms} rooms: joined in {joining.ElapsedMilliseconds} ms, restored and verified {back.ElapsedMilliseconds} ms after "
            + "the start of Redis, of which up to 1000 ms pass before the next attempt to connect.");
    }

    [Fact]
    public async Task Nodes_move_to_the_promoted_replica()
    {
        await using var primary = await StartAsync();
        await using var replica = new RedisServerProcess();
        replica.Start("--replicaof", "127.0.0.1", $"{primary.Port}");
        await using var admin = await replica.ConnectAsync();
        var both = $"{primary.Configuration},{replica.Configuration}";
        await using var node = await ServerNode.StartAsync(both, Often);
        await using var other = await ServerNode.StartAsync(both, Node);
        await node.ReceivesAsync(other);

        await primary.StopAsync();
        await admin.GetServers()[0].MakePrimaryAsync(ReplicationChangeOptions.SetTiebreaker);

        await node.ReceivesAsync(other);
        await other.ReceivesAsync(node);
        await node.UntilAsync(() => node.Health is { IsConnected: true, Unhealthy: 0 });
    }

    private static async Task<RedisServerProcess> StartAsync()
    {
        var redis = new RedisServerProcess();
        await redis.InitializeAsync();
        return redis;
    }
}

/// <summary>The same tests with the sharded adapter.</summary>
public sealed class ShardedRecoveryServerTests : RedisRecoveryServerTests
{
    private protected override RedisNodeOptions Node => new ShardedRedisAdapterOptions();

    private protected override RedisNodeOptions Often => new ShardedRedisAdapterOptions { ProbeInterval = TimeSpan.FromSeconds(1) };

    private protected override RedisChannel ChannelOf(string room) => RedisChannel.Sharded($"socket.io#/#{room}#");
}
