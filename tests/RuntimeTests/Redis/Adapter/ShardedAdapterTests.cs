using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The sharded adapter on a single node: subscriptions, log entries, options and peers with other modes.</summary>
public sealed class ShardedAdapterTests
{
    private const int OtherMode = 1215;
    private const string Peer = "0123456789abcdef";

    [Theory]
    [InlineData(nameof(ShardedRedisAdapterOptions.ChannelPrefix), "")]
    [InlineData(nameof(ShardedRedisAdapterOptions.MaxMessageSize), 1023)]
    [InlineData(nameof(ShardedRedisAdapterOptions.SubscriptionMode), 7)]
    [InlineData(nameof(ShardedRedisAdapterOptions.AcceptControlRequests), 77)]
    [InlineData(nameof(ShardedRedisAdapterOptions.ProbeInterval), 0.5)]
    [InlineData(nameof(ShardedRedisAdapterOptions.RequestsTimeout), 0.0)]
    public void Invalid_options_are_rejected_by_name_when_the_adapter_is_created(string option, object value)
    {
        var property = typeof(ShardedRedisAdapterOptions).GetProperty(option)!;
        void Configure(ShardedRedisAdapterOptions options) => property.SetValue(options, value switch
        {
            double seconds => TimeSpan.FromSeconds(seconds),
            int number when property.PropertyType.IsEnum => Enum.ToObject(property.PropertyType, number),
            _ => value,
        });
        using var services = new SocketIOBuilder(new ServiceCollection()).AddShardedRedisAdapter("localhost",
            Configure).Services.BuildServiceProvider();

        var rejected = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<INamespaceAdapterFactory>());

        Assert.Contains($"{nameof(ShardedRedisAdapterOptions)}.{option}", rejected.Message, StringComparison.Ordinal);
        new ShardedRedisAdapterOptions().Validate();
    }

    [Theory]
    [InlineData(ShardedSubscriptionMode.Static, "")]
    [InlineData(ShardedSubscriptionMode.Dynamic, "room")]
    [InlineData(ShardedSubscriptionMode.DynamicPrivate, "room id")]
    public async Task Rooms_are_subscribed_according_to_the_mode(ShardedSubscriptionMode mode, string rooms)
    {
        await using var node = new SingleNode(new ShardedRedisAdapterOptions { ChannelPrefix = "p", SubscriptionMode = mode }, "/n");
        var uid = Encoding.UTF8.GetString(node.Uid);
        var socket = new RecordingSocket();

        await node.Adapter.JoinAsync(socket, [socket.Id.ToString(), "room"], TestContext.Current.CancellationToken);

        string[] expected = ["p#/n#", $"p#/n#{uid}#", .. rooms.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(room => $"p#/n#{(room == "id" ? socket.Id.ToString() : room)}#")];
        Assert.Equal(expected.Order(StringComparer.Ordinal), node.Bus.Subscribed.Order(StringComparer.Ordinal));
        Assert.Matches("^[0-9a-f]{16}$", uid);
    }

    [Theory]
    [InlineData(ShardedSubscriptionMode.Dynamic, "room", 1)]
    [InlineData(ShardedSubscriptionMode.Dynamic, "a-name-of-20-letters", 0)]
    [InlineData(ShardedSubscriptionMode.DynamicPrivate, "a-name-of-20-letters", 1)]
    [InlineData(ShardedSubscriptionMode.Static, "room", 0)]
    public async Task A_peer_with_another_mode_is_logged_once_and_its_events_are_delivered(
        ShardedSubscriptionMode mode, string room, int entries)
    {
        var (hub, log, time) = (new LoopbackHub(), new RecordingLogger(), new FakeTimeProvider());
        await using var factory = new RedisAdapterFactory(new ShardedRedisAdapterOptions { SubscriptionMode = mode }, hub.CreateBus(),
            new RedisMetrics(), log, time);
        await using var adapter = factory.Create("/", JsonPacketFormat.Default);
        var socket = new RecordingSocket();
        await adapter.JoinAsync(socket, [room], TestContext.Current.CancellationToken);
        await using var peer = hub.CreateBus();

        // Messages to several rooms and those that expect acks use this channel in every mode.
        Send("several", $"\"{room}\",\"other\"", "");
        Send("answered", $"\"{room}\"", ",\"requestId\":\"r\"");
        await socket.SeesAsync(Events.Packet("several"), TimeSpan.FromSeconds(20));
        await socket.AckRequestedAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, log.Count(OtherMode));
        Send("one", $"\"{room}\"", "");
        Send("two", $"\"{room}\"", "");
        await socket.SeesAsync(Events.Packet("two"), TimeSpan.FromSeconds(20));

        Assert.Equal(entries, log.Count(OtherMode));
        if (entries > 0) Assert.Contains(Peer, log.Text(OtherMode), StringComparison.Ordinal);

        void Send(string name, string rooms, string requestId) => peer.Publish(RedisChannel.Sharded("socket.io#/#"), Encoding.UTF8.GetBytes(
            $$$"""{"type":3,"data":{"packet":{"type":2,"data":["{{{name}}}"]}{{{requestId}}},"opts":{"rooms":[{{{rooms}}}],"except":[],"flags":{} } },"uid":"{{{Peer}}}","nsp":"/"}"""));
    }

    [Fact]
    public async Task A_room_with_recent_remote_joins_does_not_indicate_another_mode()
    {
        var (hub, log) = (new LoopbackHub(), new RecordingLogger());
        await using var factory = new RedisAdapterFactory(new ShardedRedisAdapterOptions(), hub.CreateBus(), new RedisMetrics(), log,
            new FakeTimeProvider());
        await using var other = new RedisAdapterFactory(new ShardedRedisAdapterOptions(), hub.CreateBus(), new RedisMetrics(),
            new RecordingLogger(), new FakeTimeProvider());
        await using var adapter = factory.Create("/", JsonPacketFormat.Default);
        await using var peer = other.Create("/", JsonPacketFormat.Default);
        var socket = new RecordingSocket();
        await adapter.JoinAsync(socket, [], TestContext.Current.CancellationToken);
        var io = Emitters.Over<ITestEvents>(peer);

        await io.All.JoinAsync("new", TestContext.Current.CancellationToken);
        io.To("new").Emit("hello");

        await socket.SeesAsync(Events.Packet("hello"), TimeSpan.FromSeconds(20));
        Assert.Equal(0, log.Count(OtherMode));
    }

    [Fact]
    public async Task A_room_named_like_the_node_does_not_remove_its_response_channel()
    {
        var time = new FakeTimeProvider();
        await using var node = new SingleNode(
            new ShardedRedisAdapterOptions { ChannelPrefix = "p", SubscriptionMode = ShardedSubscriptionMode.DynamicPrivate }, "/n", time);
        var (socket, uid) = (new RecordingSocket(), Encoding.UTF8.GetString(node.Uid));
        await node.Adapter.JoinAsync(socket, [uid, "room"], TestContext.Current.CancellationToken);
        Assert.Contains("p#/n#room#", node.Bus.Subscribed);

        await node.Adapter.LeaveAsync(socket, [uid, "room"], TestContext.Current.CancellationToken);
        time.Advance(BusTimings.Default.RoomLinger);

        Assert.Equal(["p#/n#", $"p#/n#{uid}#"], node.Bus.Subscribed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(typeof(RedisAdapterOptions))]
    [InlineData(typeof(ShardedRedisAdapterOptions))]
    public async Task Events_of_any_depth_accepted_locally_reach_the_clients_of_other_nodes(Type options)
    {
        var hub = new LoopbackHub();
        await using var factory = Create();
        await using var other = Create();
        await using var adapter = factory.Create("/", JsonPacketFormat.Default);
        await using var peer = other.Create("/", JsonPacketFormat.Default);
        var (socket, far) = (new RecordingSocket(), new RecordingSocket());
        await adapter.JoinAsync(socket, [], TestContext.Current.CancellationToken);
        await peer.JoinAsync(far, [], TestContext.Current.CancellationToken);
        var io = Emitters.Over<ITestEvents>(adapter);

        for (var depth = 1; depth < Limits.Default.Depth; depth++)
        {
            far.Data = new SocketArgument(0, Nested(depth + 1));
            io.All.Emit(Deep(depth));
            var fetched = await io.All.FetchSocketsAsync(TestContext.Current.CancellationToken);
            Assert.Equal((2, 0), (fetched.Count, fetched.MissingNodes));
        }

        Assert.Throws<ArgumentException>(() => io.All.Emit(Deep(Limits.Default.Depth)));
        io.All.Emit("end");
        await far.SeesAsync(Events.Packet("end"), TimeSpan.FromSeconds(20));
        Assert.Equal(Limits.Default.Depth, socket.Received.Count);
        Assert.Equal(socket.Received, far.Received);

        static EventData Deep(int depth)
        {
            byte[] data = [0x92, 0xA4, .. "deep"u8, .. Nested(depth)];
            return new EventData(data);
        }

        static byte[] Nested(int depth) => [.. Enumerable.Repeat((byte)0x91, depth), 0x01];

        RedisAdapterFactory Create() =>
            new((RedisNodeOptions)Activator.CreateInstance(options)!, hub.CreateBus(), new RedisMetrics(), new RecordingLogger(),
                new FakeTimeProvider());
    }
}
