using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>Both transports over the in-memory test server, which has WebSockets but no connections.</summary>
public class InMemoryServerTests
{
    private const string Path = "http://localhost/socket.io/?EIO=4&transport=";

    [Fact]
    public async Task A_polling_client_is_served()
    {
        await using var app = await StartAsync();
        using var http = app.GetTestClient();
        var url = $"{Path}polling&sid={await OpenAsync(http)}";
        await PostAsync(http, url, "40");
        Assert.StartsWith("40{", await http.GetStringAsync(url, Patience), StringComparison.Ordinal);
        await PostAsync(http, url, "42[\"message\",\"hi\"]");
        Assert.Equal("42[\"message-back\",\"hi\"]", await http.GetStringAsync(url, Patience));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60_000)]
    [InlineData(300_000)]
    public async Task A_websocket_carries_text_and_bytes_of_any_size(int size)
    {
        await using var app = await StartAsync(io => io.PerMessageDeflate = new CompressionOptions());
        using var ws = await JoinAsync(app, offer: "permessage-deflate");
        var text = new string('x', size);
        await SendAsync(ws, $"42[\"message\",\"{text}\"]");
        Assert.Equal($"42[\"message-back\",\"{text}\"]", await TextAsync(ws));

        await SendAsync(ws, "451-[\"message\",{\"_placeholder\":true,\"num\":0}]");
        await ws.SendAsync(new byte[size], WebSocketMessageType.Binary, endOfMessage: false, Patience);
        await ws.SendAsync(new byte[1], WebSocketMessageType.Binary, endOfMessage: true, Patience);
        Assert.StartsWith("451-[\"message-back\"", await TextAsync(ws), StringComparison.Ordinal);
        var (type, bytes) = await ReceiveAsync(ws);
        Assert.Equal(WebSocketMessageType.Binary, type);
        Assert.Equal(size + 1, bytes.Length);
    }

    [Fact]
    public async Task A_polling_client_upgrades_to_a_websocket()
    {
        await using var app = await StartAsync();
        using var http = app.GetTestClient();
        var sid = await OpenAsync(http);
        var url = $"{Path}polling&sid={sid}";
        await PostAsync(http, url, "40");
        await http.GetStringAsync(url, Patience);
        var poll = http.GetStringAsync(url, Patience);

        using var ws = await ConnectAsync(app, $"&sid={sid}");
        await SendAsync(ws, "2probe");
        Assert.Equal("3probe", await TextAsync(ws));
        Assert.Equal("6", await poll);
        await SendAsync(ws, "5");
        await SendAsync(ws, "42[\"message\",\"up\"]");
        Assert.Equal("42[\"message-back\",\"up\"]", await TextAsync(ws));
    }

    [Fact]
    public async Task Either_side_can_close_the_connection()
    {
        await using var app = await StartAsync();
        var io = app.Services.GetRequiredService<SocketIOServer>();
        using var first = await JoinAsync(app);
        await Assert.Single(io.Of("/").Sockets).DisconnectAsync(close: true, TestContext.Current.CancellationToken);
        Assert.Equal("41", await TextAsync(first));
        Assert.Equal(WebSocketMessageType.Close, (await ReceiveAsync(first)).Type);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, first.CloseStatus);

        using var second = await JoinAsync(app);
        var left = new Waiting<DisconnectReason>();
        Assert.Single(io.Of("/").Sockets).OnDisconnected(info => left.Set(info.Reason));
        await second.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Patience);
        Assert.Same(DisconnectReason.TransportClose, await left.Value);

        using var third = await JoinAsync(app);
        var lost = new Waiting<DisconnectReason>();
        Assert.Single(io.Of("/").Sockets).OnDisconnected(info => lost.Set(info.Reason));
        third.Abort();
        third.Dispose();
        Assert.Same(DisconnectReason.TransportClose, await lost.Value);
    }

    [Fact]
    public async Task A_subprotocol_is_selected_and_a_refusal_is_returned_as_a_status()
    {
        await using var app = await StartAsync(io =>
            io.AllowRequest = context => ValueTask.FromResult<RequestAdmission>(!context.Request.Query.ContainsKey("refuse")));
        using var ws = await ConnectAsync(app, "", client => client.SubProtocols.Add("chat"));
        Assert.Equal("chat", ws.SubProtocol);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ConnectAsync(app, "&refuse=1"));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Patience => Harness.TestServer.Patience;

    private static async Task<WebApplication> StartAsync(Action<SocketIOOptions>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSocketIO(configure);
        var app = builder.Build();
        app.MapSocketIO();
        app.Services.GetRequiredService<SocketIOServer>().Of("/")
            .On("message", (socket, arguments) => socket.Client<AnyEvents>().EmitAsync("message-back", arguments).AsTask());
        await app.StartAsync(Patience);
        return app;
    }

    private static async Task<string> OpenAsync(HttpClient http)
    {
        var handshake = await http.GetStringAsync($"{Path}polling", Patience);
        return JsonDocument.Parse(handshake[1..]).RootElement.GetProperty("sid").GetString()!;
    }

    private static async Task PostAsync(HttpClient http, string url, string payload)
    {
        using var response = await http.PostAsync(url, new StringContent(payload), Patience);
        Assert.Equal("ok", await response.Content.ReadAsStringAsync(Patience));
    }

    private static Task<WebSocket> ConnectAsync(WebApplication app, string query, Action<WebSocketClient>? configure = null)
    {
        var client = app.GetTestServer().CreateWebSocketClient();
        configure?.Invoke(client);
        return client.ConnectAsync(new Uri($"{Path}websocket{query}"), Patience);
    }

    private static async Task<WebSocket> JoinAsync(WebApplication app, string? offer = null)
    {
        var ws = await ConnectAsync(app, "", client =>
        {
            if (offer is not null) client.ConfigureRequest = request => request.Headers.SecWebSocketExtensions = offer;
        });
        Assert.StartsWith("0{", await TextAsync(ws), StringComparison.Ordinal);
        await SendAsync(ws, "40");
        Assert.StartsWith("40{", await TextAsync(ws), StringComparison.Ordinal);
        return ws;
    }

    private static Task SendAsync(WebSocket ws, string text) =>
        ws.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Patience);

    private static async Task<string> TextAsync(WebSocket ws)
    {
        var (type, bytes) = await ReceiveAsync(ws);
        Assert.Equal(WebSocketMessageType.Text, type);
        return Encoding.UTF8.GetString(bytes);
    }

    private static async Task<(WebSocketMessageType Type, byte[] Bytes)> ReceiveAsync(WebSocket ws)
    {
        var bytes = new List<byte>();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var received = await ws.ReceiveAsync(buffer.AsMemory(), Patience);
            bytes.AddRange(buffer.AsSpan(0, received.Count));
            if (received.EndOfMessage) return (received.MessageType, [.. bytes]);
        }
    }
}
