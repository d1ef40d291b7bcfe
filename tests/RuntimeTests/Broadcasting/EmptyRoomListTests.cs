using Microsoft.Extensions.Logging.Abstractions;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Broadcasting;

/// <summary>Chains with an empty room list, which select no client. In a message an empty list is the whole namespace.</summary>
public sealed class EmptyRoomListTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operations_with_an_empty_room_list_reach_neither_clients_nor_Redis()
    {
        await using var node = new SingleNode("/", ("one", ["a"]), ("two", []));
        var receipt = new EmitReceipt();
        await node.EveryoneOf<AnyEvents>().Except("a", "b").WithReceipt(receipt).EmitAsync("first");
        Assert.Equal(1, receipt.Connections);
        node["two"].Forget();
        node.Bus.Forget();

        var none = node.EveryoneOf<AnyEvents>().To([]).Volatile().Compress().WithTimeout(TimeSpan.FromHours(1)).WithReceipt(receipt)
            .Except("c");
        none.Emit("x", 1);
        await none.EmitAsync("x", 1);
        await none.Local().EmitAsync("x", 1);
        await none.SocketsJoinAsync("moved");
        await none.SocketsJoinAsync(new List<string> { "moved" }, Token);
        await none.SocketsLeaveAsync("a");
        await none.SocketsLeaveAsync(new List<string> { "a" }, Token);
        await none.DisconnectSocketsAsync(close: true, Token);
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
    public async Task Rooms_added_later_are_selected_and_an_empty_exclusion_has_no_effect()
    {
        await using var node = new SingleNode("/", ("one", ["a"]), ("two", []));
        var everyone = node.EveryoneOf<AnyEvents>();
        everyone.To([]).To("a").Emit("late");
        everyone.To("a").To([]).Emit("early");
        everyone.To([]).Except([]).To([]).To(["a"]).Emit("again");
        everyone.Except([]).Emit("all");
        everyone.Except(Array.Empty<string>()).To(Array.Empty<string>()).Emit("none");

        Assert.Equal(["late", "early", "again", "all"], node["one"].Received.Select(packet => packet.Split('"')[1]));
        Assert.Equal(["all"], node["two"].Received.Select(packet => packet.Split('"')[1]));
        Assert.Equal(4, node.Bus.Published.Count);
    }

    [Fact]
    public async Task Null_lists_and_null_rooms_are_rejected()
    {
        await using var node = new SingleNode("/", ("one", []));
        Assert.Throws<ArgumentNullException>(() => node.Everyone.To((string[])null!));
        Assert.Throws<ArgumentNullException>(() => node.Everyone.To("a", null!));
        Assert.Throws<ArgumentNullException>(() => node.Everyone.To(new string[] { null! }));
        Assert.Throws<ArgumentNullException>(() => node.Everyone.Except((string[])null!));
        Assert.Throws<ArgumentNullException>(() => node.Everyone.Except(new string[] { null! }));
        Assert.Throws<InvalidOperationException>(() => default(Broadcast<ITestEvents>).To([]));
    }

    [Fact]
    public async Task An_emitter_publishes_no_messages_and_subscribes_to_nothing()
    {
        var bus = new RecordingBus();
        var none = new RedisEmitter(bus, new RedisEmitterOptions()).Of("/").To([]);
        none.Emit("x");
        await none.EmitAsync("x");
        await none.SocketsJoinAsync("a");
        await none.SocketsLeaveAsync("a");
        await none.DisconnectSocketsAsync(close: true, Token);

        Assert.Empty((await none.EmitWithAck("x").ToResultAsync()).Results);
        Assert.Empty(await none.FetchSocketsAsync(Token));
        Assert.Empty(bus.Published);
        Assert.Empty(bus.Subscribed);
        Assert.Throws<InvalidOperationException>(() => none.Local());
        none.To("a").Emit("x");
        Assert.Equal("socket.io#/#a#", Assert.Single(bus.Published).Channel);
    }

    [Fact]
    public async Task A_recorder_records_no_event_and_calls_no_handler()
    {
        var recorder = new SocketEventsRecorder().Acknowledge("x", "1");
        var none = recorder.Of("/").To([]);
        none.Emit("x");
        await none.EmitAsync("x");
        Assert.Empty(await none.EmitWithAck("x"));
        Assert.Empty(recorder.Events);
        none.To("a").Emit("x");
        Assert.Equal(["a"], Assert.Single(recorder.Events).Rooms);
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
