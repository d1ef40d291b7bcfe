using System.Net;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>DeadlineScheduler with late timers: the clock, not the timer, determines when a session has expired.</summary>
public class LateTimerTests
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(2);

    private readonly HandFiredTimers _time = new();

    [Fact]
    public async Task A_poll_at_the_deadline_gets_400_although_no_timer_has_fired()
    {
        await using var server = await TestServer.StartAsync(time: _time);
        using var closed = new Counts(server, "typedsocketredis.server.connections.closed");
        using var client = await PollingClient.ConnectAsync(server);
        _time.Advance(PingInterval + Late);
        _time.Fire();
        _time.Advance(PingTimeout - Late);
        Assert.Equal(HttpStatusCode.BadRequest, await client.StatusAsync());
        Assert.Equal(["ping timeout"], closed.Tags("reason"));
    }

    [Fact]
    public async Task A_post_or_a_websocket_at_the_deadline_gets_400_too()
    {
        await using var server = await TestServer.StartAsync(time: _time);
        using var posting = await PollingClient.ConnectAsync(server);
        using var upgrading = await PollingClient.ConnectAsync(server);
        _time.Advance(PingInterval);
        _time.Fire();
        _time.Advance(PingTimeout);
        using var posted = await posting.TryPostAsync("3");
        Assert.Equal(HttpStatusCode.BadRequest, posted.StatusCode);
        using var raw = RawClient.Connect(server);
        await raw.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={upgrading.Sid}"));
        Assert.StartsWith("HTTP/1.1 400", await raw.HeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poll_before_the_deadline_gets_a_response()
    {
        await using var server = await TestServer.StartAsync(time: _time);
        using var client = await PollingClient.ConnectAsync(server);
        _time.Advance(PingInterval + Late);
        _time.Fire();
        _time.Advance(PingTimeout - Late - TimeSpan.FromMilliseconds(1));
        _time.Fire();
        Assert.Equal("2", await client.PollAsync());
        await client.PostAsync("3");
        _time.Advance(PingInterval);
        Assert.Equal("2", await client.PollAsync());
    }

    [Fact]
    public async Task A_client_has_half_of_the_ping_timeout_when_the_ping_itself_is_very_late()
    {
        await using var server = await TestServer.StartAsync(time: _time);
        using var client = await PollingClient.ConnectAsync(server);
        _time.Advance(PingInterval + PingTimeout);
        Assert.Equal("2", await client.PollAsync());
        _time.Advance((PingTimeout / 2) - TimeSpan.FromMilliseconds(1));
        await client.PostAsync("3");
    }

    [Fact]
    public async Task Deadlines_that_start_out_of_order_are_kept_in_order()
    {
        await using var server = await TestServer.StartAsync(time: _time);
        using var closed = new Counts(server, "typedsocketredis.server.connections.closed");
        using var first = await PollingClient.ConnectAsync(server);
        _time.Advance(TimeSpan.FromSeconds(1));
        using var second = await PollingClient.ConnectAsync(server);

        // The message extends the first client's deadline beyond that of the second client, whose ping is late.
        _time.Advance(PingInterval);
        Assert.Equal("2", await first.PollAsync());
        _time.Advance(TimeSpan.FromSeconds(2));
        await first.PostAsync("41");
        Assert.Equal("2", await second.PollAsync());
        _time.Advance(PingTimeout - TimeSpan.FromSeconds(2));
        _time.Fire();
        Assert.Equal(["ping timeout"], closed.Tags("reason"));
        Assert.Equal(HttpStatusCode.BadRequest, await second.StatusAsync());
        _time.Advance(TimeSpan.FromSeconds(2));
        _time.Fire();
        Assert.Equal(2, closed.Times);
    }
}
