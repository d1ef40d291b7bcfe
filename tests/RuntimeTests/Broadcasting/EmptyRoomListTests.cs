using Microsoft.Extensions.Logging.Abstractions;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Broadcasting;

/// <summary>Chains with an empty room list, which select no client. In a message an empty list is the whole namespace.</summary>
public sealed class EmptyRoomListTests
{
    private static readonly string[] None = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operations_with_an_empty_room_list_reach_neither_clients_nor_Redis()
    {
        await using var node = new SingleNode("/", ("one", ["a"]), ("two", []));
        var receipt = new EmitReceipt();
        await node.EveryoneOf<AnyEvents>().All.Except("a", "b").WithReceipt(receipt).EmitAsync("first");
        Assert.Equal(1, receipt.Connections);
        node["two"].Forget();
        node.Bus.Forget();

        var none = node.EveryoneOf<AnyEvents>().To(None).Volatile().Compress(true).WithTimeout(TimeSpan.FromHours(1)).WithReceipt(receipt)
            .Except("c");
        none.Emit("x", 1);
        await none.EmitAsync("x", 1);
        await none.Local().EmitAsync("x", 1);
        await none.JoinAsync("moved", Token);
        await none.JoinAsync(new List<string> { "moved" }, Token);
        await none.LeaveAsync("a", Token);
        await none.LeaveAsync(new List<string> { "a" }, Token);
        await none.DisconnectAsync(close: true, Token);
        var fetched = await none.FetchSocketsAsync(Token);
        var acks = await none.EmitWithAck("x").ToResultAsync();

        Assert.Empty(node.Bus.Published);
        Assert.Equal((0, true), (fetched.Count, fetched.IsComplete));
        Assert.Equal((0, 0, true), (acks.Results.Count, acks.Expected, acks.IsComplete));
        Assert.Null(receipt.Connections);
        foreach (var socket in new[] { node["one"], node["two"] }) Assert.Equal((0, null), (socket.Received.Count, socket.Disconnected));
        Assert.Equal(["a"], (await node.Everyone.To("a").FetchSocketsAsync(Token)).Single().Rooms);
    }

    [Fact]
    public async Task An_empty_exclusion_has_no_effect()
    {
        await using var node = new SingleNode("/", ("one", ["a"]), ("two", []));
        var everyone = node.EveryoneOf<AnyEvents>();
        everyone.To("a").Except(None).Emit("room");
        everyone.All.Except(None).Emit("all");
        everyone.To(None).Except(None).Emit("none");

        Assert.Equal(["room", "all"], node["one"].Received.Select(packet => packet.Split('"')[1]));
        Assert.Equal(["all"], node["two"].Received.Select(packet => packet.Split('"')[1]));
        Assert.Equal(2, node.Bus.Published.Count);
    }

    [Fact]
    public async Task Null_lists_and_null_rooms_are_rejected()
    {
        await using var node = new SingleNode("/", ("one", []));
        Assert.Throws<ArgumentNullException>(() => { _ = node.Everyone.To((string[])null!); });
        Assert.Throws<ArgumentNullException>(() => { _ = node.Everyone.To("a", null!); });
        Assert.Throws<ArgumentNullException>(() => { _ = node.Everyone.To(new string[] { null! }); });
        Assert.Throws<ArgumentNullException>(() => { _ = node.Everyone.All.Except((string[])null!); });
        Assert.Throws<ArgumentNullException>(() => { _ = node.Everyone.All.Except(new string[] { null! }); });
        Assert.Throws<ArgumentNullException>(() => { _ = node.Everyone.To((IEnumerable<SocketId>)null!); });
        Assert.Throws<ArgumentException>(() => { _ = node.Everyone.To(default(SocketId)); });
    }

    [Fact]
    public async Task An_emitter_publishes_no_messages_and_subscribes_to_nothing()
    {
        var bus = new RecordingBus();
        var none = new RedisEmitter(bus, new RedisEmitterOptions()).Of("/").To(None);
        none.Emit("x");
        await none.EmitAsync("x");
        await none.JoinAsync("a", Token);
        await none.LeaveAsync("a", Token);
        await none.DisconnectAsync(close: true, Token);

        Assert.Empty((await none.EmitWithAck("x").ToResultAsync()).Results);
        Assert.Empty(await none.FetchSocketsAsync(Token));
        Assert.Empty(bus.Published);
        Assert.Empty(bus.Subscribed);
        Assert.Throws<InvalidOperationException>(() => { _ = none.Local(); });
    }

    [Fact]
    public async Task A_recorder_records_no_event_and_calls_no_handler()
    {
        var recorder = new SocketEventsRecorder().Acknowledge("x", "1");
        var none = recorder.Of("/").To(None);
        none.Emit("x");
        await none.EmitAsync("x");
        Assert.Empty(await none.EmitWithAck("x"));
        Assert.Empty(recorder.Events);
    }

    [Theory]
    [InlineData("80")] // {}
    [InlineData("81a5726f6f6d7390")] // { rooms: [] }
    [InlineData("82a5726f6f6d7390a665786365707490")] // { rooms: [], except: [] }
    public async Task An_empty_list_in_a_message_is_the_whole_namespace(string options)
    {
        await using var node = new SingleNode("/", ("one", ["a"]), ("two", []));
        node.Receive("socket.io#/#", Wire("93a17583a47479706502a46461746191a178a36e7370a12f" + options));
        Assert.Equal(["2[\"x\"]"], node["one"].Received);
        Assert.Equal(["2[\"x\"]"], node["two"].Received);
    }

    [Fact]
    public void A_local_adapter_sends_to_everyone_for_an_empty_list()
    {
        var local = new LocalAdapterFactory(NullLoggerFactory.Instance, TimeProvider.System).CreateLocal("/", JsonPacketFormat.Default);
        var socket = new RecordingSocket();
        local.Rooms.Join(socket.Membership, []);
        local.Broadcast(Events.Of("x"), new BroadcastOptions { Rooms = [] });
        Assert.Single(socket.Received);
    }

    private static byte[] Wire(string hex) => Convert.FromHexString(hex);
}
