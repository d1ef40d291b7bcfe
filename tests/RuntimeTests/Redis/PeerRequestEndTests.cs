using System.Text;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>How requests end: too late, cancelled, after very long, with nobody counted, with a Redis that goes away.</summary>
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

    /// <summary>Every operation that waits for answers, and an answer that would complete it.</summary>
    public static TheoryData<string, string> Operations => new()
    {
        { "sockets", """{"requestId":"ID","sockets":[{"id":"s1"}]}""" },
        { "rooms", """{"requestId":"ID","rooms":["a"]}""" },
        { "servers", """{"type":6,"requestId":"ID","data":1}""" },
        { "clients", """{"type":8,"requestId":"ID","clientCount":0}""" },
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_answer_in_the_last_moment_of_a_long_wait_completes_it(string operation, string answer)
    {
        var waiting = Ask(operation, TestContext.Current.CancellationToken);
        var id = await RequestIdAsync();

        _time.Advance(Day - TimeSpan.FromMilliseconds(1));
        Assert.False(waiting.IsCompleted);
        Answer(answer, id);

        Assert.Equal((0, true), await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Empty(_node.Causes);
        Answer(answer, id);
        Assert.Equal(["unawaited"], _node.Causes);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_answer_that_comes_too_late_counts_for_nothing(string operation, string answer)
    {
        var waiting = Ask(operation, TestContext.Current.CancellationToken);
        var id = await RequestIdAsync();

        _time.Advance(Day);

        Assert.Equal((1, false), await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Answer(answer, id);
        Assert.Equal(["unawaited"], _node.Causes);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_cancelled_wait_ends_at_once_and_is_forgotten(string operation, string answer)
    {
        using var stop = new CancellationTokenSource();
        var waiting = Ask(operation, stop.Token);
        var id = await RequestIdAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Answer(answer, id);
        Assert.Equal(["unawaited"], _node.Causes);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ask(operation, stop.Token).WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_node_that_is_not_even_counted_itself_is_alone(long counted)
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
    public async Task As_many_nodes_are_missing_as_there_were_when_Redis_went_away()
    {
        _node.Bus.Nodes = 5;
        await _node.Adapter.ServerCountAsync(CancellationToken.None);
        _node.Bus.IsAway = true;

        var fetched = await _node.Everyone.FetchSocketsAsync(CancellationToken.None);

        Assert.Equal((5, 1, "LOCAL"), (fetched.ExpectedNodes, fetched.AnsweredNodes, fetched.Single().Id.ToString()));
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    /// <returns>How many nodes or servers are missing, and whether all is there.</returns>
    private async Task<(int Missing, bool IsComplete)> Ask(string operation, CancellationToken stop)
    {
        switch (operation)
        {
            case "sockets":
                var sockets = await _node.Everyone.FetchSocketsAsync(stop);
                return (sockets.MissingNodes, sockets.IsComplete);
            case "rooms":
                var rooms = await _node.Adapter.AllRoomsAsync(stop);
                return (rooms.MissingNodes, rooms.IsComplete);
            case "servers":
                return Result(await Collect(acks => _node.Adapter.Servers.Ask(Events.Of("q"), Day, acks), stop).ResultAsync());
            default:
                var nobody = BroadcastOptions.Everyone with { Rooms = ["nobody"], Timeout = Day };
                return Result(await Collect(acks => _node.Adapter.Ask(Events.Of("q"), nobody, acks), stop).ResultAsync());
        }
    }

    private static AckCollector<int> Collect(Action<AckCollector<int>> ask, CancellationToken stop)
    {
        var acks = new AckCollector<int>(static (ref reader, _) => reader.ReadInt32(), stop);
        ask(acks);
        return acks;
    }

    // The count of an expected server that did not answer is told as one missing node, too.
    private static (int Missing, bool IsComplete) Result(AckResult<int> result) => (Math.Max(result.MissingNodes, result.Missing), result.IsComplete);

    private async Task<string> RequestIdAsync() => ResponseCodec.RequestIdOf((await _node.Bus.SeesAsync(_ => true, Patience)).Message)!;

    private void Answer(string answer, string id) =>
        _node.Receive("socket.io-response#/#", Encoding.UTF8.GetBytes(answer.Replace("\"ID\"", $"\"{id}\"", StringComparison.Ordinal)));
}
