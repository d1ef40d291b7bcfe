using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Handlers;

/// <summary>Objects of handlers and their service scopes.</summary>
public class HandlerScopeTests
{
    [Fact]
    public async Task Each_event_has_an_object_and_a_scope_that_ends_with_it()
    {
        var trace = new Trace();
        await using var server = await HandlerServer.StartAsync(trace, io => io.AddHandler<NoteHandler>());
        var (client, _) = await SioClient.ConnectAsync(server, path: "/notes");
        using var __ = client;
        Assert.Equal("[1]", await client.AckAsync("/notes", """["add","a"]"""));
        Assert.Equal("[1]", await client.AckAsync("/notes", """["add","b"]"""));
        var first = await client.AckAsync("/notes", """["unit?"]""");
        var second = await client.AckAsync("/notes", """["unit?"]""");
        Assert.NotEqual(first, second);
        Assert.Contains($"unit {first[1..^1]} disposed", trace.All);
        Assert.Equal("unit 1 disposed", trace.All[1]);
        Assert.Equal("connected", trace.All[0]);
    }

    [Fact]
    public async Task A_handler_of_a_socket_keeps_its_state_until_the_socket_has_disconnected()
    {
        var trace = new Trace();
        await using var server = await HandlerServer.StartAsync(trace, io => io.AddHandler<NoteHandler>(HandlerLifetime.Socket));
        var (client, _) = await SioClient.ConnectAsync(server, path: "/notes");
        var (other, _) = await SioClient.ConnectAsync(server, path: "/notes");
        using (client)
        using (other)
        {
            Assert.Equal("[1]", await client.AckAsync("/notes", """["add","a"]"""));
            Assert.Equal("[2]", await client.AckAsync("/notes", """["add","b"]"""));
            Assert.Equal("[1]", await other.AckAsync("/notes", """["add","c"]"""));
            Assert.DoesNotContain(trace.All, text => text.Contains("disposed", StringComparison.Ordinal));
            var unit = await client.AckAsync("/notes", """["unit?"]""");
            Assert.Equal(unit, await client.AckAsync("/notes", """["unit?"]"""));
            await client.SendAsync("41/notes,");
            await trace.UntilAsync($"unit {unit[1..^1]} disposed");
            Assert.Equal(
                ["connected", "connected", "disconnected client namespace disconnect, 2 rooms", $"unit {unit[1..^1]} disposed"], trace.All);
            var (third, _) = await SioClient.ConnectAsync(server, path: "/notes");
            using var __ = third;
            Assert.Equal("[1]", await third.AckAsync("/notes", """["add","d"]"""));
            Assert.Equal("[2]", await other.AckAsync("/notes", """["add","e"]"""));
        }
    }

    [Fact]
    public async Task Disposable_handlers_are_disposed_after_each_event()
    {
        var trace = new Trace();
        await using var server = await HandlerServer.StartAsync(trace, io => io.AddHandler<EchoHandler<string>>());
        var (client, _) = await SioClient.ConnectAsync(server, path: "/echo");
        using var __ = client;
        Assert.Equal("""["String True 7"]""", await client.AckAsync("/echo", """["kind"]"""));
        Assert.Equal(["end of echo"], trace.All);
    }

    [Fact]
    public async Task A_handler_that_throws_affects_its_event_only()
    {
        var trace = new Trace();
        var log = new LogEntries();
        await using var server = await HandlerServer.StartAsync(trace, io => io.AddHandler<NoteHandler>(), log: log);
        var (client, _) = await SioClient.ConnectAsync(server, path: "/notes");
        using var __ = client;
        Assert.Equal("""[{"error":"No such note."}]""", await client.AckAsync("/notes", """["fail","told"]"""));
        Assert.Equal("""[{"error":"The event could not be handled."}]""", await client.AckAsync("/notes", """["fail","secret"]"""));
        Assert.Equal("secret", Assert.Single(log.Of(2003))!.Message);
        Assert.Equal("""["x"]""", await client.AckAsync("/notes", """["echo","x"]"""));
        Assert.Equal("[]", await client.AckAsync("/notes", """["clear"]"""));
        Assert.Equal(trace.NextUnit() - 1, trace.All.Count(text => text.EndsWith("disposed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_handler_that_does_not_return_delays_its_own_client_only()
    {
        var trace = new Trace();
        await using var server = await HandlerServer.StartAsync(trace, io => io.AddHandler<NoteHandler>());
        var (client, _) = await SioClient.ConnectAsync(server, path: "/notes");
        var (other, _) = await SioClient.ConnectAsync(server, path: "/notes");
        using var __ = other;
        await client.SendAsync("""42/notes,["hang"]""");
        await trace.Hanging.Task.WaitAsync(TestServer.Patience);
        Assert.Equal("""["x"]""", await other.AckAsync("/notes", """["echo","x"]"""));
        client.Dispose();
        Assert.Equal("[1]", await other.AckAsync("/notes", """["add","a"]"""));
    }

    [Fact]
    public async Task A_failure_of_disposal_is_logged_and_the_acknowledgement_is_sent()
    {
        var log = new LogEntries();
        await using var server = await HandlerServer.StartAsync(new Trace(), io => io.AddHandler<UndisposableHandler>(), log: log);
        var (client, _) = await SioClient.ConnectAsync(server, path: "/notes");
        using var __ = client;
        Assert.Equal("""["x"]""", await client.AckAsync("/notes", """["tag","x"]"""));
        Assert.Equal("disposal", Assert.Single(log.Of(2003))!.Message);
    }
}

internal sealed class UndisposableHandler : SocketHandler, ITagCommands, IDisposable
{
    public Task<string> Tag(string name) => Task.FromResult(name);

    public void Dispose() => throw new InvalidOperationException("disposal");
}
