using StackExchange.Redis;
using TypedSocketRedis.Tests.Doubles;
using TypedSocketRedis.Tests.Fuzz;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Requests during failures of Redis, its connections, rights and channels, and of nodes. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public class RequestOutageServerTests
{
    private const int DeliveryFailed = 1209;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The names of the disturbances of nodes under load.</summary>
    public static TheoryData<string> Disturbances =>
    [
        "Redis is unresponsive", "Redis is restarted", "all connections are closed", "everything is deleted", "rights are revoked",
        "garbage on every channel",
    ];

    /// <summary>Gets the options of a node.</summary>
    private protected virtual RedisNodeOptions Node => new RedisAdapterOptions();

    /// <summary>Gets the channel of requests between nodes.</summary>
    private protected virtual RedisChannel Requests => RedisChannel.Literal("socket.io-request#/#");

    private protected virtual FuzzKind[] Kinds => [FuzzKind.Broadcast, FuzzKind.Request, FuzzKind.Response];

    private protected virtual RedisChannel ChannelOf(FuzzSample sample, ServerNode receiver) => RedisChannel.Literal(sample.Channel);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Disturbances))]
    public async Task Pending_requests_neither_hang_nor_throw_and_later_ones_are_complete(string disturbance)
    {
        await using var redis = new RedisServerProcess();
        await redis.InitializeAsync();
        await using var admin = await redis.ConnectAsync();
        await AllowAsync(admin, "&*");
        var log = new RecordingLogger();
        await using var node = await StartAsync(redis, log);
        await using var other = await StartAsync(redis, log);
        await node.ReceivesAsync(other);
        await other.ReceivesAsync(node);
        other.Adapter.ServerEvents.On("q", _ => Task.CompletedTask);
        await using var load = new RequestLoad(node);
        await load.MoreAsync(20);
        Assert.True(load.IsComplete);

        await DisturbAsync(disturbance, redis, admin, node, load);

        await load.MoreAsync(2);
        await node.UntilAsync(() => load.IsComplete && node.Health.Unhealthy == 0 && other.Health.Unhealthy == 0);
        await node.ReceivesAsync(other);
        await other.ReceivesAsync(node);
        Assert.Empty(load.Problems);
        Assert.Equal(0, log.Count(DeliveryFailed));
        var sockets = (await other.Everyone.All.FetchSocketsAsync(Token)).ThrowIfIncomplete();
        Assert.Contains(node.Socket.Id, sockets.Select(socket => socket.Id));
    }

    [Fact]
    public async Task A_node_that_stops_during_a_request_is_missing_once_and_not_waited_for()
    {
        await using var redis = new RedisServerProcess();
        await redis.InitializeAsync();
        var options = Node;
        options.RequestsTimeout = TimeSpan.FromMinutes(10);
        await using var node = await ServerNode.StartAsync(redis.Configuration, options);
        await node.UntilAsync(() => node.Health.Unhealthy == 0);
        var frozen = await redis.ConnectAsync();
        var requested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await frozen.GetSubscriber().SubscribeAsync(Requests, (_, _) => requested.TrySetResult());

        var fetching = node.Everyone.All.FetchSocketsAsync(Token);
        await requested.Task.WaitAsync(Timeout, Token);
        await frozen.DisposeAsync();

        var fetched = await fetching.WaitAsync(Timeout, Token);
        Assert.Equal((1, 2, 1), (fetched.Count, fetched.ExpectedNodes, fetched.MissingNodes));
        fetched = await node.Everyone.All.FetchSocketsAsync(Token);
        Assert.Equal((1, 1, 0), (fetched.Count, fetched.ExpectedNodes, fetched.MissingNodes));
    }

    [Fact]
    public async Task Requests_do_not_wait_for_nodes_that_start_and_stop_meanwhile()
    {
        const int Rounds = 10;
        const int Callers = 8;
        await using var redis = new RedisServerProcess();
        await redis.InitializeAsync();
        var options = Node;
        options.RequestsTimeout = TimeSpan.FromMinutes(10);
        await using var node = await ServerNode.StartAsync(redis.Configuration, options);
        await using var other = await ServerNode.StartAsync(redis.Configuration, Node);
        await node.ReceivesAsync(other);
        await other.ReceivesAsync(node);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(() => FetchAsync(stop))).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            await using var third = await ServerNode.StartAsync(redis.Configuration, Node);
            await third.ReceivesAsync(node);
        }

        await stop.CancelAsync();
        Assert.DoesNotContain(0, await Task.WhenAll(callers));

        async Task<int> FetchAsync(CancellationTokenSource stopped)
        {
            for (var fetches = 0; ; fetches++)
            {
                if (stopped.IsCancellationRequested) return fetches;
                var sockets = await node.Everyone.All.FetchSocketsAsync(Token).WaitAsync(Timeout, Token);
                Assert.Contains(other.Socket.Id, sockets.Select(socket => socket.Id));
            }
        }
    }

    [Fact]
    public async Task Valid_events_between_garbage_arrive_in_order()
    {
        const int Events = 2000;
        await using var redis = new RedisServerProcess();
        await redis.InitializeAsync();
        await using var admin = await redis.ConnectAsync();
        await using var node = await ServerNode.StartAsync(redis.Configuration, Node);
        await using var other = await ServerNode.StartAsync(redis.Configuration, Node);
        await node.ReceivesAsync(other);

        var random = new Random(7);
        var mutator = new FuzzMutator(random);
        for (var i = 0; i < Events; i++)
        {
            other.Everyone.All.Emit("m", $"{i}");
            foreach (var kind in Kinds) Publish(admin, node, mutator, kind, random);
            if (i % 100 == 0) await admin.GetDatabase().PingAsync();
        }

        await node.Socket.SeesAsync(Doubles.Events.Packet("m", $"{Events - 1}"), Timeout);
        Assert.Equal(
            Enumerable.Range(0, Events).Select(i => Doubles.Events.Packet("m", $"{i}")),
            node.Socket.Received.Where(packet => packet.StartsWith("2[\"m\"", StringComparison.Ordinal)));
        Assert.Equal(0, node.Log.Count(DeliveryFailed));
    }

    private Task<ServerNode> StartAsync(RedisServerProcess redis, RecordingLogger log)
    {
        var options = Node;
        (options.RequestsTimeout, options.ProbeInterval) = (RequestLoad.Timeout, TimeSpan.FromSeconds(1));
        return ServerNode.StartAsync($"{redis.Configuration},user=sio,password=secret,asyncTimeout=1000", options, log);
    }

    private async Task DisturbAsync(
        string disturbance, RedisServerProcess redis, ConnectionMultiplexer admin, ServerNode node, RequestLoad load)
    {
        switch (disturbance)
        {
            case "Redis is unresponsive":
                redis.Pause();
                await load.MoreAsync(3);
                redis.Resume();
                break;
            case "Redis is restarted":
                await redis.StopAsync();
                await load.MoreAsync(3);
                await redis.InitializeAsync();
                await using (var again = await redis.ConnectAsync()) await AllowAsync(again, "&*");
                break;
            case "all connections are closed":
                for (var i = 0; i < 5; i++)
                {
                    foreach (var type in new[] { "pubsub", "normal" })
                        await admin.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", type, "SKIPME", "yes");
                    await load.MoreAsync(2);
                }

                break;
            case "everything is deleted":
                await admin.GetDatabase().ExecuteAsync("FLUSHALL");
                break;
            case "rights are revoked":
                await AllowAsync(admin, "&other");
                await node.UntilAsync(() => !load.IsComplete || node.Health.Unhealthy == 1);
                await load.MoreAsync(2);
                await AllowAsync(admin, "&*");
                break;
            default:
                await GarbageAsync(admin, node, load);
                break;
        }
    }

    private async Task GarbageAsync(ConnectionMultiplexer admin, ServerNode node, RequestLoad load)
    {
        var random = new Random(11);
        var mutator = new FuzzMutator(random);
        for (var i = 0; i < 20_000; i++)
        {
            Publish(admin, node, mutator, Kinds[random.Next(Kinds.Length)], random);
            if (i % 200 == 0) await admin.GetDatabase().PingAsync();
        }

        await load.MoreAsync(2);
    }

    private void Publish(ConnectionMultiplexer admin, ServerNode node, FuzzMutator mutator, FuzzKind kind, Random random)
    {
        var samples = FuzzSample.All[kind];
        var sample = samples[random.Next(samples.Length)];
        admin.GetSubscriber()
            .Publish(ChannelOf(sample, node), mutator.Next(samples, sample, requestId: null).ToArray(), CommandFlags.FireAndForget);
    }

    private static Task<RedisResult> AllowAsync(ConnectionMultiplexer admin, string channels) =>
        admin.GetDatabase().ExecuteAsync("ACL", "SETUSER", "sio", "reset", "on", ">secret", "+@all", "~*", channels);
}

/// <summary>The same tests with the sharded adapter.</summary>
public sealed class ShardedRequestOutageServerTests : RequestOutageServerTests
{
    private protected override RedisNodeOptions Node => new ShardedRedisAdapterOptions();

    private protected override RedisChannel Requests => RedisChannel.Sharded("socket.io#/#");

    private protected override FuzzKind[] Kinds => [FuzzKind.Sharded, FuzzKind.Sharded, FuzzKind.ShardedResponse];

    private protected override RedisChannel ChannelOf(FuzzSample sample, ServerNode receiver) =>
        RedisChannel.Sharded(sample.Kind == FuzzKind.ShardedResponse ? $"socket.io#/#{receiver.Uid}#" : sample.Channel);
}
