using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The subscriptions to rooms and their lifetime.</summary>
public sealed class RoomSubscriptionsTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingBus _bus = new();
    private readonly LocalAdapter _local;
    private readonly RedisAdapter _adapter;

    public RoomSubscriptionsTests()
    {
        _local = new LocalAdapterFactory(NullLoggerFactory.Instance, _time).CreateLocal("/", JsonPacketFormat.Default);
        _adapter = new RedisAdapter(_local, _bus, new RedisAdapterOptions { SubscriptionMode = RedisSubscriptionMode.PerRoom },
            new RedisMetrics(), NullLogger.Instance, new LogGate(_time)).Start();
    }

    private IEnumerable<string> Broadcasts =>
        _bus.Subscribed.Where(channel => !channel.StartsWith("socket.io-re", StringComparison.Ordinal));

    private IEnumerable<string> Rooms => Broadcasts
        .Where(channel => channel != "socket.io#/#" && !channel.StartsWith("socket.io#/#probe-", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    [Fact]
    public async Task A_node_subscribes_to_the_namespace_the_probe_and_rooms_by_exact_names()
    {
        string[] names = ["", "*", "?", "[a]", "\\", "a#b", "комната"];
        Assert.Equal(2, Broadcasts.Count());
        Assert.Contains("socket.io#/#", _bus.Subscribed);

        await JoinAsync(new RecordingSocket(), names);

        Assert.Equal(names.Select(name => $"socket.io#/#{name}#").Order(StringComparer.Ordinal), Rooms);
        Assert.All(Broadcasts, channel => Assert.StartsWith("socket.io#/#", channel));
    }

    [Fact]
    public async Task A_room_stays_subscribed_for_a_time_after_its_last_member_has_left()
    {
        RecordingSocket first = new(), second = new();
        await JoinAsync(first, "a", "b");
        await JoinAsync(second, "a");

        _adapter.Remove(first);
        _time.Advance(BusTimings.Default.RoomLinger);
        Assert.Equal(["socket.io#/#a#"], Rooms);

        await _adapter.LeaveAsync(second, ["a"], TestContext.Current.CancellationToken);
        _time.Advance(BusTimings.Default.RoomLinger - TimeSpan.FromMilliseconds(1));
        Assert.Equal(["socket.io#/#a#"], Rooms);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Empty(Rooms);

        await JoinAsync(second, "a");
        Assert.Equal(["socket.io#/#a#"], Rooms);
    }

    [Fact]
    public async Task A_room_that_is_repeatedly_left_and_joined_is_subscribed_once()
    {
        var socket = new RecordingSocket();
        for (var i = 0; i < 20; i++)
        {
            await JoinAsync(socket, "a");
            await _adapter.LeaveAsync(socket, ["a"], TestContext.Current.CancellationToken);
            _time.Advance(BusTimings.Default.RoomLinger / 2);
        }

        Assert.Equal(["socket.io#/#a#"], Rooms);
        Assert.Equal(6, _bus.Changes);
        _time.Advance(BusTimings.Default.RoomLinger);
        Assert.Empty(Rooms);
    }

    [Fact]
    public async Task The_number_of_lingering_room_subscriptions_is_limited()
    {
        for (var i = 0; i < 25_000; i++)
        {
            var socket = new RecordingSocket();
            await JoinAsync(socket, $"{i}");
            _adapter.Remove(socket);
        }

        Assert.Equal(10_000, Rooms.Count());
        _time.Advance(BusTimings.Default.RoomLinger);
        Assert.Empty(Rooms);
    }

    [Fact]
    public async Task A_join_waits_only_for_the_confirmation_of_rooms_without_a_subscription()
    {
        await JoinAsync(new RecordingSocket(), "subscribed");
        _bus.Confirmation = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);

        await JoinAsync(new RecordingSocket(), "subscribed");
        var joining = JoinAsync(new RecordingSocket(), "subscribed", "new");
        var joiningToo = JoinAsync(new RecordingSocket(), "new");
        Assert.False(joining.IsCompleted || joiningToo.IsCompleted);
        _bus.Confirmation.SetResult(true);

        await joining;
        await joiningToo;
    }

    [Fact]
    public async Task A_join_without_a_connection_is_subscribed_again_by_the_next_one()
    {
        _bus.Confirmation = new TaskCompletionSource<bool>();
        _bus.Confirmation.SetResult(false);
        _bus.IsDisconnected = true;
        await JoinAsync(new RecordingSocket(), "a");
        var before = _bus.Changes;

        await JoinAsync(new RecordingSocket(), "a");

        // One subscription to the room and five to the channels of the namespace.
        Assert.Equal(before + 1 + 5, _bus.Changes);
    }

    public async ValueTask DisposeAsync() => await _adapter.DisposeAsync();

    private async Task JoinAsync(ILocalSocket socket, params string[] rooms) =>
        await _adapter.JoinAsync(socket, [.. rooms], TestContext.Current.CancellationToken);
}
