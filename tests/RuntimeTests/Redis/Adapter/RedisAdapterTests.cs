using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The adapter on a single node without a Redis server.</summary>
[Collection(MeasuredAlone.Name)]
public class RedisAdapterTests
{
    [Fact]
    public async Task A_message_to_a_room_without_members_is_dropped_undecoded_and_without_allocation()
    {
        await using var node = new SingleNode("/", ("one", ["known"]));
        var channel = Encoding.UTF8.GetBytes("socket.io#/#unknown#");
        byte[] malformed = [0xc1];
        node.Bus.Receive(channel, malformed);
        Assert.Equal(["unknown_room"], node.Reasons);
        node.ForgetReasons(capacity: 1000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) node.Bus.Receive(channel, malformed);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.All(node.Reasons, reason => Assert.Equal("unknown_room", reason));
        Assert.Empty(node["one"].Received);
    }

    [Fact]
    public async Task Without_a_connection_events_reach_local_clients_and_the_awaited_form_throws()
    {
        await using var node = new SingleNode("/", ("one", []));
        node.Bus.IsDisconnected = true;

        node.Everyone.All.Emit("a");
        await Assert.ThrowsAsync<StackExchange.Redis.RedisConnectionException>(() => node.Everyone.All.EmitAsync("b").AsTask());

        Assert.Equal([Events.Packet("a"), Events.Packet("b")], node["one"].Received);
    }

    [Fact]
    public void A_failing_socket_does_not_affect_other_sockets()
    {
        var local = new LocalAdapterFactory(NullLoggerFactory.Instance, TimeProvider.System).CreateLocal("/", JsonPacketFormat.Default);
        var sockets = Enumerable.Range(0, 5)
            .Select(i => new RecordingSocket { Broken = i == 2 ? new InvalidOperationException("broken") : null }).ToArray();
        foreach (var socket in sockets) local.Rooms.Join(socket.Membership, []);

        local.Broadcast(Events.Of("hi"), BroadcastOptions.Everyone);

        Assert.Equal([1, 1, 0, 1, 1], sockets.Select(socket => socket.Received.Count));
    }

    [Fact]
    public void Delivery_to_a_thousand_sockets_allocates_one_frame_and_to_none_no_memory()
    {
        var local = new LocalAdapterFactory(NullLoggerFactory.Instance, TimeProvider.System).CreateLocal("/", JsonPacketFormat.Default);
        for (var i = 0; i < 1000; i++) local.Rooms.Join(new IgnoringSocket().Membership, ["a"]);
        var data = Events.Of("hi", "there");
        var everyone = new BroadcastOptions { Rooms = ["a", "b"] };
        var noSockets = new BroadcastOptions { Rooms = ["b"] };
        local.Deliver(data, everyone);

        var frame = Allocated(() => JsonPacketWriter.Event("/", data));
        Assert.Equal(frame, Allocated(() => local.Deliver(data, everyone)));
        Assert.Equal(0, Allocated(() => local.Deliver(data, noSockets)));
    }

    [Fact]
    public void A_malformed_event_is_not_delivered()
    {
        var local = new LocalAdapterFactory(NullLoggerFactory.Instance, TimeProvider.System).CreateLocal("/", JsonPacketFormat.Default);
        var socket = new RecordingSocket();
        local.Rooms.Join(socket.Membership, []);

        Assert.Throws<ProtocolException>(() => local.Deliver(Events.Of("connect"), BroadcastOptions.Everyone));
        Assert.Empty(socket.Received);
    }

    [Theory]
    [InlineData("socket.io", "/", "socket.io#/#*")]
    [InlineData("a*b", "/x[1]?\\", "a\\*b#/x\\[1\\]\\?\\\\#*")]
    public void Glob_characters_in_key_and_namespace_are_escaped(string key, string path, string pattern) =>
        Assert.Equal(pattern, new ClassicChannels(key, path).Pattern.ToString());

    [Fact]
    public void A_node_id_has_six_random_characters()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => NodeId.Create().ToString()).ToArray();

        Assert.All(ids, id => Assert.Matches("^[A-Za-z0-9_-]{6}$", id));
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    private static long Allocated(Action action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class IgnoringSocket : ILocalSocket
    {
        public IgnoringSocket() => Membership = new RoomMember(this);

        public SocketId Id => default;

        public RoomMember Membership { get; }

        public int MaxRooms => int.MaxValue;

        public Handshake Handshake => throw new NotSupportedException();

        public SocketArgument Data => default;

        public void Send(Frame frame, ref SentEvent sent, BroadcastFlags flags)
        {
        }

        public bool TrySendWithAck(Frame frame, ref SentEvent sent, BroadcastFlags flags, ulong id, AckCollector acks) => false;

        public void Forget(ulong id)
        {
        }

        public void Disconnect(bool close)
        {
        }
    }
}
