using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The recorded results of the JavaScript adapter for responses of other nodes, with the reason for each difference.</summary>
public sealed class RecordedBehaviorTests : IAsyncDisposable
{
    private const string S1 = """{"requestId":"ID","sockets":[{"id":"s1"}]}""";
    private const string S2 = """{"requestId":"ID","sockets":[{"id":"s2"}]}""";
    private const string FetchTimedOut = "timeout reached while waiting for fetchSockets response";
    private const string AckTimedOut = "operation has timed out";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RequestsTimeout = TimeSpan.FromMilliseconds(400);

    /// <summary>The recorded row, the responses, and the result here if it differs.</summary>
    private static readonly (string Row, string[] Responses, string? Ours)[] Cases =
    [
        ("fetchSockets, serverCount 3: two answers", [S1, S2], null),
        // Two responses of one node are not those of two nodes.
        ("fetchSockets, serverCount 3: same node answers twice", [S1, S1], $"LOCAL s1: {FetchTimedOut}"),
        ("fetchSockets, serverCount 3: one answer", [S1], $"LOCAL s1: {FetchTimedOut}"),
        // A response without sockets is not counted, in any order.
        ("fetchSockets, serverCount 3: answer without sockets first", ["""{"requestId":"ID"}""", S2], $"LOCAL s2: {FetchTimedOut}"),
        ("fetchSockets, serverCount 3: answer without sockets last", [S1, """{"requestId":"ID"}"""], $"LOCAL s1: {FetchTimedOut}"),
        ("fetchSockets, serverCount 3: three answers", [S1, S2, """{"requestId":"ID","sockets":[{"id":"s3"}]}"""], null),
        ("fetchSockets, serverCount 3: answers on the specific channel", ["own " + S1, "own " + S2], null),
        ("fetchSockets, serverCount 3: answer in msgpack", ["packed " + S1, """{"requestId":"ID","sockets":[]}"""], null),
        ("fetchSockets, serverCount 3: malformed answer then good ones", ["{\"requestId\":\"ID\",\"sock", S1, S2], null),
        ("fetchSockets, serverCount 3: socket details incomplete", [S1, """{"requestId":"ID","sockets":[]}"""], null),
        // An entry that is not a socket does not affect the other entries.
        ("fetchSockets, serverCount 3: socket entry null", ["""{"requestId":"ID","sockets":[null,{"id":"s1"}]}""", S2], "LOCAL s1 s2"),
        ("allRooms, serverCount 3: two answers",
            ["""{"requestId":"ID","rooms":["x","room1"]}""", """{"requestId":"ID","rooms":["room1","y"]}"""], null),
        ("serverSideEmit with ack, serverCount 3: two answers", [Servers("1"), Servers("2")], null),
        ("serverSideEmit with ack, serverCount 3: one answer", [Servers("1")], null),
        ("serverSideEmit with ack, serverCount 3: same node twice", [Servers("1"), Servers("1")], null),
        ("serverSideEmit with ack, serverCount 3: answer without type or data", ["""{"requestId":"ID"}""", Servers("2")], null),
        ("broadcast with ack, serverCount 3: counts 1+0, one ack", [Count(1), Count(0), Ack("\"g1\"")], null),
        ("broadcast with ack, serverCount 3: ack before count", [Ack("\"g1\""), Count(1), Count(0)], null),
        ("broadcast with ack, serverCount 3: only one count", [Count(0)], null),
        ("broadcast with ack, serverCount 3: three counts", [Count(0), Count(0), Count(1)], null),
        ("broadcast with ack, serverCount 3: ack missing", [Count(1), Count(0)], null),
        ("broadcast with ack, serverCount 3: ack as JSON", [Count(1), Count(0), Ack("\"json\"")], null),
        ("broadcast with ack, serverCount 3: count as msgpack", ["packed " + Count(1), Count(0), Ack("\"x\"")], null),
        ("broadcast with ack, serverCount 3: ack without packet", [Count(1), Count(0), """{"type":9,"requestId":"ID"}"""], null),
        ("broadcast with ack, serverCount 3: 2 servers, two counts from the other side", ["nodes 2", Count(0), Count(0)], null),
    ];

    /// <summary>The recorded row, its operation, the responses, and the result here if it differs.</summary>
    private static readonly (string Row, string Operation, string[] Responses, string? Ours)[] Texts =
    [
        ("serverSideEmit timeout", "serverSideEmit", ["nodes 2"], null),
        ("broadcast ack timeout", "broadcast to nobody", ["nodes 2"], null),
        ("serverSideEmit partial timeout", "serverSideEmit", [Servers("""{"answer":1}""")], null),
        ("fetchSockets timeout", "fetchSockets", ["nodes 2"], null),
        ("allRooms timeout", "allRooms", ["nodes 2"], null),
        ("serverSideEmit timeout (requestsTimeout 200)", "serverSideEmit", ["nodes 2"], null),
        ("single node fetchSockets", "fetchSockets", ["nodes 1"], "LOCAL"),
        ("single node serverSideEmitWithAck", "serverSideEmit", ["nodes 1"], "[]"),
    ];

    /// <summary>Error texts that do not occur here: local acks do not wait for other nodes, and every wait has a timeout.</summary>
    private static readonly string[] OtherTexts = ["io.local.timeout(500).emitWithAck on a 2-node cluster",
        "io.emit(ev, cb) without timeout()"];

    private readonly FakeTimeProvider _time = new();
    private readonly SingleNode _node;

    public RecordedBehaviorTests()
    {
        _node = new SingleNode(new RedisAdapterOptions { RequestsTimeout = RequestsTimeout }, "/", _time);
        _node.Add("local", new RecordingSocket { Id = SocketId.Of("LOCAL") }, "LOCAL");
        _node.Bus.Nodes = 3;
    }

    public static TheoryData<string> Rows => [.. Cases.Select(one => one.Row)];

    public static TheoryData<string> TextRows => [.. Texts.Select(one => one.Row)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Responses_have_the_recorded_results(string name)
    {
        var observed = Vector.Read("10-behaviours").Single(row => row.Name == name).Observed;
        var (_, responses, ours) = Cases.Single(one => one.Row == name);
        if (observed.TryGetProperty("rejected", out var rejected) && ours?.EndsWith(FetchTimedOut, StringComparison.Ordinal) == true)
            Assert.EndsWith(rejected.GetString()!, ours, StringComparison.Ordinal);

        Assert.Equal(ours ?? Recorded(observed), await OutcomeAsync(name[..name.IndexOf(',', StringComparison.Ordinal)], responses));
    }

    [Theory]
    [MemberData(nameof(TextRows))]
    public async Task Incomplete_results_have_the_recorded_messages(string name)
    {
        var observed = Vector.Read("10-error-texts").First(row => row.Name == name).Observed;
        var (_, operation, responses, ours) = Texts.Single(one => one.Row == name);

        var outcome = await OutcomeAsync(operation, responses);

        if (ours is not null) Assert.Equal(ours, outcome);
        else Assert.EndsWith(observed[0].GetString()!, outcome, StringComparison.Ordinal);
        if (ours is null && observed.GetArrayLength() > 1) Assert.StartsWith(observed[1].GetString()!, outcome, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_row_of_the_classic_adapter_is_compared_or_excluded_for_a_reason()
    {
        string[] elsewhere = ["classic, two nodes: ", "classic: serverCount of"];
        string[] other = ["sharded", "ioredis 5", "classic: commands at close", "classic: io.emit(ev, cb) without timeout()"];
        var rows = Vector.Read("10-behaviours").Select(row => row.Name).ToArray();

        Assert.Equal(Cases.Select(one => one.Row),
            rows.Where(row => !elsewhere.Concat(other).Any(start => row.StartsWith(start, StringComparison.Ordinal))));
        var texts = Vector.Read("10-error-texts").Select(row => row.Name)
            .Where(row => !row.StartsWith("sharded", StringComparison.Ordinal) && !row.StartsWith("streams", StringComparison.Ordinal));
        Assert.Equal(Texts.Select(one => one.Row).Concat(OtherTexts).Order(StringComparer.Ordinal), texts.Order(StringComparer.Ordinal));
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    private static string Servers(string data) => $$"""{"type":6,"requestId":"ID","data":{{data}}}""";

    private static string Count(int clients) => $$"""{"type":8,"requestId":"ID","clientCount":{{clients}}}""";

    private static string Ack(string packet) => $$"""{"type":9,"requestId":"ID","packet":{{packet}}}""";

    private static string Recorded(JsonElement observed)
    {
        if (observed.TryGetProperty("resolved", out var resolved))
            return string.Join(' ', resolved.EnumerateArray().Select(one => one.GetString()).Order(StringComparer.Ordinal));
        if (observed.TryGetProperty("rejected", out var rejected)) return rejected.GetString()!;
        var acks = observed.GetProperty("responses").GetRawText().Replace("\"<undefined>\"", "null", StringComparison.Ordinal);
        var error = observed.GetProperty("err").GetString();
        return error is null ? acks : $"{acks}: {error}";
    }

    /// <summary>Returns the result of an operation, followed by the message of the exception if it is incomplete.</summary>
    private async Task<string> OutcomeAsync(string operation, string[] responses)
    {
        if (responses[0].StartsWith("nodes", StringComparison.Ordinal)) _node.Bus.Nodes = responses[0][^1] - '0';
        responses = [.. responses.Where(response => !response.StartsWith("nodes", StringComparison.Ordinal))];
        switch (operation)
        {
            case "fetchSockets":
                var sockets = await RespondAsync(_node.Everyone.All.FetchSocketsAsync(Token), responses);
                return Outcome(
                    sockets.Select(socket => socket.Id.ToString()), Record.Exception(() => { _ = sockets.ThrowIfIncomplete(); }));
            case "allRooms":
                var rooms = await RespondAsync(_node.Adapter.AllRoomsAsync(Token), responses);
                return Outcome(rooms, Record.Exception(() => { _ = rooms.ThrowIfIncomplete(); }));
            case "serverSideEmit" or "serverSideEmit with ack":
                return await GatheredAsync(new Servers<AnyEvents>(_node.Adapter.Servers).EmitWithAck("q"), responses);
            case "broadcast to nobody":
                var empty = _node.EveryoneOf<AnyEvents>().To("nobody").WithTimeout(RequestsTimeout);
                return await GatheredAsync(empty.EmitWithAck("q"), responses);
            default:
                var acks = _node.EveryoneOf<AnyEvents>().All.WithTimeout(RequestsTimeout).EmitWithAck("q");
                _node["local"].Receive((byte[])[0xA5, .. "local"u8]);
                return await GatheredAsync(acks, responses);
        }
    }

    private static string Outcome(IEnumerable<string> found, Exception? incomplete)
    {
        var list = string.Join(' ', found.Order(StringComparer.Ordinal));
        return incomplete is null ? list : $"{list}: {incomplete.Message}";
    }

    private async Task<string> GatheredAsync(Acks<SocketArgument> acks, string[] responses)
    {
        var result = await RespondAsync(acks.ToResultAsync(), responses);
        var list = $"[{string.Join(',', result.Results.Select(answer => answer.ToJson()))}]";
        if (result.IsComplete) return list;
        var message = (await Assert.ThrowsAsync<AckException<SocketArgument>>(() => acks.ToListAsync())).Message;
        return $"{list}: {(message.Contains(AckTimedOut, StringComparison.Ordinal) ? AckTimedOut : message)}";
    }

    /// <summary>Sends the responses and then advances the time to the timeout.</summary>
    private async Task<T> RespondAsync<T>(Task<T> operation, string[] responses)
    {
        if (_node.Bus.Nodes > 1)
        {
            var id = PeerMessageFields.RequestIdOf((await _node.Bus.SeesAsync(_ => true, Patience)).Message, isInData: false)!;
            foreach (var response in responses) Receive(response.Replace("\"ID\"", $"\"{id}\"", StringComparison.Ordinal));
            _node.Receive("socket.io-request#/#", """{"uid":"t","requestId":"looked","type":0,"rooms":[]}"""u8.ToArray());
            await _node.Bus.SeesAsync(one => Encoding.UTF8.GetString(one.Message)
                .StartsWith("""{"requestId":"looked""", StringComparison.Ordinal), Patience);
            _time.Advance(RequestsTimeout);
        }

        return await operation.WaitAsync(Patience, Token);
    }

    private void Receive(string response)
    {
        var isOwn = response.StartsWith("own ", StringComparison.Ordinal);
        var isPacked = response.StartsWith("packed ", StringComparison.Ordinal);
        var json = Encoding.UTF8.GetBytes(response[(isOwn ? 4 : isPacked ? 7 : 0)..]);
        var message = isPacked ? JsonToMessagePack.Convert(json, Limits.Default) : json;
        _node.Receive(isOwn ? $"socket.io-response#/#{Encoding.UTF8.GetString(_node.Uid)}#" : "socket.io-response#/#", message);
    }
}
