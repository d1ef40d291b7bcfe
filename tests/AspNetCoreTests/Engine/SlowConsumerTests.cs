using System.Net;
using Microsoft.Extensions.Time.Testing;
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
            socket.OnDisconnected(why => { reason.SetResult(why.Reason); return Task.CompletedTask; });
            return Task.CompletedTask;
        });
        using var slow = await RawClient.WebSocketAsync(server, receiveBuffer: 4096);
        var slowId = server.Server.Of("/").Sockets.Single().Id.ToString();
        using var fast = await WsClient.ConnectAsync(server);
        for (var i = 0; i < Events; i++)
        {
            server.Server.Of<ITestEvents>().All.Padded(i, Padding);
            Assert.StartsWith($"42[\"tick\",{i},", await fast.TextAsync(), StringComparison.Ordinal);
        }

        TaskCompletionSource<DisconnectReason> ended;
        lock (reasons) ended = reasons[slowId];
        Assert.Same(DisconnectReason.SlowConsumer, await ended.Task.WaitAsync(TestServer.Patience));
        Assert.Single(server.Server.Of("/").Sockets);
        await slow.EndAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_burst_of_more_than_the_budget_reaches_a_fast_client(bool polls)
    {
        const int Budget = 1_000_000;
        await using var server = await TestServer.StartAsync(o => o.MaxQueuedBytes = Budget, new FakeTimeProvider());
        using var polling = polls ? await PollingClient.ConnectAsync(server) : null;
        using var socket = polls ? null : await WsClient.ConnectAsync(server);
        const int Burst = (4 * Budget) - (2 * Padding);
        for (var i = 0; i < Burst / Padding; i++) server.Server.Of<ITestEvents>().All.Padded(i, Padding);
        List<string> received = [];
        while (received.Count < Burst / Padding)
        {
            if (socket is not null) received.Add(await socket.TextAsync());
            else received.AddRange((await polling!.PollAsync()).Split('\u001e'));
        }

        for (var i = 0; i < received.Count; i++) Assert.StartsWith($"42[\"tick\",{i},", received[i], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_does_not_read_a_burst_is_closed_after_five_seconds()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(o => o.MaxQueuedBytes = 10_000, time);
        using var counts = new Counts(server, "typedsocketredis.server.connections.closed");
        using var slow = await PollingClient.ConnectAsync(server);
        using var fast = await PollingClient.ConnectAsync(server);
        for (var i = 0; i < 20; i++) server.Server.Of<ITestEvents>().All.Padded(i, 1000);
        server.Server.Of<ITestEvents>().All.Volatile().Padded(-1, 1000);
        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.EndsWith("\"]", await fast.PollAsync(), StringComparison.Ordinal);
        Assert.Empty(counts.Tags("reason"));
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("slow consumer", Assert.Single(counts.Tags("reason")));
        Assert.Equal(HttpStatusCode.BadRequest, await slow.StatusAsync());

        // The fast client has a new period of five seconds for each burst.
        for (var i = 0; i < 20; i++) server.Server.Of<ITestEvents>().All.Padded(i, 1000);
        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(20, (await fast.PollAsync()).Split('\u001e').Length);
    }

    [Fact]
    public async Task A_client_at_four_times_the_budget_is_closed_immediately()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxQueuedBytes = 10_000, new FakeTimeProvider());
        using var counts = new Counts(server, "typedsocketredis.server.connections.closed");
        using var slow = await PollingClient.ConnectAsync(server);
        for (var i = 0; i < 30; i++) server.Server.Of<ITestEvents>().All.Padded(i, 1000);
        Assert.Empty(counts.Tags("reason"));
        for (var i = 0; i < 10; i++) server.Server.Of<ITestEvents>().All.Padded(i, 1000);
        Assert.Equal("slow consumer", Assert.Single(counts.Tags("reason")));
    }

    [Fact]
    public async Task A_client_that_does_not_read_stays_connected_and_misses_volatile_events()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxQueuedBytes = 2_000_000);
        using var slow = await RawClient.WebSocketAsync(server, receiveBuffer: 4096);
        using var fast = await WsClient.ConnectAsync(server);
        using var dropped = new Counts(server, "typedsocketredis.server.messages.dropped");
        for (var i = 0; i < Events; i++)
        {
            server.Server.Of<ITestEvents>().All.Volatile().Padded(i, Padding);
            await fast.TextAsync();
        }

        Assert.Equal(2, server.Server.Of("/").Sockets.Count);
        var received = 0;
        server.Server.Of<ITestEvents>().All.Tick(-1);
        while (System.Text.Encoding.UTF8.GetString((await slow.FrameAsync()).Payload) != "42[\"tick\",-1]") received++;
        Assert.InRange(received, 1, Events - 1);
        Assert.Equal(Enumerable.Repeat<object?>("volatile", Events - received), dropped.Tags("reason"));
    }

    [Fact]
    public async Task A_volatile_event_is_dropped_for_a_client_without_an_open_poll()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await PollingClient.ConnectAsync(server);
        server.Server.Of<ITestEvents>().All.Volatile().Tick(1);
        server.Server.Of<ITestEvents>().All.Tick(2);
        Assert.Equal("42[\"tick\",2]", await client.PollAsync());
    }

    [Fact]
    public async Task One_event_larger_than_the_budget_still_arrives()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxQueuedBytes = 1000);
        using var client = await WsClient.ConnectAsync(server);
        server.Server.Of<ITestEvents>().All.Padded(1, 1_000_000);
        Assert.Equal(1_000_000 + "42[\"tick\",1,\"\"]".Length, (await client.TextAsync()).Length);
    }
}
