using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>What the adapter does of its own, on one node and without a Redis.</summary>
public class RedisAdapterTests
{
    [Fact]
    public async Task A_message_for_a_room_without_members_is_dropped_before_it_is_decoded_and_costs_no_memory()
    {
        await using var node = new SingleNode("/", ("one", ["known"]));
        var channel = Encoding.UTF8.GetBytes("socket.io#/#unknown#");
        byte[] malformed = [0xc1];
        node.Bus.Receive(channel, malformed);
        Assert.Equal([DropCause.UnknownRoom], node.Causes);
        node.ForgetCauses(room: 1000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) node.Bus.Receive(channel, malformed);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.All(node.Causes, cause => Assert.Equal(DropCause.UnknownRoom, cause));
        Assert.Empty(node["one"].Received);
    }

    [Fact]
    public async Task Redis_being_away_costs_local_clients_nothing_and_only_the_awaited_form_tells()
    {
        await using var node = new SingleNode("/", ("one", []));
        node.Bus.IsAway = true;

        node.Everyone.Emit("a");
        await Assert.ThrowsAsync<StackExchange.Redis.RedisConnectionException>(() => node.Everyone.EmitAsync("b").AsTask());

        Assert.Equal([Events.Packet("a"), Events.Packet("b")], node["one"].Received);
    }

    [Fact]
    public void A_broken_socket_costs_the_others_nothing()
    {
        var local = new LocalAdapterFactory(NullLoggerFactory.Instance, TimeProvider.System).CreateLocal("/", JsonPackets.Default);
        var sockets = Enumerable.Range(0, 5).Select(i => new RecordingSocket { Broken = i == 2 ? new InvalidOperationException("broken") : null }).ToArray();
        foreach (var socket in sockets) local.Rooms.Join(socket.Membership, []);

        local.Broadcast(Events.Of("hi"), BroadcastOptions.Everyone);

        Assert.Equal([1, 1, 0, 1, 1], sockets.Select(socket => socket.Received.Count));
    }

    [Fact]
    public void Delivering_to_a_thousand_sockets_allocates_one_frame_and_to_nobody_nothing()
    {
        var local = new LocalAdapterFactory(NullLoggerFactory.Instance, TimeProvider.System).CreateLocal("/", JsonPackets.Default);
        for (var i = 0; i < 1000; i++) local.Rooms.Join(new IgnoringSocket().Membership, ["a"]);
        var data = Events.Of("hi", "there");
        var everyone = new BroadcastOptions { Rooms = ["a", "b"] };
        var nobody = new BroadcastOptions { Rooms = ["b"] };
        local.Deliver(data, everyone);

        var frame = Allocated(() => PacketWriter.Event("/", data));
        Assert.Equal(frame, Allocated(() => local.Deliver(data, everyone)));
        Assert.Equal(0, Allocated(() => local.Deliver(data, nobody)));
    }

    [Fact]
    public void A_malformed_event_reaches_nobody()
    {
        var local = new LocalAdapterFactory(NullLoggerFactory.Instance, TimeProvider.System).CreateLocal("/", JsonPackets.Default);
        var socket = new RecordingSocket();
        local.Rooms.Join(socket.Membership, []);

        Assert.Throws<ProtocolException>(() => local.Deliver(Events.Of("connect"), BroadcastOptions.Everyone));
        Assert.Empty(socket.Received);
    }

    [Theory]
    [InlineData("socket.io", "/", "socket.io#/#*")]
    [InlineData("a*b", "/x[1]?\\", "a\\*b#/x\\[1\\]\\?\\\\#*")]
    public void Glob_characters_of_key_and_namespace_match_themselves_only(string key, string path, string pattern) =>
        Assert.Equal(pattern, new RedisChannels(key, path).Pattern.ToString());

    [Fact]
    public void A_node_is_six_characters_that_differ_each_time()
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

        public EventArgument Data => default;

        public void Send(Frame frame, ref SentEvent sent, BroadcastFlags flags)
        {
        }

        public bool TryAsk(Frame frame, ref SentEvent sent, BroadcastFlags flags, ulong id, AckCollector acks) => false;

        public void Forget(ulong id)
        {
        }

        public void Disconnect(bool close)
        {
        }
    }
}
