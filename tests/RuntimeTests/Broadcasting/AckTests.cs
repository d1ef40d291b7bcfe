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
        _adapter = new LocalAdapterFactory(NullLoggerFactory.Instance, _time).CreateLocal("/quiz", JsonPacketFormat.Default);
        foreach (var socket in _sockets) _adapter.Rooms.Join(socket.Membership, ["all"]);
    }

    private IEmitter<IQuizEvents> Quiz => Emitters.Over<IQuizEvents>(_adapter);

    [Fact]
    public async Task All_receivers_get_the_same_packet_and_all_acks_are_collected()
    {
        var acks = Quiz.To("all").Vote(5);
        var packet = Assert.Single(_sockets[0].Received);
        Assert.Matches("""^2/quiz,\d+\["vote",5,\[\]\]$""", packet);
        Assert.All(_sockets, socket => Assert.Equal([packet], socket.Received));
        var all = acks.ToListAsync();
        _sockets[1].Receive(Seven);
        _sockets[0].Receive(default);
        Assert.False(all.IsCompleted);
        _sockets[2].Receive(Seven);
        Assert.Equal([7, null, 7], await all);
        Assert.Equal([7, null, 7], await acks);
        Assert.Equal(3, (await acks.ToResultAsync()).Expected);
    }

    [Fact]
    public async Task The_timeout_keeps_received_acks_and_ends_the_wait_for_others()
    {
        var acks = Quiz.All.WithTimeout(TimeSpan.FromSeconds(1)).Vote();
        _sockets[0].Receive(Seven);
        _time.Advance(TimeSpan.FromSeconds(1));
        var missing = await Assert.ThrowsAsync<AckException<int?>>(async () => await acks);
        Assert.Equal((1, 3, 2, false),
            (missing.Result.Results.Count, missing.Result.Expected, missing.Result.Missing, missing.Result.IsComplete));
        Assert.StartsWith("1 of 3 receivers acknowledged: operation has timed out", missing.Message, StringComparison.Ordinal);
        Assert.All(_sockets, socket => Assert.Empty(socket.PendingAcks));
        Assert.Equal([7], await acks.ToEnumeratedAsync());
    }

    [Fact]
    public async Task The_default_timeout_is_ten_seconds()
    {
        var result = Quiz.All.Vote().ToResultAsync();
        _time.Advance(TimeSpan.FromMilliseconds(9999));
        Assert.False(result.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, (await result).Missing);
    }

    [Fact]
    public async Task Acks_are_enumerated_as_they_arrive_and_from_the_first_each_time()
    {
        var acks = Quiz.All.Vote();
        await using var one = acks.GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var next = one.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        _sockets[0].Receive(Seven);
        Assert.True(await next);
        Assert.Equal(7, one.Current);
        next = one.MoveNextAsync().AsTask();
        _sockets[1].Receive(default);
        Assert.True(await next);
        Assert.Null(one.Current);
        next = one.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(await next);
        Assert.Equal([7, null], await acks.ToEnumeratedAsync());
    }

    [Fact]
    public async Task An_unreadable_ack_is_missing_and_the_exception_has_the_reason()
    {
        var acks = Quiz.All.Vote();
        _sockets[0].Receive(Text);
        _sockets[1].Receive(Seven);
        _sockets[2].Receive(Seven);
        var missing = await Assert.ThrowsAsync<AckException<int?>>(async () => await acks);
        Assert.Equal((2, 1), (missing.Result.Results.Count, missing.Result.Missing));
        Assert.IsType<EventDataException>(missing.InnerException);
        Assert.Contains("could not be read", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_or_failing_socket_is_missing_immediately()
    {
        _adapter.Rooms.Join(new RecordingSocket { IsClosed = true }.Membership, ["odd"]);
        _adapter.Rooms.Join(new RecordingSocket { Broken = new InvalidOperationException() }.Membership, ["odd"]);
        var result = await Quiz.To("odd").Vote().ToResultAsync();
        Assert.Equal((2, 2, false), (result.Expected, result.Missing, result.IsComplete));
    }

    [Fact]
    public async Task A_canceled_wait_ends_and_removes_the_pending_acks()
    {
        using var stop = new CancellationTokenSource();
        var acks = Quiz.All.Ask("?", stop.Token);
        var reading = acks.ToEnumeratedAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await acks);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.All(_sockets, socket => Assert.Empty(socket.PendingAcks));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Quiz.All.Ask("?", stop.Token));
    }

    [Fact]
    public async Task Acks_can_arrive_before_the_number_of_receivers_is_known()
    {
        var acks = new AckCollector<int>(static (ref reader, _) => reader.ReadInt32(), CancellationToken.None);
        acks.AwaitCounts(2);
        acks.Start(_time, TimeSpan.FromSeconds(1));
        acks.Receive(Seven);
        acks.Receive(Seven);
        acks.Count(1);
        Assert.False(acks.AllAsync().IsCompleted);
        acks.Count(2);
        acks.Receive(Seven);
        acks.Receive(Seven);
        Assert.Equal([7, 7, 7], await acks.AllAsync());
    }

    [Fact]
    public async Task A_result_without_the_client_count_of_a_node_is_incomplete()
    {
        var acks = new AckCollector<int>(static (ref reader, _) => reader.ReadInt32(), CancellationToken.None);
        acks.AwaitCounts(2);
        acks.Count(1);
        acks.Receive(Seven);
        acks.Start(_time, TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        var result = await acks.ResultAsync();
        Assert.Equal((1, 0, false), (result.Expected, result.Missing, result.IsComplete));
    }

    [Fact]
    public void Acks_from_many_threads_are_counted_once_each()
    {
        var acks = new AckCollector<int>(static (ref reader, _) => reader.ReadInt32(), CancellationToken.None);
        var ended = 0;
        acks.OnEnded(() => Interlocked.Increment(ref ended));
        acks.Count(1000);
        Parallel.For(0, 2000, _ => acks.Receive(Seven));
        Assert.Equal(1, ended);
        Assert.True(acks.AllAsync().IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(86_400_001)]
    public void An_invalid_timeout_is_rejected(double milliseconds)
    {
        var timeout = TimeSpan.FromMilliseconds(milliseconds);
        Assert.Throws<ArgumentOutOfRangeException>(() => Quiz.All.WithTimeout(timeout));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SocketEventsRecorder().Client<IQuizEvents>().WithTimeout(timeout));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SocketEventsRecorder().Servers<IQuizServerEvents>().WithTimeout(timeout));
    }

    [Fact]
    public async Task A_local_chain_supports_acks()
    {
        await using var node = new SingleNode("/quiz", ("a", ["all"]));
        var quiz = node.EveryoneOf<IQuizEvents>();
        var acks = quiz.All.Local().Vote();
        node["a"].Receive(Seven);
        Assert.Equal([7], await acks);
        Assert.Empty(node.Bus.Published);
    }
}

/// <summary>Extension methods that read acks.</summary>
internal static class AckReading
{
    /// <summary>Returns the acks of an enumeration as a list.</summary>
    public static async Task<List<T>> ToEnumeratedAsync<T>(this Acks<T> acks)
    {
        var all = new List<T>();
        await foreach (var answer in acks) all.Add(answer);
        return all;
    }
}
