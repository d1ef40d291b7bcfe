using System.Text;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The channel of a room after recent joins, and the messages held while the channel changes.</summary>
public sealed class RoomPublisherTests : IDisposable
{
    private const string Common = "socket.io#/#";
    private const string Own = "socket.io#/#room#";

    private readonly FakeTimeProvider _time = new();
    private readonly RecordingBus _bus = new();
    private readonly RedisMetrics _metrics = new();
    private readonly RoomPublisher _rooms;

    public RoomPublisherTests() =>
        _rooms = new RoomPublisher(_bus, new ShardedWire(new ShardedRedisAdapterOptions(), NodeId.Create(), "/"), _metrics,
            BusTimings.Default with { Clock = _time });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void A_room_changes_its_channel_after_all_earlier_messages_have_been_processed()
    {
        Send("1");
        _bus.Processed = new TaskCompletionSource();
        _rooms.Joined(["room"]);
        Send("2", "3");
        Assert.Equal([$"{Own} 1"], Published());

        _bus.Processed.SetResult();
        Send("4");

        Assert.Equal([$"{Own} 1", $"{Common} 2", $"{Common} 3", $"{Common} 4"], Published());
        Assert.Equal([$"{Own} > {Common}"], _bus.Fences);
    }

    [Fact]
    public void A_room_returns_to_its_channel_after_all_earlier_messages_have_been_processed()
    {
        _rooms.Joined(["room"]);
        Send("1");
        _time.Advance(BusTimings.Default.RecentJoin);
        _bus.Processed = new TaskCompletionSource();
        Send("2", "3");
        Assert.Equal([$"{Common} 1"], Published());

        _bus.Processed.SetResult();
        Send("4");

        Assert.Equal([$"{Common} 1", $"{Own} 2", $"{Own} 3", $"{Own} 4"], Published());
        Assert.Equal([$"{Own} > {Common}", $"{Common} > {Own}"], _bus.Fences);
    }

    [Fact]
    public void A_join_during_the_return_keeps_the_room_on_the_channel_of_the_namespace()
    {
        _rooms.Joined(["room"]);
        Send("1");
        _time.Advance(BusTimings.Default.RecentJoin);
        var back = _bus.Processed = new TaskCompletionSource();
        Send("2");
        var again = _bus.Processed = new TaskCompletionSource();
        _rooms.Joined(["room"]);
        Send("3");

        back.SetResult();
        Assert.Equal([$"{Common} 1"], Published());
        again.SetResult();

        Assert.Equal([$"{Common} 1", $"{Common} 2", $"{Common} 3"], Published());
        Assert.Equal(Common, _rooms.ChannelOf(Room()).ToString());
    }

    [Fact]
    public void A_second_join_extends_the_time_on_the_channel_of_the_namespace()
    {
        _rooms.Joined(["room"]);
        _time.Advance(BusTimings.Default.RecentJoin / 2);
        _rooms.Joined(["room"]);
        _time.Advance(BusTimings.Default.RecentJoin / 2);
        Send("1");
        _time.Advance(BusTimings.Default.RecentJoin / 2);
        Send("2");

        Assert.Equal([$"{Common} 1", $"{Own} 2"], Published());
    }

    [Fact]
    public void Other_rooms_and_targets_are_not_held()
    {
        _bus.Processed = new TaskCompletionSource();
        _rooms.Joined(["room"]);

        _rooms.Publish(Room("other"), "1"u8.ToArray());
        _rooms.Publish(BroadcastOptions.Everyone, "2"u8.ToArray());
        _rooms.Publish(BroadcastOptions.Everyone with { Rooms = ["room", "other"] }, "3"u8.ToArray());

        Assert.Equal(["socket.io#/#other# 1", $"{Common} 2", $"{Common} 3"], Published());
    }

    [Fact]
    public async Task An_awaited_held_message_completes_or_fails_with_its_publish()
    {
        _bus.Receivers = 7;
        _bus.Processed = new TaskCompletionSource();
        _rooms.Joined(["room"]);
        var first = _rooms.PublishAsync(Room(), "1"u8.ToArray(), Token);
        Assert.False(first.IsCompleted);
        _bus.Processed.SetResult();
        Assert.Equal(7, await first);

        _bus.Processed = new TaskCompletionSource();
        _time.Advance(BusTimings.Default.RecentJoin);
        var second = _rooms.PublishAsync(Room(), "2"u8.ToArray(), Token);
        _bus.IsDisconnected = true;
        _bus.Processed.SetResult();

        await Assert.ThrowsAsync<RedisConnectionException>(() => second);
    }

    [Fact]
    public void An_unexpected_failure_of_the_wait_releases_the_room()
    {
        _bus.Processed = new TaskCompletionSource();
        _rooms.Joined(["room"]);
        Send("1");

        _bus.Processed.SetException(new InvalidOperationException("The wait failed."));
        Send("2");

        Assert.Equal([$"{Common} 1", $"{Common} 2"], Published());
    }

    [Fact]
    public async Task The_bytes_of_held_messages_are_limited_and_those_beyond_are_dropped()
    {
        _bus.Processed = new TaskCompletionSource();
        _rooms.Joined(["room"]);
        var message = new byte[1024 * 1024];
        for (var i = 0; i < 100; i++) _rooms.Publish(Room(), message);
        await Assert.ThrowsAsync<RedisConnectionException>(() => _rooms.PublishAsync(Room(), message, Token));

        _bus.Processed.SetResult();
        Assert.Equal((RoomPublisher.MaxHeld / message.Length) - 1, _bus.Published.Count);

        _rooms.Publish(Room(), message);
        Assert.Equal(RoomPublisher.MaxHeld / message.Length, _bus.Published.Count);
    }

    [Fact]
    public void Rooms_on_the_channel_of_the_namespace_are_limited_and_the_oldest_ones_return()
    {
        _rooms.Joined([.. Enumerable.Range(0, RoomPublisher.MaxRooms + 5).Select(i => $"{i}")]);

        Assert.Equal(5, Enumerable.Range(0, RoomPublisher.MaxRooms + 5).Count(i => _rooms.ChannelOf(Room($"{i}")).ToString() != Common));
        Assert.NotEqual(Common, _rooms.ChannelOf(Room("0")).ToString());
    }

    [Fact]
    public void Several_rooms_share_one_wait()
    {
        _rooms.Joined(["a", "b", "c"]);
        foreach (var room in new[] { "a", "b", "c" }) _rooms.Publish(Room(room), "1"u8.ToArray());
        _time.Advance(BusTimings.Default.RecentJoin);
        _rooms.Publish(Room("b"), "2"u8.ToArray());

        Assert.Equal(
            ["socket.io#/#a# socket.io#/#b# socket.io#/#c# > socket.io#/#", "socket.io#/# > socket.io#/#a# socket.io#/#b# socket.io#/#c#"],
                _bus.Fences);
        Assert.Equal("socket.io#/#b# 2", Published()[^1]);
    }

    private static BroadcastOptions Room(string name = "room") => BroadcastOptions.Everyone with { Rooms = [name] };

    private void Send(params string[] messages)
    {
        foreach (var message in messages) _rooms.Publish(Room(), Encoding.UTF8.GetBytes(message));
    }

    private string[] Published() => [.. _bus.Published.Select(one => $"{one.Channel} {Encoding.UTF8.GetString(one.Message)}")];
}
