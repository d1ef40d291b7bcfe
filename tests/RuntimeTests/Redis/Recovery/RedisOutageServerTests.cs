using System.Diagnostics;
using StackExchange.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>A Redis server that starts late, stops and restarts. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public class RedisOutageServerTests
{
    private const int Unreachable = 1200;
    private const int Lost = 1202;
    private const int ConnectedAgain = 1203;
    private const int PublishFailed = 1205;
    private const int Verified = 1207;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    // Far below the timeouts of a connection, far above the time on a busy machine.
    private static readonly TimeSpan Fast = TimeSpan.FromSeconds(2);

    /// <summary>Gets the options of the nodes.</summary>
    private protected virtual RedisNodeOptions Node => new RedisAdapterOptions();

    private protected virtual RedisEmitterOptions Emitter => new();

    [Fact]
    public async Task Nodes_started_before_Redis_serve_local_clients_and_connect_when_it_starts()
    {
        await using var redis = new RedisServerProcess();
        var logger = new RecordingLogger();
        var started = Stopwatch.StartNew();
        await using var nodeA = await ServerNode.StartAsync(redis.Configuration, Node, logger);
        await using var nodeB = await ServerNode.StartAsync(redis.Configuration, Node, logger);
        for (var i = 0; i < 1000; i++) nodeA.Everyone.All.Emit("early", $"{i}");
        Assert.InRange(started.Elapsed, TimeSpan.Zero, Fast);
        Assert.InRange(logger.Count(PublishFailed), 1, 1);
        Assert.Equal(1000, nodeA.Socket.Received.Count);
        await Assert.ThrowsAsync<RedisConnectionException>(() => nodeA.Everyone.All.EmitAsync("awaited").AsTask());
        await nodeA.UntilAsync(() => logger.Count(Unreachable) == 2);

        redis.Start();

        await nodeA.ReceivesAsync(nodeB);
        await nodeB.ReceivesAsync(nodeA);
        Assert.Equal((2, 2, 0), (logger.Count(Unreachable), logger.Count(ConnectedAgain), logger.Count(Lost)));
    }

    [Fact]
    public async Task Nodes_recover_after_an_outage_and_each_logs_it_once()
    {
        await using var redis = new RedisServerProcess();
        await redis.InitializeAsync();
        var logger = new RecordingLogger();
        await using var nodeA = await ServerNode.StartAsync(redis.Configuration, Node, logger);
        await using var nodeB = await ServerNode.StartAsync(redis.Configuration, Node, logger);
        await nodeA.ReceivesAsync(nodeB);
        await nodeB.ReceivesAsync(nodeA);

        await redis.StopAsync();
        await nodeA.UntilAsync(() => logger.Count(Lost) == 2);
        var failed = logger.Count(PublishFailed);
        var away = Stopwatch.StartNew();
        for (var i = 0; i < 10_000; i++) nodeA.Everyone.All.Emit("lost");
        Assert.InRange(away.Elapsed, TimeSpan.Zero, Fast);
        Assert.InRange(logger.Count(PublishFailed), failed, failed + 1);

        redis.Start();
        await nodeA.ReceivesAsync(nodeB);
        await nodeB.ReceivesAsync(nodeA);
        await nodeA.UntilAsync(() => logger.Count(ConnectedAgain) == 2);
        Assert.Equal((2, 2), (logger.Count(Lost), logger.Count(ConnectedAgain)));
    }

    [Fact]
    public async Task Nodes_recover_when_only_their_subscription_connections_are_closed()
    {
        await using var redis = new RedisServerProcess();
        await redis.InitializeAsync();
        var logger = new RecordingLogger();
        await using var nodeA = await ServerNode.StartAsync(redis.Configuration, Node, logger);
        await using var nodeB = await ServerNode.StartAsync(redis.Configuration, Node, logger);
        await nodeA.ReceivesAsync(nodeB);
        await nodeB.ReceivesAsync(nodeA);
        var verified = logger.Count(Verified);
        await using var admin = await redis.ConnectAsync();

        await admin.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub");

        await nodeA.UntilAsync(() => logger.Count(Verified) >= verified + 2);
        await nodeA.ReceivesAsync(nodeB);
        await nodeB.ReceivesAsync(nodeA);
    }

    [Fact]
    public async Task Events_of_an_emitter_arrive_in_order_and_its_awaited_form_throws_without_Redis()
    {
        await using var redis = new RedisServerProcess();
        await redis.InitializeAsync();
        await using var node = await ServerNode.StartAsync(redis.Configuration, Node);
        await using var multiplexer = await redis.ConnectAsync();
        var emitter = new RedisEmitter(multiplexer, Emitter);
        await node.ReceivesAsync(() => emitter.Of<ITestEvents>().All.Emit("ready"), "ready");

        for (var i = 0; i < 500; i++) emitter.Of<ITestEvents>().All.Emit("tick", $"{i}");
        await emitter.Of<ITestEvents>().All.EmitAsync("last");

        await node.Socket.SeesAsync(Events.Packet("last"), Timeout);
        Assert.Equal(
            [.. Enumerable.Range(0, 500).Select(i => Events.Packet("tick", $"{i}")), Events.Packet("last")],
            node.Socket.Received.Where(text => text != Events.Packet("ready")));
        await redis.StopAsync();
        await node.UntilAsync(() => !multiplexer.IsConnected);
        emitter.Of<ITestEvents>().All.Emit("lost");
        await Assert.ThrowsAsync<RedisConnectionException>(() => emitter.Of<ITestEvents>().All.EmitAsync("lost").AsTask());
    }
}

/// <summary>The same tests with the sharded adapter.</summary>
public sealed class ShardedOutageServerTests : RedisOutageServerTests
{
    private protected override RedisNodeOptions Node => new ShardedRedisAdapterOptions();

    private protected override RedisEmitterOptions Emitter => new() { Sharded = new ShardedEmitterOptions() };
}
