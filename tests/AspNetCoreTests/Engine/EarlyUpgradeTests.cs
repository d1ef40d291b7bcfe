using System.Collections.Concurrent;
using System.Globalization;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>Clients that send the upgrade packet without a probe, as SocketIOClient 4 does, or while a POST is running.</summary>
public class EarlyUpgradeTests
{
    private readonly ConcurrentQueue<string> _handled = new();

    [Fact]
    public async Task An_upgrade_without_a_probe_connects()
    {
        await using var server = await StartAsync();
        using var polling = await PollingClient.OpenAsync(server);
        await polling.PostAsync("40");
        using var ws = await WsClient.OpenAsync(server, polling.Sid);
        await ws.SendAsync("5");
        Assert.StartsWith("40{\"sid\":", await ws.TextAsync(), StringComparison.Ordinal);
        await ws.SendAsync("42[\"message\",\"1\"]");
        Assert.Equal("42[\"message-back\",\"1\"]", await ws.TextAsync());
    }

    [Fact]
    public async Task A_post_whose_body_is_still_arriving_is_handled_before_the_websocket()
    {
        await using var server = await StartAsync();
        using var malformed = new Counts(server, "typedsocketredis.server.malformed");
        using var polling = await PollingClient.OpenAsync(server);
        const string Body = "40\u001e42[\"message\",\"1\"]\u001e42[\"message\",\"2\"]";
        using var post = RawClient.Connect(server);
        await post.WriteAsync(Head(polling, Body.Length) + Body[..10]);
        Assert.True(server.Server.Engine.Table.TryGet(polling.Sid, out var session));
        while (((PollingTransport)session.Transport).PostedAsync().IsCompleted) await Task.Yield();

        using var ws = await WsClient.OpenAsync(server, polling.Sid);
        await ws.SendAsync("5");
        await ws.SendAsync("42[\"message\",\"3\"]");
        while (session.Transport is not WebSocketTransport) await Task.Yield();
        Assert.Empty(_handled);
        await post.WriteAsync(Body[10..]);
        Assert.Equal(("200", "ok"), await post.RespondAsync());
        Assert.StartsWith("40{\"sid\":", await ws.TextAsync(), StringComparison.Ordinal);
        for (var i = 1; i <= 3; i++) Assert.Equal($"42[\"message-back\",\"{i}\"]", await ws.TextAsync());
        Assert.Equal(["1", "2", "3"], _handled);
        Assert.Empty(malformed.Tags("reason"));
    }

    [Fact]
    public async Task Posts_before_an_upgrade_are_handled_before_the_websocket_at_any_timing()
    {
        await using var server = await StartAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (round, _) =>
        {
            using var polling = await PollingClient.OpenAsync(server);
            await polling.PostAsync("40");
            using var ws = await WsClient.OpenAsync(server, polling.Sid);

            // A POST that arrives after the upgrade is refused, as by the JavaScript server, and the session continues.
            var first = string.Create(CultureInfo.InvariantCulture, $"{round}-1");
            var second = string.Create(CultureInfo.InvariantCulture, $"{round}-2");
            var posting = polling.TryPostAsync($"42[\"message\",\"{first}\"]");
            for (var i = 0; i < round % 10; i++) await Task.Yield();
            await ws.SendAsync("5");
            await ws.SendAsync($"42[\"message\",\"{second}\"]");
            using var posted = await posting;
            List<string> received = [await ws.TextAsync()];
            if (posted.IsSuccessStatusCode) received.Add(await ws.TextAsync());
            received.Add(await ws.TextAsync());
            List<string> expected = [.. posted.IsSuccessStatusCode ? [first, second] : new[] { second }];
            Assert.Equal(expected.Select(text => $"42[\"message-back\",\"{text}\"]"), received.Skip(1));
        });
    }

    [Fact]
    public async Task A_connection_lost_during_an_awaited_post_ends_the_session()
    {
        await using var server = await StartAsync();
        using var closed = new Counts(server, "typedsocketredis.server.connections.closed");
        using var polling = await PollingClient.OpenAsync(server);
        using var post = RawClient.Connect(server);
        await post.WriteAsync(Head(polling, 100) + "4");
        Assert.True(server.Server.Engine.Table.TryGet(polling.Sid, out var session));
        while (((PollingTransport)session.Transport).PostedAsync().IsCompleted) await Task.Yield();
        using (var ws = RawClient.Connect(server))
        {
            await ws.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={polling.Sid}"));
            await ws.HeadAsync();
            await ws.WriteAsync(RawClient.Frame(0x81, "5"u8.ToArray()));
            while (session.Transport is not WebSocketTransport) await Task.Yield();
        }

        await post.EndAsync();
        Assert.Equal(["transport close"], closed.Tags("reason"));
    }

    private Task<TestServer> StartAsync() => TestServer.StartAsync(map: io => io.Of("/").On("message", (socket, arguments) =>
    {
        _handled.Enqueue(arguments[0].GetString()!);
        return socket.Client<AnyEvents>().EmitAsync("message-back", arguments).AsTask();
    }));

    private static string Head(PollingClient client, int length) =>
        $"POST /socket.io/?EIO=4&transport=polling&sid={client.Sid} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n";
}
