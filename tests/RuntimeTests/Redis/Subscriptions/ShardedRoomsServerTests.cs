using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Rooms of the sharded adapter: large numbers, refused subscriptions and contention. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public sealed class ShardedRoomsServerTests
{
    private const int PublishFailed = 1205;
    private const int Refused = 1213;

    [Fact]
    public async Task Ten_thousand_rooms_are_joined_and_left_without_remaining_subscriptions()
    {
        const int Rooms = 10_000;
        await using var redis = new RedisServerProcess();
        await redis.InitializeAsync();
        await using var admin = await redis.ConnectAsync();
        await using var node = await StartAsync(redis);
        await using var sender = await StartAsync(redis);
        await node.ReceivesAsync(sender);
        string[] rooms = [.. Enumerable.Range(0, Rooms).Select(i => $"room-{i}")];
        var channels = await ChannelsAsync(admin);

        for (var round = 1; round <= 3; round++)
        {
            var heap = GC.GetTotalMemory(forceFullCollection: true);
            var start = TimeProvider.System.GetTimestamp();
            var all = node.JoinAsync(node.Socket, rooms);
            await node.JoinAsync(new RecordingSocket(), $"other-{round}");
            var other = TimeProvider.System.GetElapsedTime(start);
            await all;
            var joined = TimeProvider.System.GetElapsedTime(start);
            var each = (GC.GetTotalMemory(forceFullCollection: true) - heap) / Rooms;

            // After a completed join each event is received.
            node.Socket.Forget();
            foreach (var room in rooms.Where((_, i) => i % 1000 == 0)) sender.Everyone.To(room).Emit("hello", room);
            foreach (var room in rooms.Where((_, i) => i % 1000 == 0))
                await node.Socket.SeesAsync(Events.Packet("hello", room), TimeSpan.FromSeconds(20));

            await node.Adapter.LeaveAsync(node.Socket, [.. rooms], TestContext.Current.CancellationToken);
            start = TimeProvider.System.GetTimestamp();
            await ShardedTraffic.UntilAsync(async () => await ChannelsAsync(admin) == channels + round);
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"round {round}: {Rooms} rooms joined in {joined.TotalMilliseconds:0} ms, a join behind them in {other.TotalMilliseconds:0} ms, {each} bytes each; "
                + $"unsubscribed {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0.0} s after they were left");
            Assert.InRange(joined, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task Refused_rooms_do_not_delay_later_joins()
    {
        const int Rooms = 200;
        await using var redis = new RedisServerProcess();
        await redis.InitializeAsync();
        await using var admin = await redis.ConnectAsync();
        await AllowAsync("reset", "on", ">secret", "+@all", "~*", "&*");
        await using var node = await ServerNode.StartAsync($"{redis.Configuration},user=u,password=secret",
            new ShardedRedisAdapterOptions());
        await using var sender = await StartAsync(redis);
        await node.ReceivesAsync(sender);

        // The rights are revoked while the node is connected.
        await AllowAsync("resetchannels", "&socket.io#/#", "&socket.io#/#probe*", $"&socket.io#/#{node.Uid}#", "&socket.io#/#allowed*");
        await node.JoinAsync(node.Socket, [.. Enumerable.Range(0, Rooms).Select(i => $"refused-{i}")]);
        await node.Adapter.LeaveAsync(node.Socket, [.. Enumerable.Range(0, Rooms).Select(i => $"refused-{i}")],
            TestContext.Current.CancellationToken);

        // The refused subscriptions are removed after the linger time, while other rooms are joined.
        var longest = TimeSpan.Zero;
        var left = TimeProvider.System.GetTimestamp();
        for (var number = 0; TimeProvider.System.GetElapsedTime(left) < 2 * BusTimings.Default.RoomLinger; number++)
        {
            var start = TimeProvider.System.GetTimestamp();
            await node.JoinAsync(node.Socket, $"allowed-{number}");
            var joined = TimeProvider.System.GetElapsedTime(start);
            if (joined > longest) longest = joined;
            await node.ReceivesAsync(() => sender.Everyone.To($"allowed-{number}").Emit("hello"), "hello");
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"no join took longer than {longest.TotalSeconds:0.00} s");
        Assert.InRange(longest, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(1, node.Log.Count(Refused));

        async Task AllowAsync(params string[] rules) => await admin.GetDatabase().ExecuteAsync("ACL", ["SETUSER", "u", .. rules]);
    }

    [Fact]
    public async Task Sockets_that_repeatedly_join_a_room_receive_events_after_each_completed_join()
    {
        const int Sockets = 20;
        const int Rounds = 50;
        await using var redis = new RedisServerProcess();
        await redis.InitializeAsync();
        await using var node = await StartAsync(redis);
        await using var sender = await StartAsync(redis);
        await node.ReceivesAsync(sender);

        var cancellation = TestContext.Current.CancellationToken;
        await Task.WhenAll(Enumerable.Range(0, Sockets).Select(number => Task.Run(() => JoinAndLeaveAsync(number), cancellation)));

        async Task JoinAndLeaveAsync(int number)
        {
            var socket = new RecordingSocket();
            for (var round = 0; round < Rounds; round++)
            {
                await node.JoinAsync(socket, "contended", $"own-{number}-{round}");
                sender.Everyone.To("contended").Emit("both", $"{number}", $"{round}");
                sender.Everyone.To($"own-{number}-{round}").Emit("own", $"{number}", $"{round}");
                await socket.SeesAsync(Events.Packet("both", $"{number}", $"{round}"), TimeSpan.FromSeconds(20));
                await socket.SeesAsync(Events.Packet("own", $"{number}", $"{round}"), TimeSpan.FromSeconds(20));
                await node.Adapter.LeaveAsync(socket, ["contended", $"own-{number}-{round}"], TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public async Task A_node_disposed_during_joins_completes_them_and_leaves_no_subscription()
    {
        const int Joins = 50;
        await using var redis = new RedisServerProcess();
        await redis.InitializeAsync();
        await using var admin = await redis.ConnectAsync();
        await using var multiplexer = await redis.ConnectAsync();
        var node = await ServerNode.StartAsync(multiplexer, new ShardedRedisAdapterOptions());

        var joins = Enumerable.Range(0, Joins)
            .Select(i => node.JoinAsync(new RecordingSocket(), [.. Enumerable.Range(0, 100).Select(room => $"{i}-{room}")])).ToArray();
        await node.DisposeAsync();

        await Task.WhenAll(joins).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await ShardedTraffic.UntilAsync(async () => await ChannelsAsync(admin) == 0);
    }

    [Theory]
    [InlineData("{a}")]
    [InlineData("a{b")]
    [InlineData("{}a")]
    [InlineData("a*[b]?\\")]
    public async Task A_prefix_of_any_characters_allows_events_and_probes(string prefix)
    {
        await using var redis = new RedisServerProcess();
        await redis.InitializeAsync();
        var options = new ShardedRedisAdapterOptions { ChannelPrefix = prefix };
        await using var node = await ServerNode.StartAsync(redis.Configuration, options);
        await using var sender = await ServerNode.StartAsync(redis.Configuration, options);

        await node.ReceivesAsync(sender);
        foreach (var room in new[] { "room", "}", "{", "{b}", "" })
        {
            await node.JoinAsync(node.Socket, room);
            await node.ReceivesAsync(() => sender.Everyone.To(room).Emit("hello", room), "hello", room);
        }

        await node.UntilAsync(() => node.Health.Unhealthy == 0);
    }

    [Fact]
    public async Task A_stopped_master_is_logged_as_one_outage_although_others_accept_messages()
    {
        await using var cluster = new RedisClusterProcess();
        await cluster.InitializeAsync();
        var log = new RecordingLogger();
        await using var bus = ShardedTraffic.CreateBus(cluster.Configuration, log);
        string[] channels = ["a#/#", "b#/#", "c#/#", "d#/#", "e#/#", "f#/#"];
        await ShardedTraffic.UntilAsync(() => Task.FromResult(channels.All(channel => bus.Publish(RedisChannel.Sharded(channel), [1]))));

        await cluster.Nodes[0].StopAsync();
        var (failed, succeeded) = (0, 0);
        var before = log.Count(PublishFailed);
        await ShardedTraffic.UntilAsync(async () =>
        {
            foreach (var channel in channels)
            {
                try
                {
                    await bus.PublishAsync(RedisChannel.Sharded(channel), [1], TestContext.Current.CancellationToken);
                    succeeded++;
                }
                catch (RedisException)
                {
                    failed++;
                }
            }

            return failed > 20 && succeeded > 20;
        });

        Assert.InRange(log.Count(PublishFailed), Math.Max(1, before), before + 1);
    }

    private static Task<ServerNode> StartAsync(RedisServerProcess redis) =>
        ServerNode.StartAsync(redis.Configuration, new ShardedRedisAdapterOptions());

    private static async Task<int> ChannelsAsync(ConnectionMultiplexer admin) =>
        ((RedisResult[])(await admin.GetDatabase().ExecuteAsync("PUBSUB", "SHARDCHANNELS", "*#/#*"))!).Length;
}
