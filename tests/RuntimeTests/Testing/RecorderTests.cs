using System.Diagnostics.CodeAnalysis;
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
        await quiz.Local().Closed(TestContext.Current.CancellationToken);
        _recorder.Client<IQuizEvents>().Started("second", Noon);
        _recorder.Servers<IQuizEvents>().Started("third", Noon);

        Assert.Equal(["""started("first","2026-01-01T12:00:00.000Z")""", "closed()", """started("second","2026-01-01T12:00:00.000Z")""",
            """started("third","2026-01-01T12:00:00.000Z")"""], _recorder.Events.Select(sent => sent.ToString()));
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
        _recorder.Client<IQuizEvents>().Compress(false).Compress().Started("loud", Noon);
        _recorder.Of("/any").To("a").Emit("untyped");
        Assert.Equal(
            ["/quiz quiet(1) True False", "/quiz started(\"loud\",\"2026-01-01T12:00:00.000Z\") False True", "/any untyped() False "],
            _recorder.Events.Select(sent => $"{sent.Path} {sent} {sent.IsVolatile} {sent.Compress}"));
    }

    [Fact]
    public async Task Each_configured_acknowledgement_counts_as_one_receiver()
    {
        _recorder.Acknowledge("answer?", """{"text":"42","certainty":99}""").Acknowledge("answer?", """{"text":"43"}""")
            .Acknowledge("vote", "null");
        var answers = await _recorder.Of<IQuizEvents>().WithTimeout(TimeSpan.FromSeconds(3))
            .Ask("?", TestContext.Current.CancellationToken);
        Assert.Equal([new Answer("42", 99), new Answer("43", 0)], answers);
        Assert.Equal(
            ("answer?", true, TimeSpan.FromSeconds(3)),
                (_recorder.Events[0].Name, _recorder.Events[0].ExpectsAck, _recorder.Events[0].Timeout));

        Assert.Equal(new Answer("42", 99), await _recorder.Client<IQuizEvents>().Ask("?", TestContext.Current.CancellationToken));
        Assert.Null(await _recorder.Client<IQuizEvents>().Vote());
        Assert.Equal("""vote(1,[])""", _recorder.Events[^1].ToString());
        Assert.Equal([null], await _recorder.Servers<IQuizEvents>().Vote(null, "x", "y"));
    }

    [Fact]
    public async Task Implementations_of_the_contract_acknowledge_like_clients()
    {
        _recorder.HandleQuizEvents(new Player("a"));
        _recorder.HandleQuizEvents(new Player("b"));
        var certain = new List<int>();
        await foreach (var answer in _recorder.Of<IQuizEvents>().Ask("12", TestContext.Current.CancellationToken))
            certain.Add(answer.Certainty);
        Assert.Equal([2, 2], certain);
        Assert.Equal([3, 3], await _recorder.Of<IQuizEvents>().Vote(2, "x"));
        Assert.Equal([2, 2], await _recorder.Of<IQuizEvents>().Vote());
    }

    [Fact]
    public async Task A_failing_receiver_is_missing_and_the_acks_of_others_are_kept()
    {
        _recorder.HandleQuizEvents(new Player("a"));
        _recorder.HandleQuizEvents(new Player("b") { Broken = true });
        var acks = _recorder.Of<IQuizEvents>().Ask("1", TestContext.Current.CancellationToken);
        var result = await acks.ToResultAsync();
        Assert.Equal((1, 2, 1, false), (result.Results.Count, result.Expected, result.Missing, result.IsComplete));
        var missing = await Assert.ThrowsAsync<AckException<Answer>>(async () => await acks);
        Assert.Equal("a", Assert.Single(missing.Result.Results).Text);
        Assert.Single(_recorder.Events);
        Assert.Equal("broken", Assert.IsType<InvalidOperationException>(missing.InnerException).Message);
        Assert.Contains("a receiver failed: broken", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Exceptions_of_async_void_handlers_are_recorded(bool isCanceled)
    {
        Exception thrown = isCanceled ? new OperationCanceledException(new CancellationToken(true)) : new InvalidOperationException("late");
        _recorder.HandleQuizEvents(new AsyncVoidPlayer(thrown));
        _recorder.Of<IQuizEvents>().Started("x", Noon);
        await Eventually.TrueAsync(() => _recorder.Failures.Count == 1, () => "No failure was recorded.");
        Assert.Same(thrown, _recorder.Failures[0].Exception);
        Assert.Same(_recorder.Events[0], _recorder.Failures[0].Event);
    }

    [Fact]
    public async Task Invalid_arguments_and_exceptions_of_receivers_are_recorded()
    {
        _recorder.HandleQuizEvents(new Player("a") { Broken = true });
        _recorder.Acknowledge("closed", _ => throw new SocketEventException("no"));
        _recorder.Client("quiz").Emit("answer?", 5);
        _recorder.Of<IQuizEvents>().Started("x", Noon);
        _recorder.Of("quiz").Emit("started", "x", "2024-02-29T12:34:56");
        await _recorder.Of<IQuizEvents>().Closed(TestContext.Current.CancellationToken);
        var rejected = await Assert.ThrowsAsync<AckException<SocketArguments>>(
            () => _recorder.Client("quiz").EmitWithAckAsync("answer?", 7));
        var thrown = await Assert.ThrowsAsync<AckException<Answer>>(
            () => _recorder.Client<IQuizEvents>().Ask("?", TestContext.Current.CancellationToken));

        Assert.Equal(
            ["EventDataException answer?", "EventDataException started", "SocketEventException closed", "EventDataException answer?",
            "InvalidOperationException answer?"], _recorder.Failures.Select(one => $"{one.Exception.GetType().Name} {one.Event.Name}"));
        Assert.Same(_recorder.Failures[3].Exception, rejected.InnerException);
        Assert.Same(_recorder.Failures[4].Exception, thrown.InnerException);
        Assert.Same(_recorder.Events[2], _recorder.Failures[1].Event);
        Assert.Contains("Z or an offset from UTC", _recorder.Failures[1].ToString(), StringComparison.Ordinal);
        _recorder.Clear();
        Assert.Empty(_recorder.Failures);
    }

    [Fact]
    public async Task Without_a_receiver_many_return_no_acks_and_one_client_throws()
    {
        Assert.Empty(await _recorder.Of<IQuizEvents>().Ask("?", TestContext.Current.CancellationToken));
        Assert.True((await _recorder.Of<IQuizEvents>().Ask("?", TestContext.Current.CancellationToken).ToResultAsync()).IsComplete);
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
        recorder.HandleQuizEvents(new Player("late") { Pending = new TaskCompletionSource() });
        var result = recorder.Of<IQuizEvents>().WithTimeout(TimeSpan.FromSeconds(2)).Ask("?", TestContext.Current.CancellationToken)
            .ToResultAsync();
        time.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.False(result.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(("soon", 1), (Assert.Single((await result).Results).Text, (await result).Missing));
    }

    [Fact]
    public async Task Any_target_can_be_used_through_the_interface_of_the_contract()
    {
        _recorder.Acknowledge("answer?", """{"text":"one","certainty":1}""");
        IQuizEvents client = _recorder.Client<IQuizEvents>().AsQuizEvents();
        IQuizEvents room = _recorder.Of<IQuizEvents>().To("room").AsQuizEvents();
        client.Started("x", Noon);
        await room.Closed(TestContext.Current.CancellationToken);
        Assert.Equal("one", (await client.Ask("?", TestContext.Current.CancellationToken)).Text);
        Assert.Equal("one", (await room.Ask("?", TestContext.Current.CancellationToken)).Text);
        Assert.Equal(["room"], _recorder.Events[1].Rooms);

        _recorder.Acknowledge("answer?", """{"text":"two","certainty":2}""");
        await Assert.ThrowsAsync<InvalidOperationException>(() => room.Ask("?", TestContext.Current.CancellationToken));
    }

    private sealed class AsyncVoidPlayer(Exception thrown) : IQuizEvents
    {
        [SuppressMessage("TypedSocketRedis", "TSR108", Justification = "The handler of the test.")]
        public async void Started(string title, DateTime at)
        {
            await Task.Yield();
            throw thrown;
        }

        public Task Closed(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<Answer> Ask(string question, CancellationToken cancellationToken) => Task.FromResult(new Answer("", 0));

        public ValueTask<int?> Vote(int? preferred, params string[] names) => new(preferred);
    }

    private sealed class Player(string name) : IQuizEvents
    {
        public bool Broken { get; init; }

        public TaskCompletionSource? Pending { get; init; }

        public void Started(string title, DateTime at)
        {
        }

        public Task Closed(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task<Answer> Ask(string question, CancellationToken cancellationToken)
        {
            if (Broken) throw new InvalidOperationException("broken");
            if (Pending is not null) await Pending.Task;
            return new Answer(name, question.Length);
        }

        public ValueTask<int?> Vote(int? preferred, params string[] names) => new(preferred + names.Length + (names.Length == 0 ? 1 : 0));
    }
}
