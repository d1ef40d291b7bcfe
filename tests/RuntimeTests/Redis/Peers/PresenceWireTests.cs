using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The messages that count sockets and users, and their bounds, on both wires.</summary>
public sealed class PresenceWireTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RequestsTimeout = TimeSpan.FromMilliseconds(400);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// The responses of two nodes, the users, the numbers of sockets and anonymous ones, a value indicating whether the result is
    /// complete, the number of missing nodes, and the drop reasons.
    /// </summary>
    public static TheoryData<string[], string, int, int, bool, int, string> Responses => new()
    {
        { [Counts("n1", 2, 1, "7"), Counts("n2", 3, 1, "7", "8")], "1 7 8", 7, 3, true, 0, "" },
        { [Counts("n1", 0, 0), Counts("n2", 0, 0)], "1", 2, 1, true, 0, "" },
        { [Counts("n1", 0, 0), """{"requestId":"ID","sockets":[]}"""], "1", 2, 1, true, 0, "" },
        { [Counts("n1", 1, 0, "7"), """{"requestId":"ID","sockets":[{"id":"s1","rooms":["s1","room","user:9"]},{"id":"s2","rooms":[]}]}"""],
            "1 7 9", 5, 2, true, 0, "" },
        { [Counts("n1", 1, 0, "7"), Counts("n1", 1, 0, "7")], "1 7", 3, 1, false, 1, "duplicate" },
        { ["""{"requestId":"ID","sockets":[{"id":"s1"}]}""", """{"requestId":"ID","sockets":[{"id":"s1"}]}"""], "1", 3, 2, false, 1,
            "duplicate" },
        { ["""{"requestId":"ID","presence":{"node":"n1","sockets":9,"anonymous":1,"users":["7"],"truncated":true}}""",
            Counts("n2", 0, 0)], "1 7", 11, 2, false, 0, "" },
        { [Counts("n1", 1, 2)], "1", 2, 1, false, 2, "shape" },
        { [Counts("n1", 1, 0, "7", "8")], "1", 2, 1, false, 2, "shape" },
        { [Counts("n1", -1, 0)], "1", 2, 1, false, 2, "shape" },
        { ["""{"requestId":"ID","presence":{"node":"n1","sockets":1.5,"anonymous":0,"users":[]}}"""], "1", 2, 1, false, 2, "shape" },
        { ["""{"requestId":"ID","presence":{"sockets":1,"anonymous":0,"users":[]}}"""], "1", 2, 1, false, 2, "shape" },
        { ["""{"requestId":"ID","presence":{"node":"n1","sockets":1,"anonymous":0,"users":7}}"""], "1", 2, 1, false, 2, "shape" },
        { ["""{"requestId":"ID","presence":{"node":"n1","sockets":1,"anonymous":0,"users":[""]}}"""], "1", 2, 1, false, 2, "shape" },
        { ["""{"requestId":"ID","presence":[]}"""], "1", 2, 1, false, 2, "shape" },
        { ["""{"requestId":"ID"}"""], "1", 2, 1, false, 2, "shape" },
        { [], "1", 2, 1, false, 2, "" },
    };

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task Counts_and_sockets_of_other_nodes_are_added(
        string[] responses, string users, int sockets, int anonymous, bool isComplete, int missing, string dropped)
    {
        var time = new FakeTimeProvider();
        await using var node = new SingleNode(new RedisAdapterOptions { RequestsTimeout = RequestsTimeout }, "/", time,
            ("a", ["a", "room", "user:1"]), ("b", ["b", "room"]), ("c", ["c", "user:2"]));
        node.Bus.Nodes = 3;
        var counting = node.Adapter.CountAsync(new PresenceRequest("room", "user:"), Token);

        var id = PeerMessageFields.RequestIdOf((await RequestAsync(node)).Message, isInData: false)!;
        foreach (var response in responses)
            node.Receive("socket.io-response#/#", Encoding.UTF8.GetBytes(response.Replace("ID", id, StringComparison.Ordinal)));

        // Responses are read elsewhere, one after the other.
        await Eventually.TrueAsync(() => dropped.Length == 0 || node.Reasons.Count > 0, () => "no message was dropped");
        if (missing > 0)
        {
            Assert.False(counting.IsCompleted);
            time.Advance(RequestsTimeout);
        }

        var presence = await counting.WaitAsync(Patience, Token);
        Assert.Equal(users, string.Join(' ', presence.UserIds.Order(StringComparer.Ordinal)));
        Assert.Equal((sockets, anonymous), (presence.Sockets, presence.Anonymous));
        Assert.Equal((isComplete, missing, 3), (presence.IsComplete, presence.MissingNodes, presence.ExpectedNodes));
        Assert.Equal(dropped, string.Join(' ', node.Reasons));
    }

    [Fact]
    public async Task The_first_socket_completes_a_request_that_ends_at_the_first()
    {
        await using var node = new SingleNode(new RedisAdapterOptions(), "/", new FakeTimeProvider(), ("a", ["a", "here"]));
        node.Bus.Nodes = 3;

        Assert.Equal(1, (await node.Adapter.CountAsync(new PresenceRequest("here", "") { EndsAtFirst = true }, Token)).Sockets);
        Assert.Empty(node.Bus.Published);

        var counting = node.Adapter.CountAsync(new PresenceRequest("room", "") { EndsAtFirst = true }, Token);
        var id = PeerMessageFields.RequestIdOf((await RequestAsync(node)).Message, isInData: false)!;
        node.Receive("socket.io-response#/#", Encoding.UTF8.GetBytes($$"""{"requestId":"{{id}}","sockets":[{"id":"s1"}]}"""));

        Assert.Equal(1, (await counting.WaitAsync(Patience, Token)).Sockets);
        Assert.Empty(node.Log.Ids);
    }

    [Fact]
    public async Task Without_a_connection_the_counts_of_this_node_are_the_result()
    {
        await using var node = new SingleNode("/", ("a", ["a", "room"]));
        node.Bus.IsDisconnected = true;

        var presence = await node.Adapter.CountAsync(new PresenceRequest("room", "user:"), Token);

        Assert.Equal((1, 1, false), (presence.Sockets, presence.Anonymous, presence.IsComplete));
        Assert.Equal(1, presence.MissingNodes);
    }

    [Theory]
    [InlineData(false, """{"uid":"UID","requestId":"ID","type":5,"opts":{"rooms":["room"],"except":[]},"presence":"user:"}""")]
    [InlineData(true, """{"type":7,"data":{"opts":{"rooms":["room"],"except":[],"flags":{}},"requestId":"ID","presence":"user:"},"uid":"UID","nsp":"/"}""")]
    public async Task A_request_for_counts_is_the_one_for_sockets_with_one_member_more(bool isSharded, string expected)
    {
        await using var node = new SingleNode(Options(isSharded), "/");
        node.Bus.Nodes = 2;

        _ = node.Adapter.CountAsync(new PresenceRequest("room", "user:"), Token);

        Assert.Equal(expected, Text(node, (await RequestAsync(node)).Message, isSharded));
    }

    [Theory]
    [InlineData(false, """{"uid":"UID","requestId":"ID","type":5,"opts":{"rooms":["room"],"except":[]},"presence":"","everywhere":true}""",
        """{"uid":"UID","type":4,"opts":{"rooms":["room"],"except":[]},"close":true,"everywhere":true}""")]
    [InlineData(true, """{"type":7,"data":{"opts":{"rooms":["room"],"except":[],"flags":{}},"requestId":"ID","presence":"","everywhere":true},"uid":"UID","nsp":"/"}""",
        """{"type":6,"data":{"opts":{"rooms":["room"],"except":[],"flags":{}},"close":true,"everywhere":true},"uid":"UID","nsp":"/"}""")]
    public async Task A_request_for_all_namespaces_has_one_member_more(bool isSharded, string counts, string disconnects)
    {
        await using var node = new SingleNode(Options(isSharded), "/");
        node.Bus.Nodes = 2;

        await node.Adapter.DisconnectEverywhereAsync("room", close: true, Token);
        Assert.Equal(disconnects, Text(node, (await RequestAsync(node)).Message, isSharded));
        node.Bus.Forget();
        _ = node.Adapter.CountAsync(new PresenceRequest("room", "") { IsEverywhere = true }, Token);

        Assert.Equal(counts, Text(node, (await RequestAsync(node)).Message, isSharded));
    }

    [Theory]
    [InlineData(false, """{"uid":"other","requestId":"1","type":5,"opts":{"rooms":["room"],"except":[]},"presence":"user:"}""",
        """{"requestId":"1","presence":{"node":"UID","sockets":3,"anonymous":1,"users":["1","2"]}}""")]
    [InlineData(true, """{"type":7,"data":{"opts":{"rooms":["room"],"except":[],"flags":{}},"requestId":"1","presence":"user:"},"uid":"other","nsp":"/"}""",
        """{"type":8,"data":{"requestId":"1","presence":{"node":"UID","sockets":3,"anonymous":1,"users":["1","2"]}},"uid":"UID","nsp":"/"}""")]
    public async Task A_response_with_counts_is_written(bool isSharded, string request, string expected)
    {
        await using var node = new SingleNode(Options(isSharded), "/", ("a", ["a", "user:1", "room"]), ("b", ["b", "room"]),
            ("c", ["c", "room", "x", "user:2"]), ("d", ["d", "user:3"]));

        node.Receive(isSharded ? "socket.io#/#" : "socket.io-request#/#", Encoding.UTF8.GetBytes(request));

        var (channel, message) = await RequestAsync(node);
        Assert.Equal(isSharded ? "socket.io#/#other#" : "socket.io-response#/#", channel);
        Assert.Equal(expected, Text(node, message, isSharded));
    }

    [Theory]
    [InlineData("5", "sockets")]
    [InlineData("null", "sockets")]
    [InlineData("{}", "sockets")]
    [InlineData("\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"", "sockets")]
    [InlineData("\"\"", "presence")]
    [InlineData("\"u:\"", "presence")]
    public async Task A_request_with_an_invalid_prefix_is_one_for_sockets(string prefix, string member)
    {
        await using var node = new SingleNode("/", ("a", ["a", "room"]));

        node.Receive("socket.io-request#/#", Encoding.UTF8.GetBytes(
            $$$"""{"uid":"other","requestId":"1","type":5,"opts":{"rooms":["room"]},"presence":{{{prefix}}}}"""));

        using var response = JsonDocument.Parse((await RequestAsync(node)).Message);
        Assert.Equal(["requestId", member], response.RootElement.EnumerateObject().Select(one => one.Name));
    }

    [Fact]
    public async Task A_response_has_as_many_users_as_fit_into_a_message()
    {
        await using var node = new SingleNode(new RedisAdapterOptions { MaxMessageSize = 1024 }, "/");
        for (var i = 0; i < 300; i++) node.Add($"{i}", new RecordingSocket(), $"{i}", "room", $"user:{i:D8}");

        node.Receive("socket.io-request#/#",
            """{"uid":"other","requestId":"1","type":5,"opts":{"rooms":["room"]},"presence":"user:"}"""u8.ToArray());

        var (_, message) = await RequestAsync(node);
        using var response = JsonDocument.Parse(message);
        var presence = response.RootElement.GetProperty("presence");
        Assert.InRange(message.Length, 512, 1024);
        Assert.Equal((300, 0, true), (presence.GetProperty("sockets").GetInt32(), presence.GetProperty("anonymous").GetInt32(),
            presence.GetProperty("truncated").GetBoolean()));
        Assert.InRange(presence.GetProperty("users").GetArrayLength(), 32, 100);
    }

    [Theory]
    [InlineData(RedisControlRequests.All, true)]
    [InlineData(RedisControlRequests.Nodes, true)]
    [InlineData(RedisControlRequests.Emitters, false)]
    public async Task A_request_for_all_namespaces_reaches_those_that_only_the_other_node_has(RedisControlRequests accepted, bool reaches)
    {
        var hub = new LoopbackHub();
        await using var here = Factory(hub, RedisControlRequests.All);
        await using var there = Factory(hub, accepted);
        await using var main = here.Create("/", JsonPacketFormat.Default);
        await using var thereMain = there.Create("/", JsonPacketFormat.Default);
        await using var chat = there.Create("/chat", JsonPacketFormat.Default);
        await using var ended = there.Create("/ended", JsonPacketFormat.Default);
        var (one, two) = (new RecordingSocket(), new RecordingSocket());
        await chat.JoinAsync(one, RoomOf("42"), Token);
        await thereMain.JoinAsync(two, RoomOf("43"), Token);
        await ended.JoinAsync(new RecordingSocket(), RoomOf("42"), Token);
        await ended.DisposeAsync();

        Assert.Equal(1, (await main.CountAsync(new PresenceRequest("user:42", "") { IsEverywhere = true }, Token)).Sockets);
        Assert.Equal(0, (await main.CountAsync(new PresenceRequest("user:42", ""), Token)).Sockets);
        await main.DisconnectEverywhereAsync("user:42", close: true, Token);

        // The node responds to this request after it has handled the one before.
        Assert.Equal(1, (await main.CountAsync(new PresenceRequest("user:43", ""), Token)).Sockets);
        Assert.Equal(reaches ? true : null, one.Disconnected);
        Assert.Null(two.Disconnected);
    }

    private static RedisAdapterFactory Factory(LoopbackHub hub, RedisControlRequests accepted) => new(
        new RedisAdapterOptions { AcceptControlRequests = accepted }, hub.CreateBus(), new RedisMetrics(), NullLoggerFactory.Instance,
        new FakeTimeProvider());

    private static RedisNodeOptions Options(bool isSharded) =>
        isSharded ? new ShardedRedisAdapterOptions { ChannelPrefix = "socket.io" } : new RedisAdapterOptions();

    private static string Counts(string node, int sockets, int anonymous, params string[] users) =>
        $$$"""{"requestId":"ID","presence":{"node":"{{{node}}}","sockets":{{{sockets}}},"anonymous":{{{anonymous}}},"users":{{{JsonSerializer.Serialize(users)}}}}}""";

    private static Task<(string Channel, byte[] Message)> RequestAsync(SingleNode node) => node.Bus.SeesAsync(_ => true, Patience);

    /// <summary>Returns a message with the names of the node and of the request replaced.</summary>
    private static string Text(SingleNode node, byte[] message, bool isSharded)
    {
        var text = Encoding.UTF8.GetString(message).Replace(Encoding.UTF8.GetString(node.Uid), "UID", StringComparison.Ordinal);
        return PeerMessageFields.RequestIdOf(message, isSharded) is { Length: > 1 } id
            ? text.Replace(id, "ID", StringComparison.Ordinal)
            : text;
    }

    // As authentication joins it; the rooms of users are reserved for all other code.
    private static ImmutableArray<string> RoomOf(string userId) => [UserRooms.DefaultPrefix + userId];
}
