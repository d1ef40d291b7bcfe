using System.Text;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Broadcasting;

public class ServerEventsTests
{
    private readonly RecordingLogger _log = new();
    private readonly ServerEventHandlers _events;

    public ServerEventsTests() => _events = new ServerEventHandlers("/quiz", _log, new LogGate(TimeProvider.System), TimeProvider.System);

    [Fact]
    public async Task The_first_result_is_the_ack_and_all_handlers_run()
    {
        var ran = new List<string>();
        _events.On("vote", arguments =>
        {
            ran.Add("nothing" + arguments.Count);
            return Task.CompletedTask;
        });
        _events.On("vote", _ =>
        {
            ran.Add("none");
            return Task.FromResult<SocketArguments?>(null);
        });
        _events.On("vote", _ =>
        {
            ran.Add("first");
            return Task.FromResult(SocketArguments.FromJson("[1]"));
        });
        _events.On("vote", _ =>
        {
            ran.Add("second");
            return Task.FromResult<SocketArguments?>(SocketArguments.FromJson("[2]"));
        });

        Assert.Equal("[1]", await DispatchAsync("vote", "[5]"));
        Assert.Equal(["nothing1", "none", "first", "second"], ran);
    }

    [Fact]
    public async Task A_handler_without_a_result_acknowledges_without_a_value()
    {
        _events.On("vote", _ => Task.CompletedTask);

        Assert.Equal("[]", await DispatchAsync("vote", "[]"));
    }

    [Fact]
    public async Task An_unknown_event_and_a_null_result_cause_no_ack()
    {
        _events.On("mine?", _ => Task.FromResult<SocketArguments?>(null));

        Assert.Null(await DispatchAsync("vote", "[]"));
        Assert.Null(await DispatchAsync("mine?", "[]"));
    }

    [Fact]
    public async Task A_failure_is_acknowledged_as_an_error_and_logged_if_unexpected()
    {
        _events.On("a", _ => throw new SocketEventException("No such cache."));
        _events.On("b", _ => Task.FromException(new InvalidOperationException("secret")));

        Assert.Equal("""[{"error":"No such cache."}]""", await DispatchAsync("a", "[]"));
        Assert.Empty(_log.Ids);
        Assert.Equal("""[{"error":"The event could not be handled."}]""", await DispatchAsync("b", "[]"));
        Assert.Equal([1101], _log.Ids);
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("connection")]
    [InlineData("new_namespace")]
    public void Reserved_event_names_cannot_be_sent_to_servers(string name)
    {
        var servers = new Servers<ITestEvents>(new NoServers(TimeProvider.System));

        var exception = Assert.Throws<ArgumentException>(() => Target().Send(Events.Of(name)));
        Assert.Equal($"\"{name}\" is a reserved event name", exception.Message);
        Assert.Throws<ArgumentException>(() => { _ = Target().SendAsync(Events.Of(name), CancellationToken.None).AsTask(); });
        Assert.Throws<ArgumentException>(
            () => { _ = new Servers<AnyEvents>(new NoServers(TimeProvider.System)).EmitWithAck(name); });

        IEventDataTarget Target() => servers;
    }

    private async Task<string?> DispatchAsync(string name, string json)
    {
        string? ack = null;
        await _events.DispatchAsync(name, SocketArguments.FromJson(json), sent =>
        {
            Assert.Null(ack);
            using var buffer = PooledBuffer.Rent();
            Transcoder.Write(sent, buffer, Limits.Default);
            ack = Encoding.UTF8.GetString(buffer.WrittenSpan);
        });
        return ack;
    }
}
