using System.Buffers.Binary;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The guarantees of the bus with a real Redis server. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public sealed class BusServerTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Messages_of_many_channels_and_patterns_arrive_in_the_order_they_were_published()
    {
        const int Channels = 50;
        const int Messages = 20_000;
        await using var bus = CreateBus();
        await using var sender = await redis.ConnectAsync();
        var received = new List<int>();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var set = bus.Subscribe(RedisChannel.Literal("order-probe"), (_, message) =>
        {
            received.Add(BinaryPrimitives.ReadInt32BigEndian(message.Span));
            if (received.Count == Messages) last.TrySetResult();
        });
        for (var i = 0; i < Channels; i++)
            Assert.True(await AddedAsync(set, i % 2 == 0 ? RedisChannel.Literal($"order:{i}:x") : RedisChannel.Pattern($"order:{i}:*")));

        for (var i = 0; i < Messages; i++)
        {
            var message = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(message, i);
            await sender.GetSubscriber()
                .PublishAsync(RedisChannel.Literal($"order:{i * 7 % Channels}:x"), message, CommandFlags.FireAndForget);
        }

        await last.Task.WaitAsync(Timeout, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, Messages), received);
    }

    [Fact]
    public async Task Messages_are_received_from_the_confirmation_of_a_subscription_until_its_removal()
    {
        const int Count = 500;
        await using var bus = CreateBus();
        await using var sender = await redis.ConnectAsync();
        var received = Channel.CreateUnbounded<string>();
        await using var set = bus.Subscribe(RedisChannel.Literal("confirm-probe"),
            (channel, _) => received.Writer.TryWrite(Encoding.UTF8.GetString(channel)));
        await AddedAsync(set, RedisChannel.Literal("confirm:end"));
        for (var i = 0; i < Count; i++)
        {
            var channel = RedisChannel.Literal($"confirm:{i}");
            Assert.True(await set.AddAsync(channel));
            Assert.Equal(1, await sender.GetSubscriber().PublishAsync(channel, "x"));
            Assert.Equal($"confirm:{i}",
                await received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask()
                    .WaitAsync(Timeout, TestContext.Current.CancellationToken));
            set.Remove(channel);
        }

        // Redis confirms this subscription after all removals.
        Assert.True(await set.AddAsync(RedisChannel.Literal("confirm:end")));
        for (var i = 0; i < Count; i++)
            Assert.Equal(0, await sender.GetSubscriber().PublishAsync(RedisChannel.Literal($"confirm:{i}"), "x"));
        await sender.GetSubscriber().PublishAsync(RedisChannel.Literal("confirm:end"), "x");
        Assert.Equal("confirm:end",
            await received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask()
                .WaitAsync(Timeout, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_subscriber_count_of_a_channel_is_its_number_of_connections()
    {
        await using var first = CreateBus();
        await using var second = CreateBus();
        await using var one = first.Subscribe(RedisChannel.Literal("count-probe-1"), (_, _) => { });
        await using var two = second.Subscribe(RedisChannel.Literal("count-probe-2"), (_, _) => { });
        await using var more = second.Subscribe(RedisChannel.Literal("count-probe-3"), (_, _) => { });
        var channel = RedisChannel.Literal("count:x");
        foreach (var set in new[] { one, two, more }) Assert.True(await AddedAsync(set, channel));

        Assert.Equal(2, await first.CountSubscribersAsync(channel, TestContext.Current.CancellationToken));
        Assert.Equal(0, await first.CountSubscribersAsync(RedisChannel.Literal("count:y"), TestContext.Current.CancellationToken));

        await using var third = CreateBus(topology: new ShardedTopology());
        await using var fourth = CreateBus(topology: new ShardedTopology());
        await using var shard = third.Subscribe(RedisChannel.Sharded("count-probe-4"), (_, _) => { });
        var sharded = RedisChannel.Sharded("count:s");
        Assert.True(await AddedAsync(shard, sharded));
        await ShardedTraffic.UntilAsync(() => Task.FromResult(fourth.Health.IsConnected));
        Assert.Equal(1, await fourth.CountSubscribersAsync(sharded, TestContext.Current.CancellationToken));
        Assert.Equal(1, await fourth.PublishAsync(sharded, [1], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_disposed_subscription_handles_the_messages_that_have_arrived()
    {
        const int Messages = 100;
        await using var bus = CreateBus();
        await using var sender = await redis.ConnectAsync();
        using var release = new ManualResetEventSlim();
        var handled = 0;
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var last = bus.Subscribe(RedisChannel.Literal("last-probe"), (_, _) => arrived.TrySetResult());
        var set = bus.Subscribe(RedisChannel.Literal("ending-probe"), (_, _) =>
        {
            release.Wait();
            handled++;
        });
        Assert.True(await AddedAsync(set, RedisChannel.Literal("ending:x")));
        Assert.True(await AddedAsync(last, RedisChannel.Literal("last:x")));
        for (var i = 0; i < Messages; i++) await sender.GetSubscriber().PublishAsync(RedisChannel.Literal("ending:x"), "x");
        await sender.GetSubscriber().PublishAsync(RedisChannel.Literal("last:x"), "x");
        await arrived.Task.WaitAsync(Timeout, TestContext.Current.CancellationToken);

        var ending = set.DisposeAsync().AsTask();
        while (await bus.CountSubscribersAsync(RedisChannel.Literal("ending:x"), TestContext.Current.CancellationToken) > 0)
            await Task.Yield();
        release.Set();
        await ending.WaitAsync(Timeout, TestContext.Current.CancellationToken);

        Assert.Equal(Messages, handled);
    }

    [Fact]
    public async Task Without_a_connection_no_operation_waits()
    {
        await using var bus = CreateBus("127.0.0.1:1");
        await using var set = bus.Subscribe(RedisChannel.Literal("away-probe"), (_, _) => { });

        Assert.False(await set.AddAsync(RedisChannel.Literal("away")));
        set.Remove(RedisChannel.Literal("away"));
        await Assert.ThrowsAsync<RedisConnectionException>(
            () => bus.CountSubscribersAsync(RedisChannel.Literal("away"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_event_emitted_after_a_join_has_completed_is_received()
    {
        var time = new FakeTimeProvider();

        // The clock advances while requests are pending: a check of the subscriptions would see an unresponsive server and subscribe again.
        // None is due in a day, nor after two seconds without a message, because there are no two seconds without one.
        var (second, seldom) = (TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        var options = new RedisAdapterOptions { SubscriptionMode = RedisSubscriptionMode.PerRoom, Key = "join", ProbeInterval = seldom };
        await using var there = RedisAdapterFactory.Open(ConfigurationOptions.Parse(redis.Configuration), options,
            NullLoggerFactory.Instance, TimeProvider.System);
        await using var here = RedisAdapterFactory.Open(ConfigurationOptions.Parse(redis.Configuration), options,
            NullLoggerFactory.Instance, time);
        await using var sender = there.Create("/", JsonPacketFormat.Default);
        await using var adapter = here.Create("/", JsonPacketFormat.Default);
        var from = Emitters.Over<ITestEvents>(sender);
        var ready = new RecordingSocket();
        await JoinAsync(adapter, ready, "ready");
        while (!await IsReceivedAsync(from.To("ready"), ready)) await Task.Yield();
        await Eventually.TrueAsync(
            () =>
            {
                // The first check may pause between its rounds.
                time.Advance(TimeSpan.FromMilliseconds(20));
                return here.Health.Unhealthy == 0;
            },
            () => $"{here.Health}");

        for (var i = 0; i < 200; i++)
        {
            var socket = new RecordingSocket();
            await JoinAsync(adapter, socket, "again", $"room{i}");
            from.To("again").Emit("hi", $"{i}");
            from.To($"room{i}").Emit("there");
            from.To("again").Emit("end");

            await socket.SeesAsync(Events.Packet("end"), Timeout);
            Assert.Equal([Events.Packet("hi", $"{i}"), Events.Packet("there"), Events.Packet("end")], socket.Received);
            adapter.Remove(socket);

            // Every second join directly follows the removal of the room's subscription.
            if (i % 2 != 0) continue;
            for (var passed = second; passed < BusTimings.Default.RoomLinger; passed += second)
            {
                time.Advance(second);
                from.To("ready").Emit("passed", $"{i} {passed}");
                await ready.SeesAsync(Events.Packet("passed", $"{i} {passed}"), Timeout);
            }

            time.Advance(second);
        }
    }

    private static async Task JoinAsync(INamespaceAdapter adapter, RecordingSocket socket, params string[] rooms) =>
        await adapter.JoinAsync(socket, [.. rooms], TestContext.Current.CancellationToken);

    private static async Task<bool> IsReceivedAsync(IBroadcast<ITestEvents> target, RecordingSocket socket)
    {
        target.Emit("ready");
        try
        {
            await socket.SeesAsync(Events.Packet("ready"), TimeSpan.FromMilliseconds(200));
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private StackExchangeRedisBus CreateBus(string? configuration = null, BusTopology? topology = null)
    {
        var metrics = new RedisMetrics();
        var connection = RedisConnection.Open(ConfigurationOptions.Parse((configuration ?? redis.Configuration) + ",connectTimeout=1000"),
            topology ?? new PinnedTopology(), BusTimings.Default, metrics, NullLogger.Instance);
        return new StackExchangeRedisBus(connection, metrics, NullLogger.Instance).Start();
    }

    /// <summary>Subscribes to a channel as soon as the connection is established.</summary>
    private static async Task<bool> AddedAsync(IBusSubscription set, RedisChannel channel)
    {
        var waited = TimeProvider.System.GetTimestamp();
        while (!await set.AddAsync(channel))
        {
            if (TimeProvider.System.GetElapsedTime(waited) > Timeout) return false;
            await Task.Yield();
        }

        return true;
    }
}
