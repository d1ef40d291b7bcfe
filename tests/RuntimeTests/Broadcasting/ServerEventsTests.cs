using System.Text;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Broadcasting;

public class ServerEventsTests
{
    private readonly RecordingLogger _log = new();
    private readonly ServerEvents _events;

    public ServerEventsTests() => _events = new ServerEvents("/quiz", _log, new LogGate(TimeProvider.System));

    [Fact]
    public async Task The_first_result_is_the_acknowledgement_and_all_handlers_run()
    {
        var ran = new List<string>();
        _events.On("vote", arguments =>
        {
            ran.Add("nothing" + arguments.Count);
            return Task.CompletedTask;
        }).On("vote", _ =>
        {
            ran.Add("none");
            return Task.FromResult<EventArguments?>(null);
        }).On("vote", _ =>
        {
            ran.Add("first");
            return Task.FromResult(EventArguments.FromJson("[1]"));
        }).On("vote", _ =>
        {
            ran.Add("second");
            return Task.FromResult<EventArguments?>(EventArguments.FromJson("[2]"));
        });

        Assert.Equal("[1]", await AskAsync("vote", "[5]"));
        Assert.Equal(["nothing1", "none", "first", "second"], ran);
    }

    [Fact]
    public async Task A_handler_without_a_result_acknowledges_without_a_value()
    {
        _events.On("vote", _ => Task.CompletedTask);

        Assert.Equal("[]", await AskAsync("vote", "[]"));
    }

    [Fact]
    public async Task Nobody_answers_an_unknown_event_or_one_that_is_left_unanswered()
    {
        _events.On("mine?", _ => Task.FromResult<EventArguments?>(null));

        Assert.Null(await AskAsync("vote", "[]"));
        Assert.Null(await AskAsync("mine?", "[]"));
    }

    [Fact]
    public async Task A_failure_is_told_and_logged_as_what_it_is()
    {
        _events.On("a", _ => throw new SocketEventException("No such cache."))
            .On("b", _ => Task.FromException(new InvalidOperationException("secret")));

        Assert.Equal("""[{"error":"No such cache."}]""", await AskAsync("a", "[]"));
        Assert.Empty(_log.Ids);
        Assert.Equal("""[{"error":"The event could not be handled."}]""", await AskAsync("b", "[]"));
        Assert.Equal([1101], _log.Ids);
    }

    [Fact]
    public async Task An_implementation_of_a_contract_handles_its_events()
    {
        _events.HandleQuizEvents(new Player());

        Assert.Equal("[7]", await AskAsync("vote", "[3,[\"x\"]]"));
        Assert.StartsWith("""[{"error":"Event 'vote', preferred: expected""", await AskAsync("vote", "[\"x\"]"), StringComparison.Ordinal);
        Assert.Equal([1102], _log.Ids);
        Assert.Equal("[]", await AskAsync("started", "[\"t\",\"2026-01-01T00:00:00.000Z\"]"));
    }

    [Fact]
    public void A_contract_of_another_namespace_is_refused()
    {
        var other = new ServerEvents("/other", _log, new LogGate(TimeProvider.System));

        var refused = Assert.Throws<InvalidOperationException>(() => other.HandleQuizEvents(new Player()));
        Assert.Equal($"{typeof(IQuizEvents)} belongs to namespace /quiz, but this is namespace /other.", refused.Message);
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("connection")]
    [InlineData("new_namespace")]
    public void Names_of_a_namespaces_own_events_cannot_be_sent_to_servers(string name)
    {
        IBroadcastTarget<ITestEvents> servers = new Servers<ITestEvents>(new NoServers(TimeProvider.System));

        Assert.Equal($"\"{name}\" is a reserved event name", Assert.Throws<ArgumentException>(() => servers.Send(Events.Of(name))).Message);
        Assert.Throws<ArgumentException>(() => { _ = servers.SendAsync(Events.Of(name), CancellationToken.None).AsTask(); });
        Assert.Throws<ArgumentException>(() => { _ = servers.Ask(Events.Of(name), (ref reader, _) => reader.ReadInt32(), CancellationToken.None); });
    }

    private async Task<string?> AskAsync(string name, string json)
    {
        string? answer = null;
        await _events.DispatchAsync(name, EventArguments.FromJson(json), sent =>
        {
            Assert.Null(answer);
            using var buffer = PooledBuffer.Rent();
            Transcoder.Write(sent, buffer, Limits.Default);
            answer = Encoding.UTF8.GetString(buffer.WrittenSpan);
        });
        return answer;
    }

    private sealed class Player : IQuizEvents
    {
        public void Started(string title, DateTime at)
        {
        }

        public Task Closed(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task<Answer> Ask(string question, CancellationToken cancellationToken = default) => Task.FromResult(new Answer(question, 1));

        public ValueTask<int?> Vote(int? preferred = 1, params string[] names) => new(7);
    }
}
