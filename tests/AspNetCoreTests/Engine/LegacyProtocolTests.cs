using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>Clients of Engine.IO protocol 3 and Socket.IO 2.</summary>
public sealed class LegacyProtocolTests : IDisposable
{
    private readonly HttpClient _http = new();

    [Fact]
    public async Task A_polling_client_joins_the_main_namespace_when_it_connects()
    {
        await using var server = await StartAsync();
        var client = await OpenAsync(server);
        Assert.Equal("2:40", await PollAsync(server, client));
        Assert.Equal("ok", await PostAsync(server, client, "23:421[\"message\",\"ä\",\"🕐\"]"));
        Assert.Equal("27:42[\"message-back\",\"ä\",\"🕐\"]5:431[]", await PollAllAsync(server, client, "431"));
        Assert.Equal(3, Assert.Single(server.Server.Of("/").Sockets).ProtocolVersion);
    }

    [Fact]
    public async Task A_session_continues_with_the_version_that_opened_it()
    {
        await using var server = await StartAsync();
        var legacy = await OpenAsync(server);
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(server, $"EIO=4&transport=polling&sid={legacy}"));
        using var current = await PollingClient.ConnectAsync(server);
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(server, $"EIO=3&transport=polling&sid={current.Sid}"));
        Assert.Equal("ok", await PostAsync(server, legacy, "1:2"));
        await current.PostAsync("42[\"message\"]");
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("&b64=1", false)]
    public async Task Bytes_are_polled_as_bytes_or_as_base64(string more, bool isBinary)
    {
        await using var server = await StartAsync();
        var client = await OpenAsync(server, more);
        Assert.Equal("2:40", await PollAsync(server, client, more));
        server.Server.Of("/").All.Emit("tick", "ä", new byte[] { 0, 1, 255 });
        const string Text = "451-[\"tick\",\"ä\",{\"_placeholder\":true,\"num\":0}]";
        using var response = await _http.GetAsync(Url(server, client, more), TestServer.Patience);
        var body = await response.Content.ReadAsByteArrayAsync(TestServer.Patience);
        if (isBinary)
        {
            Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal([0, 4, 7, 255, .. Encoding.UTF8.GetBytes(Text), 1, 4, 255, 4, 0, 1, 255], body);
        }
        else
        {
            Assert.Equal($"46:{Text}6:b4AAH/", Encoding.UTF8.GetString(body));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bytes_are_posted_as_bytes_or_as_base64(bool isBinary)
    {
        await using var server = await StartAsync();
        var client = await OpenAsync(server, "&b64=1");
        Assert.Equal("2:40", await PollAsync(server, client, "&b64=1"));
        const string Text = "451-[\"message\",{\"_placeholder\":true,\"num\":0}]";
        if (isBinary)
        {
            byte[] body = [0, 4, 5, 255, .. Encoding.UTF8.GetBytes(Text), 1, 4, 255, 4, 0, 1, 255];
            Assert.Equal("ok", await PostAsync(server, client, body, "application/octet-stream"));
        }
        else
        {
            Assert.Equal("ok", await PostAsync(server, client, $"45:{Text}6:b4AAH/"));
        }

        Assert.Equal("50:451-[\"message-back\",{\"_placeholder\":true,\"num\":0}]6:b4AAH/",
            await PollAllAsync(server, client, "b4AAH/", "&b64=1"));
    }

    [Fact]
    public async Task A_WebSocket_has_the_kind_of_the_packet_before_bytes()
    {
        await using var server = await StartAsync(o => o.PerMessageDeflate = new CompressionOptions { Threshold = 1 });
        using var client = await OpenWebSocketAsync(server);
        Assert.Equal("40", await client.TextAsync());
        await client.SendAsync("451-[\"message\",{\"_placeholder\":true,\"num\":0}]");
        await client.SendAsync([4, 9, 8]);
        Assert.Equal("451-[\"message-back\",{\"_placeholder\":true,\"num\":0}]", await client.TextAsync());
        Assert.Equal([4, 9, 8], await client.BytesAsync());
    }

    [Fact]
    public async Task A_WebSocket_with_b64_exchanges_base64()
    {
        await using var server = await StartAsync();
        using var client = await OpenWebSocketAsync(server, "&b64=1");
        Assert.Equal("40", await client.TextAsync());
        await client.SendAsync("451-[\"message\",{\"_placeholder\":true,\"num\":0}]");
        await client.SendAsync("b4CQg=");
        Assert.Equal("451-[\"message-back\",{\"_placeholder\":true,\"num\":0}]", await client.TextAsync());
        Assert.Equal("b4CQg=", await client.TextAsync());
    }

    [Fact]
    public async Task A_polling_client_upgrades_with_its_queued_bytes()
    {
        await using var server = await StartAsync();
        var client = await OpenAsync(server);
        Assert.Equal("2:40", await PollAsync(server, client));
        var poll = PollAsync(server, client);
        using var probe = await OpenWebSocketAsync(server, sid: client);
        await probe.SendAsync("2probe");
        Assert.Equal("3probe", await probe.TextAsync());
        Assert.Equal("1:6", await poll);
        server.Server.Of("/").All.Emit("tick", new byte[] { 7 });
        await probe.SendAsync("5");
        Assert.Equal("451-[\"tick\",{\"_placeholder\":true,\"num\":0}]", await probe.TextAsync());
        Assert.Equal([4, 7], await probe.BytesAsync());
    }

    [Fact]
    public async Task The_client_sends_the_pings_and_ends_without_them()
    {
        var time = new FakeTimeProvider();
        var ended = new Waiting<DisconnectInfo>();
        await using var server = await TestServer.StartAsync(o => o.AllowEIO3 = true, time, io => io.Of("/").OnConnected(socket =>
        {
            socket.OnDisconnected(ended.Set);
            return Task.CompletedTask;
        }));
        using var client = await OpenWebSocketAsync(server);
        Assert.Equal("40", await client.TextAsync());
        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(44));
            await client.SendAsync("2");
            Assert.Equal("3", await client.TextAsync());
        }

        time.Advance(TimeSpan.FromSeconds(46));
        Assert.Same(DisconnectReason.PingTimeout, (await ended.Value).Reason);
        await client.ClosedAsync();
    }

    [Fact]
    public async Task A_pong_of_the_client_is_a_violation()
    {
        await using var server = await StartAsync();
        using var malformed = new Counts(server, "typedsocketredis.server.malformed");
        using var client = await OpenWebSocketAsync(server);
        await client.SendAsync("3");
        await client.ClosedAsync();
        Assert.Equal(["ping"], malformed.Tags("reason"));
    }

    [Fact]
    public async Task A_namespace_receives_its_query_as_auth_and_packets_without_payload()
    {
        await using var server = await StartAsync();
        var joined = new Waiting<ISocket>();
        server.Server.Of("/chat").OnConnected(joined.Set);
        using var client = await OpenWebSocketAsync(server, "&room=7");
        Assert.Equal("40", await client.TextAsync());
        await client.SendAsync("40/chat?token=a%2Cb&token=c%20d&__proto__=y&x=1,");
        Assert.Equal("40/chat,", await client.TextAsync());
        var socket = await joined.Value;
        Assert.Equal("""{"token":"c d","x":"1"}""", socket.Handshake.Auth.ToJson());
        Assert.True(socket.Handshake.Auth.Raw.Span.IndexOf("__proto__"u8) < 0);
        Assert.Equal("7", socket.Handshake.Query["room"]);
        Assert.Equal("{}", Assert.Single(server.Server.Of("/").Sockets).Handshake.Auth.ToJson());
        await client.SendAsync("41/chat,");
        await client.SendAsync("40/chat,");
        Assert.Equal("40/chat,", await client.TextAsync());
    }

    [Fact]
    public async Task A_refusal_is_an_error_packet_with_the_details_or_the_message()
    {
        await using var server = await StartAsync();
        server.Server.Of("/private").Use(socket => throw (socket.Handshake.Auth["code"].Kind == ArgumentKind.Text
            ? new SocketEventException("no", SocketArgument.FromJson("""{"code":7}"""))
            : new SocketEventException("not \"you\"")));
        using var client = await OpenWebSocketAsync(server);
        Assert.Equal("40", await client.TextAsync());
        await client.SendAsync("40/private,");
        Assert.Equal("44/private,\"not \\\"you\\\"\"", await client.TextAsync());
        await client.SendAsync("40/private?code=1,");
        Assert.Equal("""44/private,{"code":7}""", await client.TextAsync());
        await client.SendAsync("40/nowhere,");
        Assert.Equal("""44/nowhere,{"message":"Invalid namespace"}""", await client.TextAsync());
        await client.SendAsync("42[\"message\",1]");
        Assert.Equal("42[\"message-back\",1]", await client.TextAsync());
    }

    [Fact]
    public async Task Events_have_no_offset_although_others_can_recover()
    {
        await using var server = await StartAsync(o => o.ConnectionStateRecovery = new ConnectionStateRecoveryOptions());
        using var legacy = await OpenWebSocketAsync(server);
        Assert.Equal("40", await legacy.TextAsync());
        using var current = await WsClient.ConnectAsync(server);
        server.Server.Of("/").All.Emit("tick", 1);
        Assert.Equal("42[\"tick\",1]", await legacy.TextAsync());
        Assert.StartsWith("42[\"tick\",1,\"", await current.TextAsync(), StringComparison.Ordinal);
        await legacy.SendAsync("42[\"message\",2]");
        Assert.Equal("42[\"message-back\",2]", await legacy.TextAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData(":2")]
    [InlineData("2:2")]
    [InlineData("x:2")]
    [InlineData("1:21")]
    [InlineData("9999999999:2")]
    [InlineData("3:4🕐🕐")]
    [InlineData("4:4🕐🕐")]
    [InlineData("3:b2A")]
    [InlineData("0:")]
    [InlineData("-1:2")]
    public async Task A_malformed_payload_ends_only_its_own_session(string payload)
    {
        await using var server = await StartAsync();
        var bystander = await OpenAsync(server);
        var client = await OpenAsync(server);
        using var content = new StringContent(payload);
        using var response = await _http.PostAsync(Url(server, client), content, TestServer.Patience);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(server, $"EIO=3&transport=polling&sid={client}"));
        Assert.Equal("ok", await PostAsync(server, bystander, "1:2"));
    }

    [Theory]
    [InlineData(new byte[] { 2, 1, 255, 50 })]
    [InlineData(new byte[] { 0, 255, 50 })]
    [InlineData(new byte[] { 0, 9, 255, 50 })]
    [InlineData(new byte[] { 0, 11, 255, 50 })]
    [InlineData(new byte[] { 0, 1 })]
    [InlineData(new byte[] { 1, 1, 255, 2 })]
    [InlineData(new byte[] { 0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 255, 50 })]
    public async Task A_malformed_binary_payload_ends_only_its_own_session(byte[] payload)
    {
        await using var server = await StartAsync();
        var client = await OpenAsync(server);
        using var content = new ByteArrayContent(payload);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var response = await _http.PostAsync(Url(server, client), content, TestServer.Patience);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotNull(await OpenAsync(server));
    }

    [Fact]
    public async Task The_end_of_a_polling_session_is_sent_with_its_length()
    {
        await using var server = await StartAsync();
        var client = await OpenAsync(server);
        Assert.Equal("2:40", await PollAsync(server, client));
        await Assert.Single(server.Server.Of("/").Sockets).DisconnectAsync(close: true, TestServer.Patience);
        Assert.Equal("2:41", await PollAsync(server, client));
        Assert.Equal("1:1", await PollAsync(server, client));
    }

    [Fact]
    public async Task MessagePack_packets_of_the_protocol_have_no_socket_id()
    {
        await using var server = await StartAsync(o => o.Parser = SocketIOParser.MessagePack);
        server.Server.Of("/private").Use(_ => throw new SocketEventException("no"));
        using var client = await OpenWebSocketAsync(server);
        Assert.Equal([4, 0x82, 0xA4, .. "type"u8, 0, 0xA3, .. "nsp"u8, 0xA1, .. "/"u8], await client.BytesAsync());
        await client.SendAsync([4, 0x82, 0xA4, .. "type"u8, 0, 0xA3, .. "nsp"u8, 0xA8, .. "/private"u8]);
        Assert.Equal([4, 0x83, 0xA4, .. "type"u8, 4, 0xA4, .. "data"u8, 0xA2, .. "no"u8, 0xA3, .. "nsp"u8, 0xA8, .. "/private"u8],
            await client.BytesAsync());
    }

    public void Dispose() => _http.Dispose();

    private static Task<TestServer> StartAsync(Action<SocketIOOptions>? configure = null) => TestServer.StartAsync(
        o =>
        {
            o.AllowEIO3 = true;
            configure?.Invoke(o);
        },
        map: io => io.Of("/").On("message",
            (socket, arguments) => socket.Client<AnyEvents>().EmitAsync("message-back", arguments).AsTask()));

    private static Uri Url(TestServer server, string sid, string more = "") => server.Url($"EIO=3&transport=polling&sid={sid}{more}");

    private static Task<WsClient> OpenWebSocketAsync(TestServer server, string more = "", string? sid = null) =>
        WsClient.OpenAsync(server, sid, more, version: 3);

    private async Task<string> OpenAsync(TestServer server, string more = "")
    {
        var body = await _http.GetStringAsync(server.Url("EIO=3&transport=polling" + more), TestServer.Patience);
        var length = int.Parse(body[..body.IndexOf(':', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(body, $"{length}:{body[^length..]}");
        Assert.StartsWith("0{\"sid\":", body[^length..], StringComparison.Ordinal);
        return body.Split('"')[3];
    }

    private Task<string> PollAsync(TestServer server, string sid, string more = "") =>
        _http.GetStringAsync(Url(server, sid, more), TestServer.Patience);

    private async Task<string> PollAllAsync(TestServer server, string sid, string until, string more = "")
    {
        var all = "";
        while (!all.Contains(until, StringComparison.Ordinal)) all += await PollAsync(server, sid, more);
        return all;
    }

    private Task<string> PostAsync(TestServer server, string sid, string payload) =>
        PostAsync(server, sid, Encoding.UTF8.GetBytes(payload), "text/plain");

    private async Task<string> PostAsync(TestServer server, string sid, byte[] payload, string type)
    {
        using var content = new ByteArrayContent(payload);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await _http.PostAsync(Url(server, sid), content, TestServer.Patience);
        return await response.Content.ReadAsStringAsync(TestServer.Patience);
    }

    private async Task<HttpStatusCode> StatusAsync(TestServer server, string query)
    {
        using var response = await _http.GetAsync(server.Url(query), TestServer.Patience);
        return response.StatusCode;
    }
}
