using System.Buffers.Binary;
using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The order within a room of a Redis Cluster with masters of different speed. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public sealed class RoomOrderServerTests(RedisClusterProcess redis) : IClassFixture<RedisClusterProcess>
{
    private const int Joins = 30;
    private const int Each = 20;
    private const int PauseMilliseconds = 40;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_room_keeps_its_order_around_joins_when_a_master_is_slow(bool isRoomSlow)
    {
        var control = new RedisClusterControl(redis);
        var wire = new ShardedWire(new ShardedRedisAdapterOptions { ChannelPrefix = $"order-{isRoomSlow}" }, NodeId.Create(), "/");
        var common = wire.ChannelOf(BroadcastOptions.Everyone);
        var room = await RoomElsewhereAsync(control, wire, common);
        var target = BroadcastOptions.Everyone with { Rooms = [room] };
        await using var slow = await (await control.OwnerAsync((isRoomSlow ? wire.Room(room) : common).ToString())).ConnectAsync();
        await using var sender = ShardedTraffic.CreateBus(redis.Configuration, new RecordingLogger());
        await using var receiver = ShardedTraffic.CreateBus(redis.Configuration, new RecordingLogger());
        var received = new ConcurrentQueue<int>();
        await using var set = receiver.Subscribe(RedisChannel.Sharded($"probe-{isRoomSlow}#"), (channel, message) =>
        {
            if (message.Length == sizeof(int)) received.Enqueue(BinaryPrimitives.ReadInt32BigEndian(message.Span));
        });
        await ShardedTraffic.UntilAsync(() => Task.FromResult(sender.Health.IsConnected));
        foreach (var channel in new[] { common, wire.Room(room) })
        {
            await ShardedTraffic.UntilAsync(() => set.AddAsync(channel));
            await ShardedTraffic.UntilAsync(
                async () => await sender.CountSubscribersAsync(channel, TestContext.Current.CancellationToken) == 1);
        }

        using var metrics = new RedisMetrics();
        var time = new FakeTimeProvider();
        var publisher = new RoomPublisher(sender, wire, metrics, BusTimings.Default with { Clock = time });
        var sent = 0;
        for (var join = 0; join < Joins; join++)
        {
            await Send();
            publisher.Joined([room]);
            await Send();
            time.Advance(BusTimings.Default.RecentJoin);
        }

        await Send();
        await ShardedTraffic.UntilAsync(() => Task.FromResult(received.Count >= sent));
        var late = received.Zip(received.Skip(1)).Count(pair => pair.Second < pair.First);
        TestContext.Current.TestOutputHelper!.WriteLine($"{sent} messages sent, {late} out of order");
        Assert.Equal(Enumerable.Range(0, sent), received);

        async Task Send()
        {
            await slow.GetServers()[0].ExecuteAsync("CLIENT", "PAUSE", PauseMilliseconds, "ALL");
            for (var i = 0; i < Each; i++)
            {
                var message = new byte[sizeof(int)];
                BinaryPrimitives.WriteInt32BigEndian(message, sent++);
                publisher.Publish(target, message);
            }
        }
    }

    /// <summary>Returns a room whose channel is on a different master from the channel of the namespace.</summary>
    private static async Task<string> RoomElsewhereAsync(RedisClusterControl control, ShardedWire wire, RedisChannel common)
    {
        var owner = await control.OwnerAsync(common.ToString());
        for (var i = 0; ; i++)
        {
            if (await control.OwnerAsync(wire.Room($"room-{i}").ToString()) != owner) return $"room-{i}";
        }
    }
}
