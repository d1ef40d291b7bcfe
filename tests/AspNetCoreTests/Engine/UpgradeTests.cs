using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

public class UpgradeTests
{
    private const int Packets = 200;

    [Fact]
    public async Task A_probe_gets_a_pong_and_releases_the_poll()
    {
        await using var server = await TestServer.StartAsync();
        using var polling = await PollingClient.ConnectAsync(server);
        var poll = polling.PollAsync();
        using var ws = await WsClient.OpenAsync(server, polling.Sid);
        await ws.SendAsync("2probe");
        Assert.Equal("3probe", await ws.TextAsync());
        Assert.Equal("6", await poll);
        Assert.Equal("6", await polling.PollAsync());
        await ws.SendAsync("5");
        await ws.SendAsync("41");
        await ws.SendAsync("40");
        Assert.StartsWith("40{\"sid\":", await ws.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, await polling.StatusAsync());
        await AssertClosedAsync(server, polling.Sid);
        await ws.SendAsync("41");
        await ws.SendAsync("40");
        Assert.StartsWith("40{\"sid\":", await ws.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_websocket_is_accepted_and_closed_while_one_probes()
    {
        await using var server = await TestServer.StartAsync();
        using var polling = await PollingClient.ConnectAsync(server);
        using var ws = await WsClient.OpenAsync(server, polling.Sid);
        await AssertClosedAsync(server, polling.Sid);
        await ws.SendAsync("2probe");
        Assert.Equal("3probe", await ws.TextAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_read_before_the_last_packet_of_an_upgrade_is_refused_behind_it(bool isWebSocket)
    {
        // The time for which an upgrade delays a request does not pass, so that only the end of the upgrade decides.
        await using var server = await TestServer.StartAsync(time: new ShortWaits());
        using var polling = await PollingClient.ConnectAsync(server);
        using var ws = await WsClient.OpenAsync(server, polling.Sid);
        using var second = RawClient.Connect(server);
        var poll = isWebSocket ? Task.FromResult(HttpStatusCode.BadRequest) : polling.StatusAsync();
        Assert.True(server.Server.Engine.Table.TryGet(polling.Sid, out var session));
        while (!isWebSocket && !session.Transport.IsWritable) await Task.Yield();
        if (isWebSocket)
        {
            await second.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={polling.Sid}"));
            await second.HeadAsync();
        }

        var closed = isWebSocket ? second.CloseCodeAsync() : Task.FromResult(1000);
        await ws.SendAsync("2probe");
        Assert.Equal("3probe", await ws.TextAsync());
        Assert.Equal(!isWebSocket, closed.IsCompleted);
        Assert.Equal(isWebSocket, poll.IsCompleted);
        await ws.SendAsync("5");
        Assert.Equal(HttpStatusCode.BadRequest, await poll);
        Assert.Equal(1000, await closed);
    }

    [Fact]
    public async Task A_second_websocket_is_accepted_and_closed_for_a_session_that_never_polled()
    {
        await using var server = await TestServer.StartAsync();
        using var ws = await WsClient.ConnectAsync(server);
        await AssertClosedAsync(server, ws.Handshake.GetProperty("sid").GetString()!);
        await ws.SendAsync("41");
        await ws.SendAsync("40");
        Assert.StartsWith("40{\"sid\":", await ws.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_websocket_that_sends_no_probe_is_closed_and_the_session_continues()
    {
        // The clock does not advance, so no websocket is closed by a timeout.
        await using var server = await TestServer.StartAsync(time: new ShortWaits());
        using var polling = await PollingClient.ConnectAsync(server);
        foreach (var wrong in new[] { "2", "40", "3probe", "" })
        {
            using var ws = await WsClient.OpenAsync(server, polling.Sid);
            await ws.SendAsync(wrong);
            await ws.ClosedAsync();

            // A websocket that does not respond to the close frame is closed, too.
            using var raw = RawClient.Connect(server);
            await raw.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={polling.Sid}"));
            await raw.HeadAsync();
            await raw.WriteAsync(RawClient.Frame(0x81, Encoding.ASCII.GetBytes(wrong)));
            Assert.Equal(1000, await raw.CloseCodeAsync());
            Assert.Equal(0, await raw.EndAsync());
        }

        await polling.PostAsync("41");
        await polling.PostAsync("40");
        Assert.StartsWith("40{\"sid\":", await polling.PollAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_websocket_that_does_not_upgrade_in_time_is_closed_and_the_session_continues(bool isProbed)
    {
        var time = new ShortWaits();
        await using var server = await TestServer.StartAsync(
            o => o.UpgradeTimeout = TimeSpan.FromSeconds(7), time, io => io.Of("/").On("ask", (_, _) => Task.CompletedTask));
        using var client = await PollingClient.ConnectAsync(server);
        using var silent = await WsClient.OpenAsync(server, client.Sid);
        if (isProbed)
        {
            await silent.SendAsync("2probe");
            Assert.Equal("3probe", await silent.TextAsync());
        }

        time.Advance(TimeSpan.FromSeconds(6));
        using var second = RawClient.Connect(server);
        await second.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={client.Sid}"));
        Assert.StartsWith("HTTP/1.1 101", await second.HeadAsync(), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<WebSocketException>(silent.TextAsync);
        Assert.Equal(1000, await second.CloseCodeAsync());

        await client.PostAsync("421[\"ask\"]");
        Assert.Equal("431[]", await client.PollAsync());
        using var next = await WsClient.OpenAsync(server, client.Sid);
        await next.SendAsync("2probe");
        Assert.Equal("3probe", await next.TextAsync());
    }

    [Fact]
    public async Task No_packet_is_lost_or_reordered_by_an_upgrade()
    {
        await using var server = await TestServer.StartAsync();
        server.Server.Of("/").On("message",
            (socket, arguments) => socket.Client<AnyEvents>().EmitAsync("message-back", arguments).AsTask());
        for (var attempt = 0; attempt < 50; attempt++)
        {
            using var polling = await PollingClient.ConnectAsync(server);
            Assert.Equal(Enumerable.Range(0, Packets), await ExchangeAsync(server, polling, upgradeAt: attempt));
        }
    }

    private static async Task<List<int>> ExchangeAsync(TestServer server, PollingClient polling, int upgradeAt)
    {
        List<int> received = [];
        using var ws = await WsClient.OpenAsync(server, polling.Sid);
        var probed = false;
        for (var sent = 0; sent < upgradeAt; sent++)
        {
            await polling.PostAsync($"42[\"message\",{sent}]");
            if (!probed && sent >= upgradeAt / 2)
            {
                await ws.SendAsync("2probe");
                Assert.Equal("3probe", await ws.TextAsync());
                probed = true;
            }

            if (sent % 3 == 0) Read(await polling.PollAsync(), received);
        }

        if (!probed)
        {
            await ws.SendAsync("2probe");
            Assert.Equal("3probe", await ws.TextAsync());
        }

        await ws.SendAsync("5");
        for (var sent = upgradeAt; sent < Packets; sent++) await ws.SendAsync($"42[\"message\",{sent}]");
        while (received.Count < Packets) Read(await ws.TextAsync(), received);
        return received;
    }

    private static void Read(string payload, List<int> received)
    {
        const string Start = "42[\"message-back\",";
        foreach (var packet in payload.Split('\u001e').Where(packet => packet != "6"))
        {
            Assert.StartsWith(Start, packet, StringComparison.Ordinal);
            received.Add(int.Parse(packet[Start.Length..^1], CultureInfo.InvariantCulture));
        }
    }

    private static async Task AssertClosedAsync(TestServer server, string sid)
    {
        using var raw = RawClient.Connect(server);
        await raw.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={sid}"));
        Assert.StartsWith("HTTP/1.1 101", await raw.HeadAsync(), StringComparison.Ordinal);
        Assert.Equal(1000, await raw.CloseCodeAsync());
        await raw.EndAsync();
    }
}
