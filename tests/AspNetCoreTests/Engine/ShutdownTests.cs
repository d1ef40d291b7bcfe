using System.Diagnostics;
using System.Net.WebSockets;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

public class ShutdownTests
{
    [Fact]
    public async Task Polls_and_websockets_end_promptly_also_those_that_do_not_answer()
    {
        await using var server = await TestServer.StartAsync();
        var reasons = new System.Collections.Concurrent.ConcurrentBag<DisconnectReason>();
        server.Server.Of("/").OnConnected(socket =>
        {
            socket.OnDisconnected(reason => { reasons.Add(reason); return Task.CompletedTask; });
            return Task.CompletedTask;
        });
        using var ws = await WsClient.ConnectAsync(server);
        using var mute = await RawClient.WebSocketAsync(server);
        using var polling = await PollingClient.ConnectAsync(server);
        using var away = await PollingClient.ConnectAsync(server);
        var poll = polling.PollAsync();
        var closed = ws.ClosedAsync();

        var watch = Stopwatch.StartNew();
        await server.StopAsync();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal("1", await poll);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await closed);
        await mute.EndAsync();
        Assert.All(reasons, reason => Assert.Same(DisconnectReason.ServerShuttingDown, reason));
    }
}
