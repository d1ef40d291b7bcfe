using System.Net;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

public class HeartbeatTests
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_client_that_responds_to_pings_stays_connected()
    {
        await using var server = await TestServer.StartAsync(time: _time, map: Echo);
        using var client = await WsClient.ConnectAsync(server);
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(PingInterval);
            Assert.Equal("2", await client.TextAsync());
            await client.SendAsync("3");

            // The echo shows that the pong before it was read.
            await client.SendAsync("42[\"message\"]");
            Assert.Equal("42[\"message-back\"]", await client.TextAsync());
        }
    }

    [Fact]
    public async Task A_client_that_sends_no_pong_is_closed_after_the_ping_timeout()
    {
        await using var server = await TestServer.StartAsync(time: _time);
        var reason = new TaskCompletionSource<DisconnectReason>();
        var connected = new TaskCompletionSource();
        server.Server.Of("/").OnConnected(socket =>
        {
            socket.OnDisconnected(why => { reason.SetResult(why.Reason); return Task.CompletedTask; });
            connected.SetResult();
            return Task.CompletedTask;
        });
        using var client = await WsClient.ConnectAsync(server);
        await connected.Task.WaitAsync(TestServer.Patience);
        _time.Advance(PingInterval);
        Assert.Equal("2", await client.TextAsync());
        _time.Advance(PingTimeout - TimeSpan.FromMilliseconds(1));
        Assert.Single(server.Server.Of("/").Sockets);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Same(DisconnectReason.PingTimeout, await reason.Task.WaitAsync(TestServer.Patience));
        await client.ClosedAsync();
    }

    [Fact]
    public async Task A_poll_returns_the_ping_and_the_pong_is_posted()
    {
        await using var server = await TestServer.StartAsync(time: _time);
        using var client = await PollingClient.ConnectAsync(server);
        _time.Advance(PingInterval);
        Assert.Equal("2", await client.PollAsync());
        await client.PostAsync("3");
        _time.Advance(PingTimeout);
        _time.Advance(PingInterval - PingTimeout);
        Assert.Equal("2", await client.PollAsync());
        _time.Advance(PingTimeout);
        Assert.Equal(HttpStatusCode.BadRequest, await client.StatusAsync());
    }

    [Fact]
    public async Task A_message_before_the_pong_extends_the_deadline_once()
    {
        await using var server = await TestServer.StartAsync(time: _time, map: Echo);
        using var client = await WsClient.ConnectAsync(server);
        _time.Advance(PingInterval);
        Assert.Equal("2", await client.TextAsync());
        for (var i = 0; i < 2; i++)
        {
            _time.Advance(PingTimeout / 2);
            await client.SendAsync("42[\"message\"]");
            Assert.Equal("42[\"message-back\"]", await client.TextAsync());
        }

        _time.Advance(PingTimeout / 2);
        await client.ClosedAsync();
    }

    [Fact]
    public async Task A_client_whose_messages_wait_for_a_handler_does_not_time_out()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxQueuedBytes = 8192, _time);
        var release = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var handled = 0;
        server.Server.Of("/").On("message", async (_, _) =>
        {
            started.TrySetResult();
            await release.Task;
            Interlocked.Increment(ref handled);
        });
        server.Server.Of("/").On("last", (socket, _) => socket.Client<AnyEvents>().EmitAsync("done").AsTask());
        using var client = await WsClient.ConnectAsync(server);

        // More messages than the queue holds: the server stops reading and does not receive the pong.
        for (var i = 0; i < 100; i++) await client.SendAsync("42[\"message\"]");
        var socket = server.Server.Of("/").Sockets.Single();
        await started.Task.WaitAsync(TestServer.Patience);
        while (!socket.Inbox.IsHeldUp) await Task.Yield();
        _time.Advance(PingInterval);
        Assert.Equal("2", await client.TextAsync());
        await client.SendAsync("3");
        await client.SendAsync("42[\"last\"]");
        _time.Advance(PingTimeout);
        _time.Advance(PingTimeout);
        release.SetResult();
        Assert.Equal("42[\"done\"]", await client.TextAsync());
        Assert.Equal(100, handled);
    }

    [Fact]
    public async Task A_client_that_stays_silent_after_its_messages_were_handled_times_out()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxQueuedBytes = 1000, _time);
        using var closed = new Counts(server, "typedsocketredis.server.connections.closed");
        var release = new TaskCompletionSource();
        var started = new Waiting<bool>();
        var last = new Waiting<bool>();
        server.Server.Of("/").On("message", (_, _) =>
        {
            started.Set(true);
            return release.Task;
        });
        server.Server.Of("/").On("last", (_, _) => last.Set(true));
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync("42[\"message\"]");
        await started.Value;
        await client.SendAsync($"42[\"message\",\"{new string('x', 900)}\"]");
        await client.SendAsync("42[\"last\"]");
        var socket = server.Server.Of("/").Sockets.Single();
        while (!socket.Inbox.IsHeldUp) await Task.Yield();
        _time.Advance(PingInterval);
        Assert.Equal("2", await client.TextAsync());
        _time.Advance(PingTimeout);
        release.SetResult();
        await last.Value;
        await _time.PassUntilAsync(client.ClosedAsync());
        Assert.Equal(["ping timeout"], closed.Tags("reason"));
    }

    [Fact]
    public async Task A_connection_that_joins_no_namespace_is_closed()
    {
        await using var server = await TestServer.StartAsync(o => o.ConnectTimeout = TimeSpan.FromSeconds(3), _time);
        using var idle = await WsClient.OpenAsync(server);
        using var joined = await WsClient.ConnectAsync(server);
        using var polling = await PollingClient.OpenAsync(server);
        var poll = polling.PollAsync();
        _time.Advance(TimeSpan.FromSeconds(3));
        await idle.ClosedAsync();
        Assert.Equal("1", await poll);
        Assert.Equal(HttpStatusCode.BadRequest, await polling.StatusAsync());
        await joined.SendAsync("41");
        await joined.SendAsync("40");
        Assert.StartsWith("40{\"sid\":", await joined.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upgrade_not_completed_in_time_is_aborted_and_polling_continues()
    {
        await using var server = await TestServer.StartAsync(time: _time, map: Echo);
        using var polling = await PollingClient.ConnectAsync(server);
        using var raw = RawClient.Connect(server);
        await raw.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={polling.Sid}"));
        await raw.HeadAsync();
        await raw.WriteAsync(RawClient.Frame(0x81, "2probe"u8.ToArray()));
        await raw.FrameAsync();
        _time.Advance(TimeSpan.FromSeconds(10));
        await raw.EndAsync();
        await polling.PostAsync("42[\"message\"]");
        Assert.Equal("42[\"message-back\"]", await polling.PollAsync());
    }

    [Fact]
    public async Task A_client_that_does_not_respond_to_the_close_frame_is_disconnected()
    {
        await using var server = await TestServer.StartAsync(time: _time);
        server.Server.Of("/").OnConnected(socket => socket.DisconnectAsync(close: true).AsTask());
        using var client = await RawClient.WebSocketAsync(server);
        Assert.Equal(1000, await client.CloseCodeAsync());
        _time.Advance(TimeSpan.FromSeconds(5));
        await client.EndAsync();
    }

    private static void Echo(SocketIOServer io) =>
        io.Of("/").On("message", (socket, arguments) => socket.Client<AnyEvents>().EmitAsync("message-back", arguments).AsTask());
}
