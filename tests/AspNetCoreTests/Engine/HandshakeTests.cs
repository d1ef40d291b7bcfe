using System.Net;
using System.Text.Json;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

public class HandshakeTests
{
    [Fact]
    public async Task Polling_opens_a_session_with_the_five_keys_and_the_upgrade()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await PollingClient.OpenAsync(server);
        Assert.Equal(["sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload"],
            client.Handshake.EnumerateObject().Select(p => p.Name));
        Assert.Equal(20, client.Sid.Length);
        Assert.Equal("websocket", Assert.Single(client.Handshake.GetProperty("upgrades").EnumerateArray()).GetString());
        Assert.Equal(25000, client.Handshake.GetProperty("pingInterval").GetInt32());
        Assert.Equal(20000, client.Handshake.GetProperty("pingTimeout").GetInt32());
        Assert.Equal(1000000, client.Handshake.GetProperty("maxPayload").GetInt32());
    }

    [Fact]
    public async Task A_websocket_opens_a_session_that_offers_no_upgrade()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await WsClient.OpenAsync(server);
        Assert.Equal(["sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload"],
            client.Handshake.EnumerateObject().Select(p => p.Name));
        Assert.Empty(client.Handshake.GetProperty("upgrades").EnumerateArray());
    }

    [Theory]
    [InlineData(false, SocketIOTransports.All)]
    [InlineData(true, SocketIOTransports.Polling)]
    public async Task No_upgrade_is_offered_where_none_is_allowed(bool allow, SocketIOTransports transports)
    {
        await using var server = await TestServer.StartAsync(o => (o.AllowUpgrades, o.Transports) = (allow, transports));
        using var client = await PollingClient.OpenAsync(server);
        Assert.Empty(client.Handshake.GetProperty("upgrades").EnumerateArray());
    }

    [Theory]
    [InlineData("GET", "EIO=4", 0, "Transport unknown")]
    [InlineData("GET", "EIO=4&transport=abc", 0, "Transport unknown")]
    [InlineData("GET", "EIO=4&transport=polling&transport=websocket", 0, "Transport unknown")]
    [InlineData("GET", "EIO=4&transport=polling&transport=webtransport", 0, "Transport unknown")]
    [InlineData("OPTIONS", "EIO=4&transport=polling", 2, "Bad handshake method")]
    [InlineData("POST", "EIO=4&transport=websocket", 2, "Bad handshake method")]
    [InlineData("GET", "EIO=4&transport=polling&sid=abc", 1, "Session ID unknown")]
    [InlineData("POST", "EIO=4&transport=polling", 2, "Bad handshake method")]
    [InlineData("PUT", "EIO=4&transport=polling", 2, "Bad handshake method")]
    [InlineData("GET", "EIO=4&transport=websocket", 3, "Bad request")]
    [InlineData("GET", "transport=polling", 5, "Unsupported protocol version")]
    [InlineData("GET", "EIO=3&transport=polling", 5, "Unsupported protocol version")]
    [InlineData("GET", "EIO=abc&transport=polling", 5, "Unsupported protocol version")]
    public async Task A_bad_request_gets_status_400_and_its_code(string method, string query, int code, string message)
    {
        await using var server = await TestServer.StartAsync();
        using var http = new HttpClient();
        using var response = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), server.Url(query)), TestServer.Patience);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestServer.Patience)).RootElement;
        Assert.Equal($$"""{"code":{{code}},"message":"{{message}}"}""", body.GetRawText());
    }

    [Fact]
    public async Task A_session_refuses_other_methods_other_versions_and_the_wrong_transport()
    {
        await using var server = await TestServer.StartAsync();
        using var polling = await PollingClient.OpenAsync(server);
        using var ws = await WsClient.OpenAsync(server);
        using var http = new HttpClient();
        var wsSid = ws.Handshake.GetProperty("sid").GetString();
        foreach (var (method, query) in new[]
        {
            ("PUT", $"EIO=4&transport=polling&sid={polling.Sid}"),
            ("GET", $"EIO=3&transport=polling&sid={polling.Sid}"),
            ("GET", $"EIO=4&transport=polling&sid={wsSid}"),
            ("POST", $"EIO=4&transport=polling&sid={wsSid}"),
            ("GET", $"EIO=4&transport=websocket&sid={polling.Sid}"),
        })
        {
            using var response = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), server.Url(query)),
                TestServer.Patience);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains("\"code\":3", await response.Content.ReadAsStringAsync(TestServer.Patience), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_path_is_accepted_without_its_last_slash()
    {
        await using var server = await TestServer.StartAsync();
        using var http = new HttpClient();
        var body = await http.GetStringAsync(new Uri(server.Address, "/socket.io?EIO=4&transport=polling"), TestServer.Patience);
        Assert.StartsWith("0{\"sid\":", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", "8", "426")]
    [InlineData("short", "13", "400")]
    [InlineData("!!!!IHNhbXBsZSBub25jZQ==", "13", "400")]
    [InlineData("", "13", "400")]
    public async Task A_bad_websocket_handshake_is_refused(string key, string version, string status)
    {
        await using var server = await TestServer.StartAsync();
        using var client = RawClient.Connect(server);
        await client.WriteAsync(RawClient.Upgrade("EIO=4&transport=websocket", key, version));
        Assert.StartsWith($"HTTP/1.1 {status}", await client.HeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_websocket_handshake_returns_the_accept_key_of_RFC_6455()
    {
        await using var server = await TestServer.StartAsync();
        using var client = RawClient.Connect(server);
        await client.WriteAsync(RawClient.Upgrade("EIO=4&transport=websocket"));
        var head = await client.HeadAsync();
        Assert.StartsWith("HTTP/1.1 101", head, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat", "101", "chat")]
    [InlineData("v2.chat, v1.chat,v0", "101", "v2.chat")]
    [InlineData("b\r\nSec-WebSocket-Protocol: a", "101", "b")]
    [InlineData("", "400", null)]
    [InlineData("a,,b", "400", null)]
    [InlineData("a, a", "400", null)]
    [InlineData("a b", "400", null)]
    [InlineData("a, \"b\"", "400", null)]
    public async Task The_first_subprotocol_of_a_websocket_is_chosen(string offer, string status, string? chosen)
    {
        await using var server = await TestServer.StartAsync();
        using var client = RawClient.Connect(server);
        await client.WriteAsync(RawClient.Upgrade("EIO=4&transport=websocket")
            .Replace("\r\n\r\n", $"\r\nSec-WebSocket-Protocol: {offer}\r\n\r\n", StringComparison.Ordinal));
        var head = await client.HeadAsync();
        Assert.StartsWith($"HTTP/1.1 {status}", head, StringComparison.Ordinal);
        Assert.Equal(chosen,
            head.Split("\r\n")
                .SingleOrDefault(
                    line => line.StartsWith("Sec-WebSocket-Protocol: ", StringComparison.Ordinal))?["Sec-WebSocket-Protocol: ".Length..]);
    }

    [Fact]
    public async Task The_number_of_sessions_is_bounded()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxSessions = 1);
        using var first = await PollingClient.OpenAsync(server);
        using var http = new HttpClient();
        using var refused = await http.GetAsync(server.Url("EIO=4&transport=polling"), TestServer.Patience);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        await first.PostAsync("1");
        using var second = await PollingClient.OpenAsync(server);
        Assert.NotEqual(first.Sid, second.Sid);
    }
}
