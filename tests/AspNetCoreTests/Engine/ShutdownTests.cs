using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

public class ShutdownTests
{
    [Fact]
    public async Task Polls_and_websockets_end_within_the_timeout_including_unresponsive_clients()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(time: time);
        var reasons = new ConcurrentBag<DisconnectReason>();
        server.Server.Of("/").OnConnected(socket =>
        {
            socket.OnDisconnected(reason => { reasons.Add(reason.Reason); return Task.CompletedTask; });
            return Task.CompletedTask;
        });
        using var ws = await WsClient.ConnectAsync(server);
        using var mute = await RawClient.WebSocketAsync(server);
        using var polling = await PollingClient.ConnectAsync(server);
        using var away = await PollingClient.ConnectAsync(server);
        var poll = polling.PollAsync();
        var closed = ws.ClosedAsync();

        var stopping = server.StopAsync();
        Assert.Equal("1", await poll);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await closed);

        // A tenth of the two seconds is reserved for the host; until then the other clients can still respond.
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(1.8); passed += TimeSpan.FromMilliseconds(50))
        {
            Assert.False(stopping.IsCompleted);
            time.Advance(TimeSpan.FromMilliseconds(50));
        }

        await stopping;
        await mute.EndAsync();
        Assert.All(reasons, reason => Assert.Same(DisconnectReason.ServerShuttingDown, reason));
    }

    [Fact]
    public async Task A_shutdown_ends_as_soon_as_the_last_client_has_disconnected()
    {
        // The timeout never elapses: the shutdown ends because the last client has disconnected.
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(o => o.ShutdownTimeout = TimeSpan.FromHours(1), time);
        using var ws = await WsClient.ConnectAsync(server);
        using var polling = await PollingClient.ConnectAsync(server);
        var poll = polling.PollAsync();
        var closed = ws.ClosedAsync();
        await server.StopAsync();
        Assert.Equal("1", await poll);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await closed);
    }

    [Fact]
    public async Task New_clients_get_503_while_the_others_are_closed_slice_by_slice()
    {
        const int Clients = 60;
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(o => o.ShutdownTimeout = TimeSpan.FromMilliseconds(300), time);
        using var counts = new Counts(server, "typedsocketredis.server.connections.closed");
        using var refused = new Counts(server, "typedsocketredis.server.connections.refused");
        var clients = new List<PollingClient>();
        for (var i = 0; i < Clients; i++) clients.Add(await PollingClient.OpenAsync(server));

        var stopping = server.StopAsync();
        using var http = new HttpClient();
        using var late = await http.GetAsync(server.Url("EIO=4&transport=polling"), TestServer.Patience);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, late.StatusCode);
        using var raw = RawClient.Connect(server);
        await raw.WriteAsync(RawClient.Upgrade("EIO=4&transport=websocket"));
        Assert.StartsWith("HTTP/1.1 503", await raw.HeadAsync(), StringComparison.Ordinal);
        Assert.Equal(["stopping", "stopping"], refused.Tags("reason"));

        // 60 clients are closed in four steps of 50 ms, within three quarters of the timeout.
        List<int> slices = [counts.Tags("reason").Count];
        while (counts.Tags("reason").Count < Clients)
        {
            var before = counts.Tags("reason").Count;
            time.Advance(TimeSpan.FromMilliseconds(50));
            slices.Add(counts.Tags("reason").Count - before);
        }

        Assert.Equal([15, 15, 15, 15], slices);
        Assert.All(counts.Tags("reason"), reason => Assert.Equal("server shutting down", reason));
        time.Advance(TimeSpan.FromMilliseconds(300));
        await stopping;
        foreach (var client in clients) client.Dispose();
    }
}
