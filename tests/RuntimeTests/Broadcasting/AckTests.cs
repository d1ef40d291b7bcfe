using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Broadcasting;

public class AckTests
{
    private static readonly byte[] Seven = [7];
    private static readonly byte[] Text = [0xA1, (byte)'x'];

    private readonly FakeTimeProvider _time = new();
    private readonly LocalAdapter _adapter;
    private readonly RecordingSocket[] _sockets = [new(), new(), new()];

    public AckTests()
    {
        _adapter = new LocalAdapterFactory(NullLoggerFactory.Instance, _time).CreateLocal("/quiz", JsonPackets.Default);
        foreach (var socket in _sockets) _adapter.Rooms.Join(socket.Membership, ["all"]);
    }

    private Broadcast<IQuizEvents> Quiz => new(_adapter, BroadcastOptions.Everyone);

    [Fact]
    public async Task Every_receiver_gets_one_packet_of_one_number_and_all_answers_come_back()
    {
        var acks = Quiz.To("all").Vote(5);
        var packet = Assert.Single(_sockets[0].Received);
        Assert.Matches("""^2/quiz,\d+\["vote",5,\[\]\]$""", packet);
        Assert.All(_sockets, socket => Assert.Equal([packet], socket.Received));
        var all = acks.ToListAsync();
        _sockets[1].Answer(Seven);
        _sockets[0].Answer(default);
        Assert.False(all.IsCompleted);
        _sockets[2].Answer(Seven);
        Assert.Equal([7, null, 7], await all);
        Assert.Equal([7, null, 7], await acks);
        Assert.Equal(3, (await acks.ToResultAsync()).Expected);
    }

    [Fact]
    public async Task At_the_deadline_what_came_is_kept_and_nobody_is_awaited_any_more()
    {
        var acks = Quiz.WithTimeout(TimeSpan.FromSeconds(1)).Vote();
        _sockets[0].Answer(Seven);
        _time.Advance(TimeSpan.FromSeconds(1));
        var missing = await Assert.ThrowsAsync<AckException<int?>>(async () => await acks);
        Assert.Equal((1, 3, 2, false), (missing.Result.Answers.Count, missing.Result.Expected, missing.Result.Missing, missing.Result.IsComplete));
        Assert.StartsWith("1 of 3 receivers acknowledged: operation has timed out", missing.Message, StringComparison.Ordinal);
        Assert.All(_sockets, socket => Assert.Empty(socket.PendingAcks));
        Assert.Equal([7], await acks.ToEnumeratedAsync());
    }

    [Fact]
    public async Task Without_a_timeout_ten_seconds_are_waited()
    {
        var result = Quiz.Vote().ToResultAsync();
        _time.Advance(TimeSpan.FromMilliseconds(9999));
        Assert.False(result.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, (await result).Missing);
    }

    [Fact]
    public async Task Enumerated_answers_come_one_by_one_and_from_the_first_each_time()
    {
        var acks = Quiz.Vote();
        await using var one = acks.GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var next = one.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        _sockets[0].Answer(Seven);
        Assert.True(await next);
        Assert.Equal(7, one.Current);
        next = one.MoveNextAsync().AsTask();
        _sockets[1].Answer(default);
        Assert.True(await next);
        Assert.Null(one.Current);
        next = one.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(await next);
        Assert.Equal([7, null], await acks.ToEnumeratedAsync());
    }

    [Fact]
    public async Task An_unreadable_answer_is_missing_and_the_exception_says_why()
    {
        var acks = Quiz.Vote();
        _sockets[0].Answer(Text);
        _sockets[1].Answer(Seven);
        _sockets[2].Answer(Seven);
        var missing = await Assert.ThrowsAsync<AckException<int?>>(async () => await acks);
        Assert.Equal((2, 1), (missing.Result.Answers.Count, missing.Result.Missing));
        Assert.IsType<EventDataException>(missing.InnerException);
        Assert.Contains("could not be read", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_that_is_gone_or_broken_is_missing_at_once()
    {
        _adapter.Rooms.Join(new RecordingSocket { IsGone = true }.Membership, ["odd"]);
        _adapter.Rooms.Join(new RecordingSocket { Broken = new InvalidOperationException() }.Membership, ["odd"]);
        var result = await Quiz.To("odd").Vote().ToResultAsync();
        Assert.Equal((2, 2, false), (result.Expected, result.Missing, result.IsComplete));
    }

    [Fact]
    public async Task A_cancelled_wait_ends_and_forgets()
    {
        using var stop = new CancellationTokenSource();
        var acks = Quiz.Ask("?", stop.Token);
        var reading = acks.ToEnumeratedAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await acks);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.All(_sockets, socket => Assert.Empty(socket.PendingAcks));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Quiz.Ask("?", stop.Token));
    }

    [Fact]
    public async Task Answers_may_come_before_the_number_of_receivers_is_known()
    {
        var acks = new AckCollector<int>(static (ref reader, _) => reader.ReadInt32(), CancellationToken.None);
        acks.AwaitCounts(2);
        acks.Start(_time, TimeSpan.FromSeconds(1));
        acks.Answer(Seven);
        acks.Answer(Seven);
        acks.Count(1);
        Assert.False(acks.AllAsync().IsCompleted);
        acks.Count(2);
        acks.Answer(Seven);
        acks.Answer(Seven);
        Assert.Equal([7, 7, 7], await acks.AllAsync());
    }

    [Fact]
    public async Task A_node_that_never_tells_its_number_leaves_the_result_incomplete()
    {
        var acks = new AckCollector<int>(static (ref reader, _) => reader.ReadInt32(), CancellationToken.None);
        acks.AwaitCounts(2);
        acks.Count(1);
        acks.Answer(Seven);
        acks.Start(_time, TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        var result = await acks.ResultAsync();
        Assert.Equal((1, 0, false), (result.Expected, result.Missing, result.IsComplete));
    }

    [Fact]
    public void Answers_from_many_threads_are_counted_once_each()
    {
        var acks = new AckCollector<int>(static (ref reader, _) => reader.ReadInt32(), CancellationToken.None);
        var ended = 0;
        acks.OnEnded(() => Interlocked.Increment(ref ended));
        acks.Count(1000);
        Parallel.For(0, 2000, _ => acks.Answer(Seven));
        Assert.Equal(1, ended);
        Assert.True(acks.AllAsync().IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(86_400_001)]
    public void A_timeout_no_timer_could_keep_is_refused(double milliseconds)
    {
        var timeout = TimeSpan.FromMilliseconds(milliseconds);
        Assert.Throws<ArgumentOutOfRangeException>(() => Quiz.WithTimeout(timeout));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SocketEventsRecorder().Client<IQuizEvents>().WithTimeout(timeout));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SocketEventsRecorder().Servers<IQuizEvents>().WithTimeout(timeout));
    }

    [Fact]
    public async Task Over_Redis_this_nodes_clients_alone_can_be_asked_and_an_emitter_can_ask_nobody()
    {
        await using var node = new SingleNode("/quiz", ("a", ["all"]));
        var quiz = node.EveryoneOf<IQuizEvents>();
        var acks = quiz.Local().Vote();
        node["a"].Answer(Seven);
        Assert.Equal([7], await acks);
        Assert.Empty(node.Bus.Published);
        var emitter = new RedisEmitter(new RecordingBus(), null);
        Assert.StartsWith("Acknowledgements are not supported", Assert.Throws<NotSupportedException>(() => emitter.Of<IQuizEvents>().Vote()).Message, StringComparison.Ordinal);
        Assert.StartsWith("Acknowledgements are not supported", Assert.Throws<NotSupportedException>(() => emitter.Servers<IQuizEvents>().Vote()).Message, StringComparison.Ordinal);
    }
}

/// <summary>Acknowledgements as a list of what enumerating gave.</summary>
internal static class AckReading
{
    public static async Task<List<T>> ToEnumeratedAsync<T>(this Acks<T> acks)
    {
        var all = new List<T>();
        await foreach (var answer in acks) all.Add(answer);
        return all;
    }
}
