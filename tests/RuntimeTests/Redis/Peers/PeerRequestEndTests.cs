using System.Text;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The completion of requests: late responses, cancellation, long timeouts, failed counts of nodes and lost connections.</summary>
public sealed class PeerRequestEndTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly FakeTimeProvider _time = new();
    private readonly SingleNode _node;

    public PeerRequestEndTests()
    {
        _node = new SingleNode(new RedisAdapterOptions { RequestsTimeout = Day }, "/", _time);
        _node.Add("local", new RecordingSocket { Id = SocketId.Of("LOCAL") }, "LOCAL");
        _node.Bus.Nodes = 2;
    }

    /// <summary>Each operation that waits for responses, with a response that completes it.</summary>
    public static TheoryData<string, string> Operations => new()
    {
        { "sockets", """{"requestId":"ID","sockets":[{"id":"s1"}]}""" },
        { "rooms", """{"requestId":"ID","rooms":["a"]}""" },
        { "servers", """{"type":6,"requestId":"ID","data":1}""" },
        { "clients", """{"type":8,"requestId":"ID","clientCount":0}""" },
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_response_just_before_a_long_timeout_completes_the_request(string operation, string response)
    {
        var waiting = Ask(operation, TestContext.Current.CancellationToken);
        var id = await RequestIdAsync();

        _time.Advance(Day - TimeSpan.FromMilliseconds(1));
        Assert.False(waiting.IsCompleted);
        Respond(response, id);

        Assert.Equal((0, true), await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Empty(_node.Reasons);
        Respond(response, id);
        Assert.Equal(["unawaited"], _node.Reasons);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_response_after_the_timeout_is_dropped(string operation, string response)
    {
        var waiting = Ask(operation, TestContext.Current.CancellationToken);
        var id = await RequestIdAsync();

        _time.Advance(Day);

        Assert.Equal((1, false), await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Respond(response, id);
        Assert.Equal(["unawaited"], _node.Reasons);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_canceled_request_ends_immediately_and_drops_later_responses(string operation, string response)
    {
        using var stop = new CancellationTokenSource();
        var waiting = Ask(operation, stop.Token);
        var id = await RequestIdAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Respond(response, id);
        Assert.Equal(["unawaited"], _node.Reasons);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ask(operation, stop.Token)
            .WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("sockets", """{"requestId":"ID","sockets":[{"id":"s1"}]}""", """{"requestId":"ID","sockets":[{"id":"s2"}]}""")]
    [InlineData("rooms", """{"requestId":"ID","rooms":["a"]}""", """{"requestId":"ID","rooms":["b"]}""")]
    public async Task A_request_is_repeated_to_the_nodes_that_remain_when_one_leaves(string operation, string leaving, string remaining)
    {
        _node.Bus.Nodes = 3;
        var waiting = Ask(operation, TestContext.Current.CancellationToken);
        var id = await RequestIdAsync();
        Respond(leaving, id);

        _node.Bus.Forget();
        await CountedAgainAsync();
        Assert.Empty(_node.Bus.Published);
        _node.Bus.Nodes = 2;
        await CountedAgainAsync();
        var repeated = await RequestIdAsync();
        Assert.NotEqual(id, repeated);
        Respond(remaining, id);
        Assert.False(waiting.IsCompleted);
        Respond(remaining, repeated);

        Assert.Equal((1, false), await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal("unawaited", Assert.Single(_node.Reasons.Distinct()));
    }

    [Fact]
    public async Task A_node_that_starts_before_the_request_is_sent_is_waited_for()
    {
        _node.Bus.Publishing = () => _node.Bus.Nodes = 3;
        var waiting = Ask("sockets", TestContext.Current.CancellationToken);
        var id = await RequestIdAsync();

        // The node that has just started responds first, and is not taken for the other one.
        Respond("""{"requestId":"ID","sockets":[{"id":"s3"}]}""", id);
        await _node.Bus.SeesAsync(_ => _node.Bus.Published.Count == 2, Patience);
        var repeated = PeerMessageFields.RequestIdOf(_node.Bus.Published[1].Message, isInData: false)!;
        Respond("""{"requestId":"ID","sockets":[{"id":"s3"}]}""", repeated);
        Respond("""{"requestId":"ID","sockets":[{"id":"s2"}]}""", repeated);

        Assert.Equal((0, true), await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_request_is_sent_five_times_at_most_while_nodes_come_and_go()
    {
        _node.Bus.Publishing = () => _node.Bus.Nodes++;

        var fetched = await _node.Everyone.All.FetchSocketsAsync(TestContext.Current.CancellationToken)
            .WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(5, _node.Bus.Published.Count);
        Assert.Equal((6, 1), (fetched.ExpectedNodes, fetched.RespondedNodes));
    }

    [Fact]
    public async Task A_request_ends_when_no_other_node_remains()
    {
        var waiting = _node.Everyone.All.FetchSocketsAsync(TestContext.Current.CancellationToken);
        await RequestIdAsync();

        _node.Bus.Nodes = 1;
        await CountedAgainAsync();

        var fetched = await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal((2, 1, "LOCAL"), (fetched.ExpectedNodes, fetched.RespondedNodes, fetched.Single().Id.ToString()));
    }

    [Fact]
    public async Task A_node_that_leaves_before_the_request_is_sent_is_not_missing()
    {
        _node.Bus.Nodes = 3;
        _node.Bus.Publishing = () => _node.Bus.Nodes = 2;
        var waiting = Ask("sockets", TestContext.Current.CancellationToken);
        await _node.Bus.SeesAsync(_ => _node.Bus.Published.Count == 2, Patience);
        var repeated = PeerMessageFields.RequestIdOf(_node.Bus.Published[1].Message, isInData: false)!;
        Respond("""{"requestId":"ID","sockets":[{"id":"s2"}]}""", repeated);

        Assert.Equal((0, true), await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_node_without_counted_peers_waits_for_no_responses(long counted)
    {
        _node.Bus.Nodes = counted;

        foreach (var operation in new[] { "sockets", "rooms", "servers", "clients" })
        {
            var waiting = Ask(operation, TestContext.Current.CancellationToken);
            Assert.Equal((operation, (0, true)), (operation, await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken)));
        }

        Assert.Equal(1, await _node.Adapter.ServerCountAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Without_a_connection_the_last_counted_nodes_are_reported_as_missing()
    {
        _node.Bus.Nodes = 5;
        await _node.Adapter.ServerCountAsync(CancellationToken.None);
        _node.Bus.IsDisconnected = true;

        var fetched = await _node.Everyone.All.FetchSocketsAsync(CancellationToken.None);

        Assert.Equal((5, 1, "LOCAL"), (fetched.ExpectedNodes, fetched.RespondedNodes, fetched.Single().Id.ToString()));
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    /// <summary>Runs an operation and returns the number of missing nodes or servers and a value indicating completeness.</summary>
    private async Task<(int Missing, bool IsComplete)> Ask(string operation, CancellationToken stop)
    {
        switch (operation)
        {
            case "sockets":
                var sockets = await _node.Everyone.All.FetchSocketsAsync(stop);
                return (sockets.MissingNodes, sockets.IsComplete);
            case "rooms":
                var rooms = await _node.Adapter.AllRoomsAsync(stop);
                return (rooms.MissingNodes, rooms.IsComplete);
            case "servers":
                return Result(await Collect(acks => _node.Adapter.Servers.SendWithAck(Events.Of("q"), Day, acks), stop).ResultAsync());
            default:
                var noClients = BroadcastOptions.Everyone with { Rooms = ["nobody"], Timeout = Day };
                return Result(await Collect(acks => _node.Adapter.SendWithAck(Events.Of("q"), noClients, acks), stop).ResultAsync());
        }
    }

    private static AckCollector<int> Collect(Action<AckCollector<int>> ask, CancellationToken stop)
    {
        var acks = new AckCollector<int>(static (ref reader, _) => reader.ReadInt32(), stop);
        ask(acks);
        return acks;
    }

    // An expected server without a response counts as one missing node.
    private static (int Missing, bool IsComplete) Result(AckResult<int> result) =>
        (Math.Max(result.MissingNodes, result.Missing), result.IsComplete);

    private async Task<string> RequestIdAsync() =>
        PeerMessageFields.RequestIdOf((await _node.Bus.SeesAsync(_ => true, Patience)).Message, isInData: false)!;

    /// <summary>Lets time pass until the nodes have been counted once more.</summary>
    private Task CountedAgainAsync()
    {
        var before = _node.Bus.Counts;
        return Eventually.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return _node.Bus.Counts > before;
            },
            () => $"{before} counts");
    }

    private void Respond(string response, string id) =>
        _node.Receive("socket.io-response#/#", Encoding.UTF8.GetBytes(response.Replace("\"ID\"", $"\"{id}\"", StringComparison.Ordinal)));
}
