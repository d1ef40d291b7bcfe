using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Handlers;

/// <summary>The order of handlers of connections, events and disconnections, typed and untyped.</summary>
public class HandlerOrderTests
{
    [Theory]
    [InlineData(HandlerLifetime.Event)]
    [InlineData(HandlerLifetime.Socket)]
    public async Task Connections_pass_middlewares_then_handlers_and_disconnections_have_their_rooms(HandlerLifetime lifetime)
    {
        var trace = new Trace();
        await using var server = await HandlerServer.StartAsync(trace, io => io.AddHandler<NoteHandler>(lifetime), io =>
        {
            var notes = io.Of("/notes");
            notes.Use(_ => Add("middleware"));
            notes.OnConnected(socket =>
            {
                socket.OnDisconnecting(_ => Add("untyped disconnecting"));
                socket.OnDisconnected(_ => Add($"end, {socket.Rooms.Count} rooms"));
                return Add("untyped connected");
            });
        });
        var (client, _) = await SioClient.ConnectAsync(server, path: "/notes");
        Assert.Equal("""["x"]""", await client.AckAsync("/notes", """["echo","x"]"""));
        await client.SendAsync("41/notes,");
        await trace.Ended.Task.WaitAsync(TestServer.Patience);
        client.Dispose();
        Assert.Equal(
            [
                "middleware", "connected", "untyped connected", "untyped disconnecting",
                "disconnected client namespace disconnect, 2 rooms", "end, 0 rooms",
            ],
            trace.All.Where(text => !text.StartsWith("unit ", StringComparison.Ordinal)));

        Task Add(string text)
        {
            trace.Add(text);
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Failures_of_connections_and_disconnections_are_logged_and_the_others_run(bool hasFilter)
    {
        var trace = new Trace();
        var log = new LogEntries();
        await using var server = await HandlerServer.StartAsync(
            trace,
            io =>
            {
                io.AddHandler<FaultyHandler>().AddHandler<NoteHandler>();
                if (hasFilter) io.AddFilter<PassingFilter>();
            },
            log: log);
        var (client, _) = await SioClient.ConnectAsync(server, path: "/notes");
        Assert.Equal("""["x"]""", await client.AckAsync("/notes", """["tag","x"]"""));
        Assert.Equal("not connected", Assert.Single(log.Of(2003))!.Message);
        Assert.Contains("connected", trace.All);
        await client.SendAsync("41/notes,");
        await trace.UntilAsync("disconnected client namespace disconnect, 2 rooms");
        client.Dispose();
        if (!hasFilter) Assert.Equal("not disconnected", log.Of(2003)[1]!.Message);
    }

    [Fact]
    public async Task All_handlers_of_one_event_run_and_the_first_result_is_the_acknowledgement()
    {
        var trace = new Trace();
        await using var server = await HandlerServer.StartAsync(trace, io => io.AddHandler<TagHandler>(), io =>
            io.Of("/notes").On("tag", (_, arguments) =>
            {
                trace.Add($"untyped {arguments[0].GetString()}");
                return Task.FromResult(SocketArguments.Of("untyped"));
            }));
        var (client, _) = await SioClient.ConnectAsync(server, path: "/notes");
        using var __ = client;
        Assert.Equal("""["+x"]""", await client.AckAsync("/notes", """["tag","x"]"""));
        Assert.Equal(["untyped x"], trace.All);
    }
}

internal sealed class PassingFilter : ISocketFilter;

internal sealed class FaultyHandler : SocketHandler, ITagCommands
{
    public override Task OnConnectedAsync() => throw new InvalidOperationException("not connected");

    public override async Task OnDisconnectedAsync(DisconnectInfo info)
    {
        await Task.Yield();
        throw new NotSupportedException("not disconnected");
    }

    public Task<string> Tag(string name) => Task.FromResult(name);
}
