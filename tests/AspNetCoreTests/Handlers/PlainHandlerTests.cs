using NSubstitute;
using Xunit;

namespace TypedSocketRedis.Tests.Handlers;

/// <summary>Handlers as plain classes in unit tests.</summary>
public class PlainHandlerTests
{
    [Fact]
    public async Task A_handler_is_tested_with_a_recorder()
    {
        var recorder = new SocketEventsRecorder();
        var trace = new Trace();
        var handler = new NoteHandler(trace, new NoteUnit(trace)) { Clients = recorder.Of<INoteEvents>() };
        Assert.Equal(1, await handler.Add("a"));
        var sent = Assert.Single(recorder.Events);
        Assert.Equal("added", sent.Name);
        Assert.Equal(["readers"], sent.Rooms);
    }

    [Fact]
    public async Task A_handler_is_tested_with_mocks_of_its_receivers_and_its_socket()
    {
        var notes = Substitute.For<IEmitter<INoteEvents>>();
        var socket = Substitute.For<ISocket>();
        var trace = new Trace();
        var handler = new NoteHandler(trace, new NoteUnit(trace)) { Clients = notes, Socket = socket };
        await handler.Add("a");
        notes.To("readers").Received(1).Added("a");
        notes.To("readers").DidNotReceive().Added("b");
        notes.All.DidNotReceive().Added("a");
    }

    [Fact]
    public void Members_that_a_test_has_not_set_say_how_to_set_them()
    {
        var handler = new EchoHandler<int>();
        Assert.Contains(
            "new EchoHandler`1(...) { Socket = socket }",
            Assert.Throws<InvalidOperationException>(() => handler.Socket).Message, StringComparison.Ordinal);
        Assert.Contains(
            "{ Clients = recorder.Of<IEchoEvents>() }",
            Assert.Throws<InvalidOperationException>(() => handler.Clients).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => handler.Socket = null!);
        Assert.Throws<ArgumentNullException>(() => handler.Clients = null!);
    }
}
