using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

public class InboxTests
{
    private const int Many = 1000;

    [Fact]
    public async Task A_handler_receives_an_acknowledgement_although_many_events_wait()
    {
        await using var server = await TestServer.StartAsync();
        var answered = HandleQuestion(server);
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync("42[\"ask\"]");
        var question = await client.TextAsync();
        for (var i = 0; i < Many; i++) await client.SendAsync("42[\"more\"]");
        await client.SendAsync($"43{question[2..question.IndexOf('[', StringComparison.Ordinal)]}[\"here\"]");
        Assert.Equal("here", await answered.WaitAsync(TestServer.Patience));
        Assert.Equal($"42[\"last\",{Many}]", await client.TextAsync());
    }

    [Fact]
    public async Task A_handler_receives_an_acknowledgement_over_polling_although_many_events_wait()
    {
        await using var server = await TestServer.StartAsync();
        var answered = HandleQuestion(server);
        using var client = await PollingClient.ConnectAsync(server);
        await client.PostAsync(string.Join('\u001e', Enumerable.Repeat("42[\"more\"]", Many).Prepend("42[\"ask\"]")));
        var question = await client.PollAsync();
        await client.PostAsync($"43{question[2..question.IndexOf('[', StringComparison.Ordinal)]}[\"here\"]");
        Assert.Equal("here", await answered.WaitAsync(TestServer.Patience));
        Assert.Equal($"42[\"last\",{Many}]", await client.PollAsync());
    }

    [Fact]
    public async Task A_disconnect_is_detected_although_many_events_wait()
    {
        await using var server = await TestServer.StartAsync();
        var canceled = HandleStuck(server);
        using var client = await WsClient.ConnectAsync(server);
        for (var i = 0; i < Many; i++) await client.SendAsync("42[\"stuck\"]");
        await client.SendAsync("41");
        await canceled.WaitAsync(TestServer.Patience);
    }

    [Fact]
    public async Task The_loss_of_a_client_that_is_no_longer_read_is_detected()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxQueuedBytes = 1000);
        using var pauses = new Counts(server, "typedsocketredis.server.reading.paused");
        var canceled = HandleStuck(server);
        var client = await RawClient.WebSocketAsync(server);
        for (var i = 0; i < Many; i++) await client.WriteAsync(RawClient.Frame(0x81, "42[\"stuck\"]"u8.ToArray()));
        var socket = server.Server.Of("/").Sockets.Single();
        while (!socket.Inbox.IsHeldUp) await Task.Yield();
        client.Dispose();
        await canceled.WaitAsync(TestServer.Patience);
        Assert.NotEqual(0, pauses.Times);
    }

    [Fact]
    public async Task The_loss_of_a_polling_client_is_detected_while_its_request_waits()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxQueuedBytes = 1000);
        var canceled = HandleStuck(server);
        using var client = await PollingClient.ConnectAsync(server);
        var request = RawClient.Connect(server);
        var body = string.Join('\u001e', Enumerable.Repeat("42[\"stuck\"]", Many));
        await request.WriteAsync(
            $"POST /socket.io/?EIO=4&transport=polling&sid={client.Sid} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        var socket = server.Server.Of("/").Sockets.Single();
        while (!socket.Inbox.IsHeldUp) await Task.Yield();
        request.Dispose();
        await canceled.WaitAsync(TestServer.Patience);
    }

    private static Task<string> HandleQuestion(TestServer server)
    {
        var answered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = 0;
        server.Server.Of("/").On("ask", async (socket, _) =>
        {
            var answer = await socket.Client<AnyEvents>().WithTimeout(TimeSpan.FromMinutes(5)).EmitWithAckAsync("question");
            answered.SetResult(answer[0].GetString());
        });
        server.Server.Of("/").On("more", async (socket, _) =>
        {
            if (++count == Many) await socket.Client<AnyEvents>().EmitAsync("last", count);
        });
        return answered.Task;
    }

    private static Task HandleStuck(TestServer server)
    {
        var canceled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Server.Of("/").On("stuck", async (socket, _) =>
        {
            var aborted = new TaskCompletionSource();
            await using (socket.ConnectionAborted.Register(aborted.SetResult)) await aborted.Task;
            canceled.TrySetResult();
        });
        return canceled.Task;
    }
}
