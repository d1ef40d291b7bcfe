using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

public class SlowConsumerTests
{
    private const int Events = 200;
    private const int Padding = 100_000;

    [Fact]
    public async Task A_client_over_its_budget_is_closed_while_another_receives_everything()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxQueuedBytes = 2_000_000);
        Dictionary<string, TaskCompletionSource<DisconnectReason>> reasons = [];
        server.Server.Of("/").OnConnected(socket =>
        {
            var reason = new TaskCompletionSource<DisconnectReason>();
            lock (reasons) reasons.Add(socket.Id.ToString(), reason);
            socket.OnDisconnected(why => { reason.SetResult(why); return Task.CompletedTask; });
            return Task.CompletedTask;
        });
        using var slow = await RawClient.WebSocketAsync(server, receiveBuffer: 4096);
        var slowId = server.Server.Of("/").Sockets.Single().Id.ToString();
        using var fast = await WsClient.ConnectAsync(server);
        for (var i = 0; i < Events; i++)
        {
            server.Server.Of<ITestEvents>().Padded(i, Padding);
            Assert.StartsWith($"42[\"tick\",{i},", await fast.TextAsync(), StringComparison.Ordinal);
        }

        TaskCompletionSource<DisconnectReason> ended;
        lock (reasons) ended = reasons[slowId];
        Assert.Same(DisconnectReason.SlowConsumer, await ended.Task.WaitAsync(TestServer.Patience));
        Assert.Single(server.Server.Of("/").Sockets);
        await slow.EndAsync();
    }

    [Fact]
    public async Task Volatile_events_are_dropped_for_a_client_that_does_not_read_and_it_stays()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxQueuedBytes = 2_000_000);
        using var slow = await RawClient.WebSocketAsync(server, receiveBuffer: 4096);
        using var fast = await WsClient.ConnectAsync(server);
        for (var i = 0; i < Events; i++)
        {
            server.Server.Of<ITestEvents>().Volatile().Padded(i, Padding);
            await fast.TextAsync();
        }

        Assert.Equal(2, server.Server.Of("/").Sockets.Count);
        var received = 0;
        server.Server.Of<ITestEvents>().Tick(-1);
        while (System.Text.Encoding.UTF8.GetString((await slow.FrameAsync()).Payload) != "42[\"tick\",-1]") received++;
        Assert.InRange(received, 1, Events - 1);
    }

    [Fact]
    public async Task A_volatile_event_is_dropped_for_a_client_without_an_open_poll()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await PollingClient.ConnectAsync(server);
        server.Server.Of<ITestEvents>().Volatile().Tick(1);
        server.Server.Of<ITestEvents>().Tick(2);
        Assert.Equal("42[\"tick\",2]", await client.PollAsync());
    }

    [Fact]
    public async Task One_event_larger_than_the_budget_still_arrives()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxQueuedBytes = 1000);
        using var client = await WsClient.ConnectAsync(server);
        server.Server.Of<ITestEvents>().Padded(1, 1_000_000);
        Assert.Equal(1_000_000 + "42[\"tick\",1,\"\"]".Length, (await client.TextAsync()).Length);
    }
}
