using System.Text;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>What the one who asks makes of the answers of two other nodes, and of their absence.</summary>
public sealed class PeerRequestTests : IAsyncDisposable
{
    private const string Answers = "socket.io-response#/#";

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

    /// <summary>What comes, what is found, how many of the three nodes answered, and why the others did not count.</summary>
    public static TheoryData<string, string[], string, int, string> Fetches => new()
    {
        { "two answers", ["""{"requestId":"ID","sockets":[{"id":"s1"}]}""", """{"requestId":"ID","sockets":[{"id":"s2"}]}"""], "LOCAL s1 s2", 3, "" },
        { "two nodes without sockets", ["""{"requestId":"ID","sockets":[]}""", """{"requestId":"ID","sockets":[]}"""], "LOCAL", 3, "" },
        { "the same node twice", ["""{"requestId":"ID","sockets":[{"id":"s1"}]}""", """{"requestId":"ID","sockets":[{"id":"s1"}]}"""], "LOCAL s1", 2, "duplicate" },
        { "the same node twice, then the other", ["""{"requestId":"ID","sockets":[{"id":"s1"}]}""", """{"requestId":"ID","sockets":[{"id":"s1","data":1}]}""", """{"requestId":"ID","sockets":[]}"""], "LOCAL s1", 3, "duplicate" },
        { "this node's own socket again", ["""{"requestId":"ID","sockets":[{"id":"LOCAL"},{"id":"s1"}]}""", """{"requestId":"ID","sockets":[]}"""], "LOCAL s1", 3, "" },
        { "one answer", ["""{"requestId":"ID","sockets":[{"id":"s1"}]}"""], "LOCAL s1", 2, "" },
        { "no answer", [], "LOCAL", 1, "" },
        { "an answer without sockets", ["""{"requestId":"ID"}""", """{"requestId":"ID","sockets":[{"id":"s2"}]}"""], "LOCAL s2", 2, "shape" },
        { "sockets that are no list", ["""{"requestId":"ID","sockets":{"id":"s1"}}""", """{"requestId":"ID","sockets":[{"id":"s2"}]}"""], "LOCAL s2", 2, "shape" },
        { "an answer too many", ["""{"requestId":"ID","sockets":[{"id":"s1"}]}""", """{"requestId":"ID","sockets":[{"id":"s2"}]}""", """{"requestId":"ID","sockets":[{"id":"s3"}]}"""], "LOCAL s1 s2", 3, "unawaited" },
        { "an answer to somebody else", ["""{"requestId":"other1","sockets":[{"id":"s1"}]}"""], "LOCAL", 1, "unawaited" },
        { "a malformed answer between good ones", ["""{"requestId":"ID","sockets":[{"id":"s1"}]}""", """{"requestId":"ID","sockets":[{"id":""", """{"requestId":"ID","sockets":[{"id":"s2"}]}"""], "LOCAL s1 s2", 3, "json" },
        { "entries that are no sockets", ["""{"requestId":"ID","sockets":[null,1,{"id":7},{},{"id":"s1","rooms":null,"handshake":5,"data":null}]}""", """{"requestId":"ID","sockets":[]}"""], "LOCAL s1", 3, "" },
    };

    [Theory]
    [MemberData(nameof(Fetches))]
    public async Task Sockets_are_fetched(string what, string[] answers, string sockets, int answered, string dropped)
    {
        var fetching = _node.Everyone.FetchSocketsAsync(Token);

        await AnswerAsync(answers);
        if (answered < 3)
        {
            Assert.False(fetching.IsCompleted, what);
            _time.Advance(RequestsTimeout);
        }

        var fetched = await fetching.WaitAsync(Patience, Token);
        Assert.Equal(sockets, string.Join(' ', fetched.Select(socket => socket.Id)));
        Assert.Equal((3, answered, 3 - answered), (fetched.ExpectedNodes, fetched.AnsweredNodes, fetched.MissingNodes));
        Assert.Equal(dropped, string.Join(' ', _node.Causes));
        var missing = Record.Exception(() => fetched.ThrowIfIncomplete());
        if (answered == 3) Assert.Null(missing);
        else Assert.Equal(("timeout reached while waiting for fetchSockets response", 3, answered), Details(missing));
    }

    [Fact]
    public async Task Answers_come_on_the_own_channel_too_and_in_MessagePack()
    {
        var fetching = _node.Everyone.FetchSocketsAsync(Token);
        var id = await RequestIdAsync();

        _node.Receive(Answers + Encoding.UTF8.GetString(_node.Uid) + "#", Encoding.UTF8.GetBytes($$"""{"requestId":"{{id}}","sockets":[{"id":"s1"}]}"""));
        _node.Receive(Answers, (byte[])[0x82, 0xA9, .. "requestId"u8, 0xA6, .. Encoding.UTF8.GetBytes(id), 0xA7, .. "sockets"u8, 0x91, 0x82, 0xA2, .. "id"u8, 0xA2, .. "s2"u8, 0xA4, .. "data"u8, 0xC4, 1, 9]);

        var fetched = await fetching.WaitAsync(Patience, Token);
        Assert.Equal(["LOCAL", "s1", "s2"], fetched.Select(socket => socket.Id.ToString()).Order());
        Assert.Equal(ArgumentKind.Bytes, fetched.Single(socket => socket.Id.ToString() == "s2").Data.Kind);
    }

    [Fact]
    public async Task A_fetch_can_be_cancelled_and_is_forgotten()
    {
        using var stop = new CancellationTokenSource();
        var fetching = _node.Everyone.FetchSocketsAsync(stop.Token);
        var id = await RequestIdAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching.WaitAsync(Patience, Token));
        _node.Receive(Answers, Encoding.UTF8.GetBytes($$"""{"requestId":"{{id}}","sockets":[]}"""));
        Assert.Equal(["unawaited"], _node.Causes);
    }

    [Fact]
    public async Task A_node_that_is_alone_asks_nobody()
    {
        _node.Bus.Nodes = 1;

        Assert.Equal(["LOCAL"], (await _node.Everyone.FetchSocketsAsync(Token)).ThrowIfIncomplete().Select(socket => socket.Id.ToString()));
        Assert.Equal(["LOCAL"], (await _node.Adapter.AllRoomsAsync(Token)).ThrowIfIncomplete());
        var result = await Servers.Vote().ToResultAsync();
        Assert.Equal((0, true), (result.Expected, result.IsComplete));
        Assert.Empty(_node.Bus.Published);
    }

    [Fact]
    public async Task Rooms_are_those_of_all_who_answered()
    {
        var complete = _node.Adapter.AllRoomsAsync(Token);
        await AnswerAsync("""{"requestId":"ID","rooms":["x","room1",42]}""", """{"requestId":"ID","rooms":["room1","y"]}""", """{"requestId":"ID","rooms":["z"]}""");
        Assert.Equal(["42", "LOCAL", "room1", "x", "y"], (await complete.WaitAsync(Patience, Token)).Order(StringComparer.Ordinal));

        _node.Bus.Forget();
        var partial = _node.Adapter.AllRoomsAsync(Token);
        await AnswerAsync("""{"requestId":"ID","rooms":["x"]}""", """{"requestId":"ID","rooms":["x"]}""", """{"requestId":"ID","rooms":"x"}""");
        _time.Advance(RequestsTimeout);
        var rooms = await partial.WaitAsync(Patience, Token);
        Assert.Equal(["LOCAL", "x"], rooms.Order(StringComparer.Ordinal));
        Assert.Equal(("timeout reached while waiting for allRooms response", 3, 2), Details(Record.Exception(() => rooms.ThrowIfIncomplete())));
    }

    /// <summary>What comes, what is answered, what the exception of the strict form says.</summary>
    public static TheoryData<string, string[], string, string> ServerAcks => new()
    {
        { "two answers", ["""{"type":6,"requestId":"ID","data":1}""", """{"type":6,"requestId":"ID","data":2}"""], "1 2", "" },
        { "one answer", ["""{"type":6,"requestId":"ID","data":1}"""], "1", "timeout reached: only 1 responses received out of 2" },
        { "no answer", [], "", "timeout reached: only 0 responses received out of 2" },
        { "two nodes with the same answer", ["""{"type":6,"requestId":"ID","data":1}""", """{"type":6,"requestId":"ID","data":1}"""], "1 1", "" },
        { "an answer without type and data", ["""{"requestId":"ID"}""", """{"type":6,"requestId":"ID","data":2}"""], "null 2", "" },
        { "an answer too many", ["""{"type":6,"requestId":"ID","data":1}""", """{"type":6,"requestId":"ID","data":2}""", """{"type":6,"requestId":"ID","data":3}"""], "1 2", "" },
    };

    [Theory]
    [MemberData(nameof(ServerAcks))]
    public async Task Servers_acknowledge(string what, string[] answers, string numbers, string message)
    {
        var acks = Servers.Vote();

        await AnswerAsync(answers);
        if (message.Length > 0) _time.Advance(RequestsTimeout);

        var result = await acks.ToResultAsync().WaitAsync(Patience, Token);
        Assert.Equal(numbers, string.Join(' ', result.Answers.Select(answer => answer?.ToString() ?? "null")));
        Assert.Equal((what, 2, message.Length == 0, 2 - result.Answers.Count), (what, result.Expected, result.IsComplete, result.MissingNodes));
        if (message.Length > 0) Assert.Equal(message, (await Assert.ThrowsAsync<AckException<int?>>(() => acks.ToListAsync())).Message);
    }

    /// <summary>What comes, what is answered beside the local client's 7, and whether that is all.</summary>
    public static TheoryData<string, string[], string, bool, int> ClientAcks => new()
    {
        { "counts 1 and 0, one ack", [Count(1), Count(0), Ack("5")], "5 7", true, 0 },
        { "ack before count", [Ack("5"), Count(1), Count(0)], "5 7", true, 0 },
        { "only one count", [Count(0)], "7", false, 1 },
        { "three counts", [Count(0), Count(0), Count(1)], "7", true, 0 },
        { "ack missing", [Count(1), Count(0)], "7", false, 0 },
        { "ack without packet", [Count(1), Count(0), """{"type":9,"requestId":"ID"}"""], "null 7", true, 0 },
        { "an odd count", [Count(1), """{"type":8,"requestId":"ID","clientCount":-1}""", """{"type":8,"requestId":"ID","clientCount":"2"}""", """{"type":8,"requestId":"ID","clientCount":1e9}""", """{"type":8,"requestId":"ID","clientCount":0.5}""", Count(0), Ack("5")], "5 7", true, 0 },
        { "an unknown type", ["""{"type":5,"requestId":"ID"}""", Count(0), Count(0)], "7", true, 0 },
    };

    [Theory]
    [MemberData(nameof(ClientAcks))]
    public async Task Clients_of_all_nodes_acknowledge(string what, string[] answers, string numbers, bool isComplete, int missingNodes)
    {
        var acks = new Broadcast<IQuizEvents>(_node.Adapter, BroadcastOptions.Everyone).WithTimeout(RequestsTimeout).Vote();

        await AnswerAsync(answers);
        _node["local"].Answer(Seven);
        if (!isComplete) _time.Advance(RequestsTimeout);

        var result = await acks.ToResultAsync().WaitAsync(Patience, Token);
        Assert.Equal(numbers, string.Join(' ', result.Answers.Select(answer => answer?.ToString() ?? "null").OrderBy(text => text == "7")));
        Assert.Equal((what, isComplete, missingNodes), (what, result.IsComplete, result.MissingNodes));
        if (!isComplete) Assert.Contains("operation has timed out", (await Assert.ThrowsAsync<AckException<int?>>(() => acks.ToListAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_fetched_client_is_awaited_and_no_node_that_does_not_have_it()
    {
        var fetching = _node.Everyone.FetchSocketsAsync(Token);
        await AnswerAsync("""{"requestId":"ID","sockets":[{"id":"s1"}]}""", """{"requestId":"ID","sockets":[]}""");
        var remote = (await fetching.WaitAsync(Patience, Token)).Single(socket => socket.Id.ToString() == "s1");
        _node.Bus.Forget();

        var answer = remote.Client<IQuizEvents>().WithTimeout(RequestsTimeout).Vote();
        await AnswerAsync(Count(1), Ack("5"));

        Assert.Equal(5, await answer.AsTask().WaitAsync(Patience, Token));
        Assert.Empty(_node["local"].Received);
    }

    [Fact]
    public async Task While_Redis_is_away_this_node_answers_for_itself_and_says_that_others_are_missing()
    {
        _node.Bus.IsAway = true;

        var fetched = await _node.Everyone.FetchSocketsAsync(Token);
        Assert.Equal(("LOCAL", false, 1), (fetched.Single().Id.ToString(), fetched.IsComplete, fetched.MissingNodes));
        Assert.False((await _node.Adapter.AllRoomsAsync(Token)).IsComplete);
        var servers = await Servers.Vote().ToResultAsync();
        Assert.Equal((0, false, 1), (servers.Answers.Count, servers.IsComplete, servers.MissingNodes));
        var acks = new Broadcast<IQuizEvents>(_node.Adapter, BroadcastOptions.Everyone).Vote();
        _node["local"].Answer(Seven);
        var clients = await acks.ToResultAsync();
        Assert.Equal((1, false, 1), (clients.Answers.Count, clients.IsComplete, clients.MissingNodes));
        Assert.Contains("the other nodes cannot be reached", (await Assert.ThrowsAsync<AckException<int?>>(() => acks.ToListAsync())).Message, StringComparison.Ordinal);
    }

    private Servers<IQuizEvents> Servers => new(_node.Adapter.Servers);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    private static string Count(int clients) => $$"""{"type":8,"requestId":"ID","clientCount":{{clients}}}""";

    private static string Ack(string packet) => $$"""{"type":9,"requestId":"ID","packet":{{packet}}}""";

    private static (string Message, int Expected, int Answered) Details(Exception? exception)
    {
        var missing = Assert.IsType<MissingNodesException>(exception);
        return (missing.Message, missing.ExpectedNodes, missing.AnsweredNodes);
    }

    private async Task<string> RequestIdAsync() => ResponseCodec.RequestIdOf((await _node.Bus.SeesAsync(_ => true, Patience)).Message)!;

    /// <summary>Answers the request that is under way; returns when everything has been looked at.</summary>
    private async Task AnswerAsync(params string[] answers)
    {
        var id = await RequestIdAsync();
        foreach (var answer in answers) _node.Receive(Answers, Encoding.UTF8.GetBytes(answer.Replace("\"ID\"", $"\"{id}\"", StringComparison.Ordinal)));
        _node.Receive("socket.io-request#/#", """{"uid":"t","requestId":"looked","type":0,"rooms":[]}"""u8.ToArray());
        await _node.Bus.SeesAsync(one => Encoding.UTF8.GetString(one.Message).StartsWith("""{"requestId":"looked""", StringComparison.Ordinal), Patience);
    }
}
