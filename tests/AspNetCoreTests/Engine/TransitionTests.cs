using System.Net;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>Unexpected requests and packets: disallowed transports, overlapping requests, sessions that end meanwhile.</summary>
public class TransitionTests
{
    [Theory]
    [InlineData(SocketIOTransports.WebSocket, 400, 101)]
    [InlineData(SocketIOTransports.Polling, 200, 400)]
    public async Task Only_the_allowed_transports_are_accepted(SocketIOTransports allowed, int polling, int websocket)
    {
        await using var server = await TestServer.StartAsync(o => o.Transports = allowed);
        using var http = new HttpClient();
        using var response = await http.GetAsync(server.Url("EIO=4&transport=polling"), TestServer.Patience);
        var body = await response.Content.ReadAsStringAsync(TestServer.Patience);
        Assert.Equal(polling, (int)response.StatusCode);
        if (polling == 400) Assert.Equal("""{"code":0,"message":"Transport unknown"}""", body);
        using var raw = RawClient.Connect(server);
        await raw.WriteAsync(RawClient.Upgrade("EIO=4&transport=websocket"));
        Assert.StartsWith($"HTTP/1.1 {websocket}", await raw.HeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_upgrades_a_websocket_cannot_continue_a_polling_session()
    {
        await using var server = await TestServer.StartAsync(o => o.AllowUpgrades = false);
        using var polling = await PollingClient.ConnectAsync(server);
        using var raw = RawClient.Connect(server);
        await raw.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={polling.Sid}"));
        Assert.StartsWith("HTTP/1.1 400", await raw.HeadAsync(), StringComparison.Ordinal);
        using var ws = await WsClient.ConnectAsync(server);
        await polling.PostAsync("41");
    }

    [Fact]
    public async Task A_HEAD_request_is_a_bad_handshake_and_has_no_body()
    {
        await using var server = await TestServer.StartAsync();
        using var http = new HttpClient();
        using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, server.Url("EIO=4&transport=polling")),
            TestServer.Patience);
        Assert.Equal(HttpStatusCode.BadRequest, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestServer.Patience));
    }

    [Fact]
    public async Task A_second_post_is_refused_and_ends_the_session()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await PollingClient.ConnectAsync(server);
        var poll = client.PollAsync();
        using var slow = RawClient.Connect(server);
        await slow.WriteAsync(PostHead(client, length: 100) + "42[");

        // The running POST has been registered when the other one is refused.
        HttpStatusCode status;
        do
        {
            using var response = await client.TryPostAsync("42[\"message\"]");
            status = response.StatusCode;
        }
        while (status == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("1", await poll);
        Assert.Equal(HttpStatusCode.BadRequest, await client.StatusAsync());
    }

    [Fact]
    public async Task An_aborted_post_ends_the_session()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await PollingClient.ConnectAsync(server);
        using var malformed = new Counts(server, "typedsocketredis.server.malformed");
        var poll = client.PollAsync();
        using (var broken = RawClient.Connect(server)) await broken.WriteAsync(PostHead(client, length: 100) + "42[");
        Assert.Equal("1", await poll);
        Assert.Equal("request lost", Assert.Single(malformed.Tags("reason")));
    }

    [Fact]
    public async Task The_end_of_a_session_closes_its_probing_websocket()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await PollingClient.ConnectAsync(server);
        using var raw = RawClient.Connect(server);
        await raw.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={client.Sid}"));
        await raw.HeadAsync();
        await raw.WriteAsync(RawClient.Frame(0x81, "2probe"u8.ToArray()));
        Assert.Equal("3probe", System.Text.Encoding.UTF8.GetString((await raw.FrameAsync()).Payload));
        await client.PostAsync("1");
        await raw.EndAsync();
    }

    [Fact]
    public async Task An_upgraded_websocket_is_pinged_and_carries_the_session()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(time: time);
        using var client = await PollingClient.ConnectAsync(server);
        using var ws = await WsClient.OpenAsync(server, client.Sid);
        await ws.SendAsync("2probe");
        Assert.Equal("3probe", await ws.TextAsync());
        await ws.SendAsync("5");
        await ws.SendAsync("41");
        await ws.SendAsync("40");
        Assert.StartsWith("40{", await ws.TextAsync(), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(25));
        Assert.Equal("2", await ws.TextAsync());

        // The upgrade timeout has elapsed, too; it must not close a completed upgrade.
        await ws.SendAsync("3");
        await ws.SendAsync("41");
        await ws.SendAsync("40");
        Assert.StartsWith("40{", await ws.TextAsync(), StringComparison.Ordinal);
        await ws.CloseAsync();
    }

    [Theory]
    [InlineData("2")]
    [InlineData("2probe")]
    public async Task A_ping_from_a_polling_client_is_a_protocol_violation(string ping)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await PollingClient.ConnectAsync(server);
        using var closed = new Counts(server, "typedsocketredis.server.connections.closed");
        using var response = await client.TryPostAsync(ping);
        Assert.Equal("transport error", Assert.Single(closed.Tags("reason")));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("3")]
    [InlineData("5")]
    [InlineData("6")]
    public async Task Packets_without_a_meaning_in_the_current_state_are_ignored(string packet)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await PollingClient.ConnectAsync(server);
        await client.PostAsync(packet);
        using var ws = await WsClient.ConnectAsync(server);
        await ws.SendAsync(packet);
        await client.PostAsync("41\u001e40");
        await ws.SendAsync("41");
        await ws.SendAsync("40");
        Assert.StartsWith("40{", await client.PollAsync(), StringComparison.Ordinal);
        Assert.StartsWith("40{", await ws.TextAsync(), StringComparison.Ordinal);
    }

    private static string PostHead(PollingClient client, int length) =>
        $"POST /socket.io/?EIO=4&transport=polling&sid={client.Sid} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n";
}
