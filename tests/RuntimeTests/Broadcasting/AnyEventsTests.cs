using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Broadcasting;

public class AnyEventsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SocketEventsRecorder _recorder = new();
    private readonly LocalAdapter _adapter;
    private readonly RecordingSocket[] _sockets = [new(), new()];

    public AnyEventsTests()
    {
        _adapter = new LocalAdapterFactory(NullLoggerFactory.Instance, _time).CreateLocal("/", JsonPacketFormat.Default);
        foreach (var socket in _sockets) _adapter.Rooms.Join(socket.Membership, ["all"]);
    }

    private IEmitter<AnyEvents> Clients => Emitters.Over<AnyEvents>(_adapter);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_number_and_kind_of_arguments_can_be_sent()
    {
        Clients.All.Emit("none");
        await Clients.All.EmitAsync("many", 1, "two", (int?)null, 2.5, true, [3, "four"], SocketArgument.FromJson("""{"five":6}"""));
        await Clients.All.EmitAsync("json", JsonNode.Parse("""{"a":[1]}"""), SocketArgument.FromJson("[null]"));
        await Clients.To("empty").EmitAsync("unseen");
        Assert.Equal(["2[\"none\"]", """2["many",1,"two",null,2.5,true,[3,"four"],{"five":6}]""", """2["json",{"a":[1]},[null]]"""],
            _sockets[0].Received);
    }

    [Fact]
    public async Task Null_and_an_array_are_one_argument()
    {
        Clients.All.Emit("e", SocketArgument.Null);
        await Clients.All.EmitAsync("ea", SocketArgument.Null);
        _ = Clients.All.EmitWithAck("ack", SocketArgument.Null);
        _ = _recorder.Client("/").EmitWithAckAsync("client", SocketArgument.Null);
        await Clients.All.EmitAsync("array", new[] { 1, 2 });
        await Clients.All.EmitAsync("one", [1, 2]);
        Assert.Equal(["2[\"e\",null]", "2[\"ea\",null]", "2[\"array\",[1,2]]", "2[\"one\",[1,2]]"],
            _sockets[0].Received.Where(packet => !packet.Contains("ack", StringComparison.Ordinal)));
        Assert.EndsWith("[\"ack\",null]", _sockets[0].Received[2], StringComparison.Ordinal);
        Assert.Equal("client(null)", Assert.Single(_recorder.Events).ToString());
        Assert.Equal(1, SocketArguments.Of(SocketArgument.Null).Count);
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("connect_error")]
    [InlineData("disconnect")]
    [InlineData("disconnecting")]
    [InlineData("newListener")]
    [InlineData("removeListener")]
    public async Task Reserved_event_names_are_rejected(string name)
    {
        var expected = $"\"{name}\" is a reserved event name. (Parameter 'name')";
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => Clients.All.Emit(name)).Message);
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => Clients.All.Emit(name, SocketArguments.Of(1))).Message);
        Assert.Equal(expected, (await Assert.ThrowsAsync<ArgumentException>(() => Clients.All.EmitAsync(name, 1).AsTask())).Message);
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => Clients.All.EmitWithAck(name)).Message);
        Assert.Equal(expected, (await Assert.ThrowsAsync<ArgumentException>(() => _recorder.Client("/").EmitWithAckAsync(name))).Message);
        Assert.Throws<ArgumentNullException>(() => Clients.All.Emit(null!));
        Clients.All.Emit(name + "ed");
        Clients.All.Emit(name.ToUpperInvariant());
        Assert.Equal(2, _sockets[0].Received.Count);
    }

    [Fact]
    public async Task Acks_of_several_clients_have_the_first_argument_of_each()
    {
        var acks = Clients.All.WithTimeout(TimeSpan.FromSeconds(1)).EmitWithAck("who?", Token, SocketArguments.FromJson("[1]"));
        Assert.Matches("""^2\d+\["who\?",1\]$""", Assert.Single(_sockets[0].Received));
        _sockets[0].ReceiveAll(SocketArguments.Of("one", "two"));
        _sockets[1].ReceiveAll(SocketArguments.Of());
        Assert.Equal(["\"one\"", "null"], (await acks).Select(answer => answer.ToJson()));
    }

    [Fact]
    public async Task Late_acks_are_missing_and_the_message_matches_the_original_library()
    {
        var acks = Clients.All.WithTimeout(TimeSpan.FromSeconds(1)).EmitWithAck("who?").ToListAsync();
        _sockets[0].ReceiveAll(SocketArguments.Of(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        var late = await Assert.ThrowsAsync<AckException<SocketArgument>>(() => acks);
        Assert.Contains("operation has timed out", late.Message, StringComparison.Ordinal);
        Assert.Equal("1", Assert.Single(late.Result.Results).ToJson());
    }

    [Fact]
    public async Task The_ack_of_one_client_has_all_its_arguments()
    {
        _recorder.Acknowledge("sum", sent => SocketArguments.Of(sent[0].GetInt64() + 1, "more", SocketArgument.Null));
        var answer = await _recorder.Client("/any").EmitWithAckAsync("sum", 1);
        Assert.Equal(["2", "\"more\"", "null"], Enumerable.Range(0, answer.Count).Select(i => answer[i].ToJson()));
        _recorder.Acknowledge("nothing", _ => SocketArguments.Of());
        Assert.Equal(0, (await _recorder.Client("/any").EmitWithAckAsync("nothing")).Count);
    }

    [Fact]
    public async Task An_ack_from_another_node_has_only_its_first_argument()
    {
        var acks = new AckCollector<SocketArguments>(AnyEventWriter.ReadAll, Token, readsAll: true);
        acks.Count(1);
        acks.Receive(new byte[] { 7 });
        var all = await acks.SingleAsync();
        Assert.Equal((1, 7L), (all.Count, all[0].GetInt64()));
    }

    [Fact]
    public async Task An_emitter_sends_to_a_namespace_by_name()
    {
        var bus = new RecordingBus();
        var io = new RedisEmitter(bus, null);
        io.Of("chat").To("lobby").Emit("said", "hi");
        await io.Of("/chat").All.EmitAsync("said", "hi");
        Assert.Equal(["socket.io#/chat#lobby#", "socket.io#/chat#"], bus.Published.Select(sent => sent.Channel));
        Assert.Throws<ArgumentException>(() => io.Of("a,b"));
        Assert.Throws<ArgumentException>(() => io.Of(new string('ä', 512)));
        io.Of(new string('ä', 511) + "x").All.Emit("said");
    }
}
