using System.Text;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The actions and responses of a node that receives requests.</summary>
public class PeerResponderTests
{
    private const string Requests = "socket.io-request#/#";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly byte[] Seven = [7];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The sender, the accepted senders, and a value indicating whether the sockets are moved.</summary>
    public static TheoryData<string, RedisControlRequests, bool> Senders => new()
    {
        { "\"uid\":\"nodeid\",", RedisControlRequests.All, true },
        { "\"uid\":\"nodeid\",", RedisControlRequests.Nodes, true },
        { "\"uid\":\"nodeid\",", RedisControlRequests.Emitters, false },
        { "\"uid\":\"nodeid\",", RedisControlRequests.None, false },
        { "", RedisControlRequests.All, true },
        { "", RedisControlRequests.Nodes, false },
        { "", RedisControlRequests.Emitters, true },
        { "\"uid\":\"emitter\",", RedisControlRequests.Nodes, false },
        { "\"uid\":\"emitter\",", RedisControlRequests.Emitters, true },
        { "", RedisControlRequests.None, false },
    };

    [Theory]
    [MemberData(nameof(Senders))]
    public async Task Sockets_are_moved_only_for_accepted_senders(string uid, RedisControlRequests accept, bool isMoved)
    {
        await using var node = new SingleNode(new RedisAdapterOptions { AcceptControlRequests = accept }, "/", ("a", ["room"]), ("b", []));
        Receive(node, $$"""{{{uid}}"type":2,"opts":{"rooms":["room"],"except":[]},"rooms":["new"]}""");
        Receive(node, $$"""{{{uid}}"type":3,"opts":{"rooms":["room"],"except":[]},"rooms":["room"]}""");
        Receive(node, $$"""{{{uid}}"type":4,"opts":{"rooms":[],"except":["new","room"]},"close":true}""");

        Assert.Equal(isMoved ? ["new"] : ["room"], node.Adapter.RoomsOf(node["a"]));
        Assert.Equal((null, isMoved ? true : null), (node["a"].Disconnected, node["b"].Disconnected));
        Assert.Equal(isMoved ? [] : ["refused", "refused", "refused"], node.Reasons);
    }

    [Fact]
    public async Task Responses_use_the_channel_of_the_requester_if_configured()
    {
        await using var node = new SingleNode(new RedisAdapterOptions { PublishOnSpecificResponseChannel = true }, "/", ("a", []));
        node.Adapter.ServerEvents.On("e", _ => Task.CompletedTask);
        Receive(node, """{"uid":"asking","requestId":"1","type":1}""");
        Receive(node,
            """{"uid":"asking","requestId":"2","type":7,"packet":{"type":2,"data":["e"],"nsp":"/"},"opts":{"rooms":[],"except":[],"flags":{}}}""");
        Receive(node, """{"requestId":"3","type":5,"opts":{}}""");
        Receive(node, """{"uid":"asking","requestId":"4","type":6,"data":["e"]}""");

        Assert.Equal("socket.io-response#/#asking#", (await ResponseAsync(node, "1")).Channel);
        Assert.Equal("socket.io-response#/#asking#", (await ResponseAsync(node, "2")).Channel);
        Assert.Equal("socket.io-response#/#undefined#", (await ResponseAsync(node, "3")).Channel);
        Assert.Equal("socket.io-response#/#", (await ResponseAsync(node, "4")).Channel);
    }

    [Fact]
    public async Task A_node_drops_its_own_requests()
    {
        await using var node = new SingleNode("/", ("a", ["room"]));
        node.Bus.Nodes = 2;
        var everyone = node.Everyone;
        await everyone.To("room").JoinAsync("new", Token);
        var acks = Emitters.Over<IQuizEvents>(node.Adapter).All.Vote();
        await ((IEventDataTarget)new Servers<ITestEvents>(node.Adapter.Servers)).SendAsync(Events.Of("mine"), Token);
        var events = new Inbox();
        node.Adapter.ServerEvents.On("mine", _ => events.AddAsync("mine"));
        node.Adapter.ServerEvents.On("other", _ => events.AddAsync("other"));
        await everyone.To("new").LeaveAsync("new", Token);
        await everyone.All.JoinAsync("room", Token);

        foreach (var (channel, message) in node.Bus.Published) node.Receive(channel, message);
        Receive(node, """{"uid":"t","type":6,"data":["other"]}""");

        Assert.Equal(["room"], node.Adapter.RoomsOf(node["a"]));
        Assert.Single(node["a"].Received);
        Assert.Equal(["other"], await events.TakeAsync(1, Patience));
        Assert.All(node.Reasons, reason => Assert.Equal("own", reason));
        Assert.Equal(5, node.Reasons.Count);
        node["a"].Receive(Seven);
        var id = PeerMessageFields.RequestIdOf(node.Bus.Published[1].Message, isInData: false);
        node.Receive("socket.io-response#/#", Encoding.UTF8.GetBytes($$"""{"type":8,"requestId":"{{id}}","clientCount":0}"""));
        Assert.Equal([7], await acks);
    }

    [Fact]
    public async Task Client_acks_are_sent_to_the_requester_until_the_timeout()
    {
        var time = new FakeTimeProvider();
        await using var node = new SingleNode(new RedisAdapterOptions(), "/", time, ("a", []), ("b", []));
        Receive(node,
            """{"uid":"asking","requestId":"1","type":7,"packet":{"type":2,"data":["e"],"nsp":"/"},"opts":{"rooms":[],"except":[],"flags":{"timeout":500}}}""");
        node["a"].Receive(Seven);

        time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Single(node["b"].PendingAcks);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Empty(node["b"].PendingAcks);
        Assert.Equal(
            ["""{"type":8,"requestId":"1","clientCount":2}""", "\u0083¤type\u0009©requestId¡1¦packet\u0007"],
            node.Bus.Published.Select(one => Encoding.Latin1.GetString(one.Message)));
    }

    [Fact]
    public async Task A_slow_handler_does_not_delay_other_events_and_requests()
    {
        await using var node = new SingleNode("/", ("a", []));
        var events = new Inbox();
        var slow = new TaskCompletionSource();
        node.Adapter.ServerEvents.On("slow", _ => slow.Task);
        node.Adapter.ServerEvents.On("e", arguments => events.AddAsync(arguments[0].GetString()));
        for (var i = 0; i < 100; i++) Receive(node, $$"""{"uid":"t","requestId":"slow{{i}}","type":6,"data":["slow"]}""");
        for (var i = 0; i < 100; i++) Receive(node, $$"""{"uid":"t","type":6,"data":["e","{{i}}"]}""");
        Receive(node, """{"uid":"t","requestId":"rooms","type":1}""");

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), await events.TakeAsync(100, Patience));
        await ResponseAsync(node, "rooms");
        Assert.Single(node.Bus.Published);
        slow.SetResult();
        for (var i = 0; i < 100; i++) await ResponseAsync(node, $"slow{i}");
    }

    [Fact]
    public async Task Events_beyond_the_limit_are_dropped_and_counted()
    {
        await using var node = new SingleNode("/");
        var slow = new TaskCompletionSource();
        node.Adapter.ServerEvents.On("slow", _ => slow.Task);
        for (var i = 0; i < 12_000; i++) Receive(node, """{"uid":"t","type":6,"data":["slow"]}""");

        slow.SetResult();
        Receive(node, """{"uid":"t","requestId":"rooms","type":1}""");
        await ResponseAsync(node, "rooms");
        Assert.InRange(node.Reasons.Count(reason => reason == "busy"), 1000, 2000);
        Assert.All(node.Reasons, reason => Assert.Equal("busy", reason));
    }

    [Fact]
    public async Task An_ack_that_cannot_be_serialized_is_sent_as_a_failure()
    {
        await using var node = new SingleNode("/");
        node.Adapter.ServerEvents.On("deep", _ => Task.FromResult(SocketArguments.Of(Nested(80))));
        Receive(node, """{"uid":"t","requestId":"1","type":6,"data":["deep"]}""");

        Assert.Equal(
            """{"type":6,"requestId":"1","data":{"error":"The event could not be handled."}}""",
            Encoding.UTF8.GetString((await ResponseAsync(node, "1")).Message));
    }

    [Fact]
    public async Task A_response_above_the_maximum_size_is_not_sent_and_the_next_one_is()
    {
        await using var node = new SingleNode(new RedisAdapterOptions { MaxMessageSize = 4000 }, "/", ("a", []), ("b", ["small"]));
        node["a"].Data = SocketArguments.FromJson($"[\"{new string('x', 5000)}\"]")[0];
        node.Adapter.ServerEvents.On("large", _ => Task.FromResult(SocketArguments.Of(new string('x', 5000))));
        Receive(node, """{"uid":"t","requestId":"1","type":5,"opts":{}}""");
        Receive(node, """{"uid":"t","requestId":"2","type":6,"data":["large"]}""");
        Receive(node, """{"uid":"t","requestId":"3","type":5,"opts":{"rooms":["small"]}}""");

        await ResponseAsync(node, "3");
        Assert.Equal(["3"], node.Bus.Published.Select(one => PeerMessageFields.RequestIdOf(one.Message, isInData: false)));
        Assert.Empty(node.Reasons);
    }

    [Fact]
    public async Task Join_requests_cannot_exceed_the_maximum_number_of_rooms()
    {
        await using var node = new SingleNode("/", ("a", []), ("b", []));
        node.Add("id", new RecordingSocket { Id = SocketId.Of("id") }, "id");
        for (var i = 0; i < 25; i++)
        {
            var rooms = string.Join(',', Enumerable.Range(0, 5000).Select(room => $"\"{i}-{room}\""));
            Receive(node, $$"""{"uid":"t","type":2,"opts":{},"rooms":[{{rooms}}]}""");
        }

        Receive(node, """{"uid":"t","type":2,"sid":"id","room":"one","requestId":"1"}""");
        Assert.Equal(Enumerable.Repeat("refused", 24), node.Reasons);
        Assert.All(["a", "b", "id"], name => Assert.InRange(node.Adapter.RoomsOf(node[name]).Length, 5_000, 10_000));
    }

    [Theory]
    [InlineData(RedisControlRequests.Emitters)]
    [InlineData(RedisControlRequests.All)]
    public async Task A_refused_join_of_one_socket_gets_a_response(RedisControlRequests accept)
    {
        await using var node = new SingleNode(new RedisAdapterOptions { AcceptControlRequests = accept }, "/");
        node.Add("a", new RecordingSocket { Id = SocketId.Of("a"), MaxRooms = 1 }, "a");

        Receive(node, """{"uid":"t","type":2,"sid":"a","room":"one","requestId":"1"}""");
        Receive(node, """{"uid":"t","type":2,"sid":"elsewhere","room":"one","requestId":"2"}""");

        Assert.Equal(["""{"requestId":"1"}"""], node.Bus.Published.Select(one => Encoding.UTF8.GetString(one.Message)));
        Assert.Equal("refused", node.Reasons[0]);
        Assert.Equal(["a"], node.Adapter.RoomsOf(node["a"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Invalid_data_of_one_socket_does_not_affect_the_data_of_others(bool isSharded)
    {
        await using var node = isSharded
            ? new SingleNode(new ShardedRedisAdapterOptions(), "/", ("a", []), ("b", []))
            : new SingleNode("/", ("a", []), ("b", []));
        node["a"].Data = new SocketArgument(0, Nested(100).Raw);
        node["b"].Data = SocketArguments.FromJson("""[{"n":1}]""")[0];
        if (!isSharded) Receive(node, """{"uid":"t","requestId":"1","type":5,"opts":{}}""");
        else node.Receive("socket.io#/#", """{"uid":"t","nsp":"/","type":7,"data":{"requestId":"1","opts":{}}}"""u8.ToArray());

        var (_, message) = await node.Bus.SeesAsync(one => PeerMessageFields.RequestIdOf(one.Message, isSharded) == "1", Patience);
        var response = Encoding.UTF8.GetString(message);
        Assert.Contains("\"data\":null}", response, StringComparison.Ordinal);
        Assert.Contains("\"data\":{\"n\":1}}", response, StringComparison.Ordinal);
    }

    private static SocketArgument Nested(int depth) => new(0, Enumerable.Repeat((byte)0x91, depth).Append((byte)0xC0).ToArray());

    private static void Receive(SingleNode node, string request) => node.Receive(Requests, Encoding.UTF8.GetBytes(request));

    private static Task<(string Channel, byte[] Message)> ResponseAsync(SingleNode node, string id) =>
        node.Bus.SeesAsync(one => PeerMessageFields.RequestIdOf(one.Message, isInData: false) == id, Patience);
}
