using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>Websockets on an existing HTTP/2 connection, as browsers open them (RFC 8441).</summary>
public class Http2Tests
{
    private static Task<TestServer> StartAsync() => TestServer.StartAsync(
        map: io => io.Of("/").On("message",
            (socket, arguments) => socket.Client<AnyEvents>().EmitAsync("message-back", arguments).AsTask()),
        listen: options => options.Protocols = HttpProtocols.Http2);

    private static void OverHttp2(ClientWebSocketOptions options)
    {
        options.HttpVersion = HttpVersion.Version20;
        options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
    }

    [Fact]
    public async Task Several_websockets_share_one_connection()
    {
        await using var server = await StartAsync();
        using var http = new HttpClient();
        using var first = await WsClient.OpenAsync(server, configure: OverHttp2, over: http);
        using var second = await WsClient.OpenAsync(server, over: http, configure: options =>
        {
            OverHttp2(options);
            options.AddSubProtocol("chat");
            options.AddSubProtocol("other");
        });
        Assert.Equal((null, "chat"), (first.SubProtocol, second.SubProtocol));
        foreach (var client in new[] { first, second })
        {
            await client.SendAsync("40");
            Assert.StartsWith("40{\"sid\":", await client.TextAsync(), StringComparison.Ordinal);
            var text = new string('x', 200_000);
            await client.SendAsync($"42[\"message\",\"{text}\"]");
            Assert.Equal($"42[\"message-back\",\"{text}\"]", await client.TextAsync());
        }

        await first.SendAsync("1");
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await first.ClosedAsync());
        await second.SendAsync("42[\"message\",1]");
        Assert.Equal("42[\"message-back\",1]", await second.TextAsync());
    }

    [Fact]
    public async Task A_polling_client_upgrades_to_a_websocket()
    {
        await using var server = await StartAsync();
        using var http = new HttpClient { DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        var handshake = await http.GetStringAsync(server.Url("EIO=4&transport=polling"), TestServer.Patience);
        var sid = System.Text.Json.JsonDocument.Parse(handshake[1..]).RootElement.GetProperty("sid").GetString();
        using var ws = await WsClient.OpenAsync(server, sid, configure: OverHttp2, over: http);
        await ws.SendAsync("2probe");
        Assert.Equal("3probe", await ws.TextAsync());
        await ws.SendAsync("5");
        await ws.SendAsync("40");
        Assert.StartsWith("40{\"sid\":", await ws.TextAsync(), StringComparison.Ordinal);
    }
}
