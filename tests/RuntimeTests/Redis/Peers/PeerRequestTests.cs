using System.Text;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The results of requests to two other nodes, with and without their responses.</summary>
public sealed class PeerRequestTests : IAsyncDisposable
{
    private const string Responses = "socket.io-response#/#";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RequestsTimeout = TimeSpan.FromMilliseconds(400);
    private static readonly byte[] Seven = [7];

    private readonly FakeTimeProvider _time = new();
    private readonly SingleNode _node;

    public PeerRequestTests()
    {
        _node = new SingleNode(new RedisAdapterOptions { RequestsTimeout = RequestsTimeout }, "/", _time);
        _node.Add("local", new RecordingSocket { Id = SocketId.Of("LOCAL") }, "LOCAL");
        _node.Bus.Nodes = 3;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The responses, the fetched sockets, the number of nodes with a valid response (of three), and the drop reasons.</summary>
    public static TheoryData<string, string[], string, int, string> Fetches => new()
    {
        { "two answers", ["""{"requestId":"ID","sockets":[{"id":"s1"}]}""", """{"requestId":"ID","sockets":[{"id":"s2"}]}"""],
            "LOCAL s1 s2", 3, "" },
        { "two nodes without sockets", ["""{"requestId":"ID","sockets":[]}""", """{"requestId":"ID","sockets":[]}"""], "LOCAL", 3, "" },
        { "the same node twice", ["""{"requestId":"ID","sockets":[{"id":"s1"}]}""", """{"requestId":"ID","sockets":[{"id":"s1"}]}"""],
            "LOCAL s1", 2, "duplicate" },
        { "the same node twice, then the other",
            ["""{"requestId":"ID","sockets":[{"id":"s1"}]}""", """{"requestId":"ID","sockets":[{"id":"s1","data":1}]}""",
                """{"requestId":"ID","sockets":[]}"""], "LOCAL s1", 3, "duplicate" },
        { "this node's own socket again",
            ["""{"requestId":"ID","sockets":[{"id":"LOCAL"},{"id":"s1"}]}""", """{"requestId":"ID","sockets":[]}"""], "LOCAL s1", 3, "" },
        { "one answer", ["""{"requestId":"ID","sockets":[{"id":"s1"}]}"""], "LOCAL s1", 2, "" },
        { "no answer", [], "LOCAL", 1, "" },
        { "an answer without sockets", ["""{"requestId":"ID"}""", """{"requestId":"ID","sockets":[{"id":"s2"}]}"""], "LOCAL s2", 2,
            "shape" },
        { "sockets that are no list", ["""{"requestId":"ID","sockets":{"id":"s1"}}""", """{"requestId":"ID","sockets":[{"id":"s2"}]}"""],
            "LOCAL s2", 2, "shape" },
        { "an answer too many",
            ["""{"requestId":"ID","sockets":[{"id":"s1"}]}""", """{"requestId":"ID","sockets":[{"id":"s2"}]}""",
                """{"requestId":"ID","sockets":[{"id":"s3"}]}"""], "LOCAL s1 s2", 3, "unawaited" },
        { "an answer to somebody else", ["""{"requestId":"other1","sockets":[{"id":"s1"}]}"""], "LOCAL", 1, "unawaited" },
        { "a malformed answer between good ones",
            ["""{"requestId":"ID","sockets":[{"id":"s1"}]}""", """{"requestId":"ID","sockets":[{"id":""",
                """{"requestId":"ID","sockets":[{"id":"s2"}]}"""], "LOCAL s1 s2", 3, "json" },
        { "entries that are no sockets",
            ["""{"requestId":"ID","sockets":[null,1,{"id":7},{},{"id":"s1","rooms":null,"handshake":5,"data":null}]}""",
                """{"requestId":"ID","sockets":[]}"""], "LOCAL s1", 3, "" },
    };

    [Theory]
    [MemberData(nameof(Fetches))]
    public async Task Sockets_are_fetched(string name, string[] responses, string sockets, int answered, string dropped)
    {
        var fetching = _node.Everyone.All.FetchSocketsAsync(Token);

        await RespondAsync(responses);
        if (answered < 3)
        {
            Assert.False(fetching.IsCompleted, name);
            _time.Advance(RequestsTimeout);
        }

        var fetched = await fetching.WaitAsync(Patience, Token);
        Assert.Equal(sockets, string.Join(' ', fetched.Select(socket => socket.Id)));
        Assert.Equal((3, answered, 3 - answered), (fetched.ExpectedNodes, fetched.RespondedNodes, fetched.MissingNodes));
        Assert.Equal(dropped, string.Join(' ', _node.Reasons));
        var missing = Record.Exception(() => { _ = fetched.ThrowIfIncomplete(); });
        if (answered == 3) Assert.Null(missing);
        else Assert.Equal(("timeout reached while waiting for fetchSockets response", 3, answered), Details(missing));
    }

    [Fact]
    public async Task Responses_are_received_on_both_channels_and_in_both_formats()
    {
        var fetching = _node.Everyone.All.FetchSocketsAsync(Token);
        var id = await RequestIdAsync();

        var json = Encoding.UTF8.GetBytes($$"""{"requestId":"{{id}}","sockets":[{"id":"s1"}]}""");
        byte[] socket = [0x82, 0xA2, .. "id"u8, 0xA2, .. "s2"u8, 0xA4, .. "data"u8, 0xC4, 1, 9];
        byte[] packed = [0x82, 0xA9, .. "requestId"u8, 0xA6, .. Encoding.UTF8.GetBytes(id), 0xA7, .. "sockets"u8, 0x91, .. socket];

        _node.Receive(Responses + Encoding.UTF8.GetString(_node.Uid) + "#", json);
        _node.Receive(Responses, packed);

        var fetched = await fetching.WaitAsync(Patience, Token);
        Assert.Equal(["LOCAL", "s1", "s2"], fetched.Select(one => one.Id.ToString()).Order());
        Assert.Equal(ArgumentKind.Bytes, fetched.Single(one => one.Id.ToString() == "s2").Data.Kind);
    }

    [Fact]
    public async Task A_canceled_fetch_drops_later_responses()
    {
        using var stop = new CancellationTokenSource();
        var fetching = _node.Everyone.All.FetchSocketsAsync(stop.Token);
        var id = await RequestIdAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching.WaitAsync(Patience, Token));
        _node.Receive(Responses, Encoding.UTF8.GetBytes($$"""{"requestId":"{{id}}","sockets":[]}"""));
        Assert.Equal(["unawaited"], _node.Reasons);
    }

    [Fact]
    public async Task A_single_node_sends_no_requests()
    {
        _node.Bus.Nodes = 1;

        var sockets = (await _node.Everyone.All.FetchSocketsAsync(Token)).ThrowIfIncomplete();
        Assert.Equal(["LOCAL"], sockets.Select(socket => socket.Id.ToString()));
        Assert.Equal(["LOCAL"], (await _node.Adapter.AllRoomsAsync(Token)).ThrowIfIncomplete());
        var result = await Servers.Vote().ToResultAsync();
        Assert.Equal((0, true), (result.Expected, result.IsComplete));
        Assert.Empty(_node.Bus.Published);
    }

    [Fact]
    public async Task The_rooms_of_all_responses_are_merged()
    {
        var complete = _node.Adapter.AllRoomsAsync(Token);
        await RespondAsync(
            """{"requestId":"ID","rooms":["x","room1",42]}""",
            """{"requestId":"ID","rooms":["room1","y"]}""",
            """{"requestId":"ID","rooms":["z"]}""");
        Assert.Equal(["42", "LOCAL", "room1", "x", "y"], (await complete.WaitAsync(Patience, Token)).Order(StringComparer.Ordinal));

        _node.Bus.Forget();
        var partial = _node.Adapter.AllRoomsAsync(Token);
        await RespondAsync(
            """{"requestId":"ID","rooms":["x"]}""", """{"requestId":"ID","rooms":["x"]}""", """{"requestId":"ID","rooms":"x"}""");
        _time.Advance(RequestsTimeout);
        var rooms = await partial.WaitAsync(Patience, Token);
        Assert.Equal(["LOCAL", "x"], rooms.Order(StringComparer.Ordinal));
        Assert.Equal(("timeout reached while waiting for allRooms response", 3, 2),
            Details(Record.Exception(() => rooms.ThrowIfIncomplete())));
    }

    /// <summary>The responses, the acks, and the message of the exception for a missing response.</summary>
    public static TheoryData<string, string[], string, string> ServerAcks => new()
    {
        { "two answers", ["""{"type":6,"requestId":"ID","data":1}""", """{"type":6,"requestId":"ID","data":2}"""], "1 2", "" },
        { "one answer", ["""{"type":6,"requestId":"ID","data":1}"""], "1", "timeout reached: only 1 responses received out of 2" },
        { "no answer", [], "", "timeout reached: only 0 responses received out of 2" },
        { "two nodes with the same answer", ["""{"type":6,"requestId":"ID","data":1}""", """{"type":6,"requestId":"ID","data":1}"""], "1 1",
            "" },
        { "an answer without type and data", ["""{"requestId":"ID"}""", """{"type":6,"requestId":"ID","data":2}"""], "null 2", "" },
        { "an answer too many",
            ["""{"type":6,"requestId":"ID","data":1}""", """{"type":6,"requestId":"ID","data":2}""",
                """{"type":6,"requestId":"ID","data":3}"""], "1 2", "" },
    };

    [Theory]
    [MemberData(nameof(ServerAcks))]
    public async Task Servers_acknowledge(string name, string[] responses, string numbers, string message)
    {
        var acks = Servers.Vote();

        await RespondAsync(responses);
        if (message.Length > 0) _time.Advance(RequestsTimeout);

        var result = await acks.ToResultAsync().WaitAsync(Patience, Token);
        Assert.Equal(numbers, string.Join(' ', result.Results.Select(answer => answer?.ToString() ?? "null")));
        Assert.Equal(
            (name, 2, message.Length == 0, 2 - result.Results.Count), (name, result.Expected, result.IsComplete, result.MissingNodes));
        if (message.Length > 0) Assert.Equal(message, (await Assert.ThrowsAsync<AckException<int?>>(() => acks.ToListAsync())).Message);
    }

    /// <summary>The responses, the acks with the local client's 7, the expected completeness, and the number of missing nodes.</summary>
    public static TheoryData<string, string[], string, bool, int> ClientAcks => new()
    {
        { "counts 1 and 0, one ack", [Count(1), Count(0), Ack("5")], "5 7", true, 0 },
        { "ack before count", [Ack("5"), Count(1), Count(0)], "5 7", true, 0 },
        { "only one count", [Count(0)], "7", false, 1 },
        { "three counts", [Count(0), Count(0), Count(1)], "7", true, 0 },
        { "ack missing", [Count(1), Count(0)], "7", false, 0 },
        { "ack without packet", [Count(1), Count(0), """{"type":9,"requestId":"ID"}"""], "null 7", true, 0 },
        { "an odd count",
            [Count(1), """{"type":8,"requestId":"ID","clientCount":-1}""", """{"type":8,"requestId":"ID","clientCount":"2"}""",
                """{"type":8,"requestId":"ID","clientCount":1e9}""", """{"type":8,"requestId":"ID","clientCount":0.5}""", Count(0),
                    Ack("5")], "5 7", true, 0 },
        { "an unknown type", ["""{"type":5,"requestId":"ID"}""", Count(0), Count(0)], "7", true, 0 },
    };

    [Theory]
    [MemberData(nameof(ClientAcks))]
    public async Task Clients_of_all_nodes_acknowledge(string name, string[] responses, string numbers, bool isComplete, int missingNodes)
    {
        var acks = Emitters.Over<IQuizEvents>(_node.Adapter).All.WithTimeout(RequestsTimeout).Vote();

        await RespondAsync(responses);
        _node["local"].Receive(Seven);
        if (!isComplete) _time.Advance(RequestsTimeout);

        var result = await acks.ToResultAsync().WaitAsync(Patience, Token);
        Assert.Equal(numbers, string.Join(' ', result.Results.Select(answer => answer?.ToString() ?? "null").OrderBy(text => text == "7")));
        Assert.Equal((name, isComplete, missingNodes), (name, result.IsComplete, result.MissingNodes));
        if (!isComplete)
            Assert.Contains("operation has timed out", (await Assert.ThrowsAsync<AckException<int?>>(() => acks.ToListAsync())).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_to_a_fetched_client_waits_only_for_the_node_of_that_client()
    {
        var fetching = _node.Everyone.All.FetchSocketsAsync(Token);
        await RespondAsync("""{"requestId":"ID","sockets":[{"id":"s1"}]}""", """{"requestId":"ID","sockets":[]}""");
        var remote = (await fetching.WaitAsync(Patience, Token)).Single(socket => socket.Id.ToString() == "s1");
        _node.Bus.Forget();

        var ack = remote.Client<IQuizEvents>().WithTimeout(RequestsTimeout).Vote();
        await RespondAsync(Count(1), Ack("5"));

        Assert.Equal(5, await ack.WaitAsync(Patience, Token));
        Assert.Empty(_node["local"].Received);
    }

    [Fact]
    public async Task Without_a_connection_a_request_returns_local_results_and_reports_missing_nodes()
    {
        _node.Bus.IsDisconnected = true;

        var fetched = await _node.Everyone.All.FetchSocketsAsync(Token);
        Assert.Equal(("LOCAL", false, 1), (fetched.Single().Id.ToString(), fetched.IsComplete, fetched.MissingNodes));
        Assert.False((await _node.Adapter.AllRoomsAsync(Token)).IsComplete);
        var servers = await Servers.Vote().ToResultAsync();
        Assert.Equal((0, false, 1), (servers.Results.Count, servers.IsComplete, servers.MissingNodes));
        var acks = Emitters.Over<IQuizEvents>(_node.Adapter).All.Vote();
        _node["local"].Receive(Seven);
        var clients = await acks.ToResultAsync();
        Assert.Equal((1, false, 1), (clients.Results.Count, clients.IsComplete, clients.MissingNodes));
        Assert.Contains("the other nodes cannot be reached",
            (await Assert.ThrowsAsync<AckException<int?>>(() => acks.ToListAsync())).Message, StringComparison.Ordinal);
    }

    private Servers<IQuizServerEvents> Servers => new(_node.Adapter.Servers);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    private static string Count(int clients) => $$"""{"type":8,"requestId":"ID","clientCount":{{clients}}}""";

    private static string Ack(string packet) => $$"""{"type":9,"requestId":"ID","packet":{{packet}}}""";

    private static (string Message, int Expected, int Answered) Details(Exception? exception)
    {
        var missing = Assert.IsType<MissingNodesException>(exception);
        return (missing.Message, missing.ExpectedNodes, missing.RespondedNodes);
    }

    private async Task<string> RequestIdAsync() =>
        PeerMessageFields.RequestIdOf((await _node.Bus.SeesAsync(_ => true, Patience)).Message, isInData: false)!;

    /// <summary>Sends responses to the pending request and returns when all of them have been processed.</summary>
    private async Task RespondAsync(params string[] responses)
    {
        var id = await RequestIdAsync();
        foreach (var response in responses)
        {
            _node.Receive(Responses, Encoding.UTF8.GetBytes(response.Replace("\"ID\"", $"\"{id}\"", StringComparison.Ordinal)));
        }

        _node.Receive("socket.io-request#/#", """{"uid":"t","requestId":"looked","type":0,"rooms":[]}"""u8.ToArray());
        await _node.Bus.SeesAsync(one => Encoding.UTF8.GetString(one.Message)
            .StartsWith("""{"requestId":"looked""", StringComparison.Ordinal), Patience);
    }
}
