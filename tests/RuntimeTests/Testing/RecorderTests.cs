using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Testing;

public class RecorderTests
{
    private static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly SocketEventsRecorder _recorder = new();

    [Fact]
    public async Task Sent_events_are_recorded_with_their_target()
    {
        var quiz = _recorder.Of<IQuizEvents>();
        quiz.To("a", "b").Except("c").Volatile().Compress(false).Started("first", Noon);
        await quiz.All.Local().Closed(TestContext.Current.CancellationToken);
        _recorder.Client<IQuizEvents>().Started("second", Noon);
        await _recorder.Servers<IQuizServerEvents>().Closed(TestContext.Current.CancellationToken);

        Assert.Equal(["""started("first","2026-01-01T12:00:00.000Z")""", "closed()", """started("second","2026-01-01T12:00:00.000Z")""",
            "closed()"], _recorder.Events.Select(sent => sent.ToString()));
        var first = _recorder.Events[0];
        Assert.Equal(("/quiz", true, false, false, false), (first.Path, first.IsVolatile, first.IsLocal, first.Compress, first.ExpectsAck));
        Assert.Equal(["a", "b"], first.Rooms);
        Assert.Equal(["c"], first.Except);
        Assert.Equal("first", first.Arguments[0].GetString());
        Assert.True(_recorder.Events[1].IsLocal);
        Assert.Null(_recorder.Events[1].Compress);
        Assert.Equal([RecordedTarget.Broadcast, RecordedTarget.Broadcast, RecordedTarget.Client, RecordedTarget.Servers],
            _recorder.Events.Select(sent => sent.Target));
        _recorder.Clear();
        Assert.Empty(_recorder.Events);
    }

    [Fact]
    public void Untyped_events_and_flags_of_one_client_are_recorded()
    {
        _recorder.Client("quiz").Volatile().Compress(false).Emit("quiet", 1);
        _recorder.Client<IQuizEvents>().Compress(false).Compress(true).Started("loud", Noon);
        _recorder.Of("/any").To("a").Emit("untyped");
        Assert.Equal(
            ["/quiz quiet(1) True False", "/quiz started(\"loud\",\"2026-01-01T12:00:00.000Z\") False True", "/any untyped() False "],
            _recorder.Events.Select(sent => $"{sent.Path} {sent} {sent.IsVolatile} {sent.Compress}"));
    }

    [Fact]
    public async Task Each_configured_acknowledgement_counts_as_one_receiver()
    {
        _recorder.Acknowledge("answer?", """{"text":"42","certainty":99}""").Acknowledge("answer?", """{"text":"43","certainty":0}""")
            .Acknowledge("vote", "null");
        var answers = await _recorder.Of<IQuizEvents>().All.WithTimeout(TimeSpan.FromSeconds(3))
            .Ask("?", TestContext.Current.CancellationToken);
        Assert.Equal([new Answer("42", 99), new Answer("43", 0)], answers);
        Assert.Equal(
            ("answer?", true, TimeSpan.FromSeconds(3)),
                (_recorder.Events[0].Name, _recorder.Events[0].ExpectsAck, _recorder.Events[0].Timeout));

        Assert.Equal(new Answer("42", 99), await _recorder.Client<IQuizEvents>().Ask("?", TestContext.Current.CancellationToken));
        Assert.Null(await _recorder.Client<IQuizEvents>().Vote());
        Assert.Equal("""vote(1,[])""", _recorder.Events[^1].ToString());
        Assert.Equal([null], await _recorder.Servers<IQuizServerEvents>().Vote(null, "x", "y"));
    }

    [Fact]
    public async Task A_failing_receiver_is_missing_and_the_acks_of_others_are_kept()
    {
        _recorder.Acknowledge("answer?", """{"text":"a","certainty":1}""").Acknowledge("answer?", Broken);
        var acks = _recorder.Of<IQuizEvents>().All.Ask("1", TestContext.Current.CancellationToken);
        var result = await acks.ToResultAsync();
        Assert.Equal((1, 2, 1, false), (result.Results.Count, result.Expected, result.Missing, result.IsComplete));
        var missing = await Assert.ThrowsAsync<AckException<Answer>>(async () => await acks);
        Assert.Equal("a", Assert.Single(missing.Result.Results).Text);
        Assert.Single(_recorder.Events);
        Assert.Equal("broken", Assert.IsType<InvalidOperationException>(missing.InnerException).Message);
        Assert.Contains("a receiver failed: broken", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exceptions_of_receivers_are_recorded()
    {
        _recorder.Acknowledge("answer?", Broken);
        _recorder.Acknowledge("closed", _ => throw new SocketEventException("no"));
        _recorder.Client("quiz").Emit("answer?", 5);
        await _recorder.Of<IQuizEvents>().All.Closed(TestContext.Current.CancellationToken);
        var thrown = await Assert.ThrowsAsync<AckException<Answer>>(
            () => _recorder.Client<IQuizEvents>().Ask("?", TestContext.Current.CancellationToken));

        Assert.Equal(
            ["InvalidOperationException answer?", "SocketEventException closed", "InvalidOperationException answer?"],
            _recorder.Failures.Select(one => $"{one.Exception.GetType().Name} {one.Event.Name}"));
        Assert.Same(_recorder.Failures[2].Exception, thrown.InnerException);
        Assert.Same(_recorder.Events[1], _recorder.Failures[1].Event);
        _recorder.Clear();
        Assert.Empty(_recorder.Failures);
    }

    [Fact]
    public void Events_of_a_contract_are_recorded_as_values()
    {
        _recorder.Of<IQuizEvents>().To("a").Started("first", Noon);
        _recorder.Client<IQuizEvents>().Started("second", Noon);
        _recorder.Of("/quiz").All.Emit("started", "third", Noon);

        Assert.Equal(
            [new QuizEvents.Started("first", Noon), new QuizEvents.Started("second", Noon), null],
            _recorder.Events.Select(one => one.Event));
    }

    [Fact]
    public async Task Without_a_receiver_many_return_no_acks_and_one_client_throws()
    {
        Assert.Empty(await _recorder.Of<IQuizEvents>().All.Ask("?", TestContext.Current.CancellationToken));
        Assert.True((await _recorder.Of<IQuizEvents>().All.Ask("?", TestContext.Current.CancellationToken).ToResultAsync()).IsComplete);
        var missing = await Assert.ThrowsAsync<AckException<Answer>>(
            () => _recorder.Client<IQuizEvents>().Ask("?", TestContext.Current.CancellationToken));
        Assert.Contains("there are no receivers", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_without_an_ack_delays_the_result_until_the_timeout()
    {
        var time = new FakeTimeProvider();
        var recorder = new SocketEventsRecorder(time);
        recorder.Acknowledge("answer?", """{"text":"soon","certainty":1}""");
        recorder.Acknowledge("answer?", _ => new TaskCompletionSource<SocketArguments>().Task);
        var result = recorder.Of<IQuizEvents>().All.WithTimeout(TimeSpan.FromSeconds(2)).Ask("?", TestContext.Current.CancellationToken)
            .ToResultAsync();
        time.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.False(result.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(("soon", 1), (Assert.Single((await result).Results).Text, (await result).Missing));
    }

    private static SocketArguments Broken(SocketArguments arguments) => throw new InvalidOperationException("broken");
}
