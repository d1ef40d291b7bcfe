using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>An Engine.IO client over <see cref="ClientWebSocket"/>.</summary>
public sealed class WsClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[4 * 1024 * 1024];

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? SubProtocol => _socket.SubProtocol;

    public JsonElement Handshake { get; private set; }

    /// <summary>The id of the socket that <see cref="ConnectAsync"/> joined.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Opens the websocket and consumes the engine's handshake, unless it is for an upgrade.</summary>
    public static async Task<WsClient> OpenAsync(TestServer server, string? sid = null, string query = "",
        Action<ClientWebSocketOptions>? configure = null, HttpMessageInvoker? over = null, int version = 4)
    {
        var client = new WsClient();
        configure?.Invoke(client._socket.Options);
        query = $"EIO={version}&transport=websocket" + (sid is null ? "" : $"&sid={sid}") + query;
        if (over is null)
            client._socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost";
        await client._socket.ConnectAsync(server.Url(query, server.Address.Scheme == "https" ? "wss" : "ws"), over, TestServer.Patience);
        if (sid is null) client.Handshake = JsonDocument.Parse((await client.TextAsync())[1..]).RootElement;
        return client;
    }

    /// <summary>Opens a websocket, joins a namespace and consumes the CONNECT packet.</summary>
    public static async Task<WsClient> ConnectAsync(TestServer server, string path = "/", string query = "")
    {
        var client = await OpenAsync(server, query: query);
        await client.SendAsync(path == "/" ? "40" : $"40{path},");
        var connect = await client.TextAsync();
        client.Id = JsonDocument.Parse(connect[connect.IndexOf('{', StringComparison.Ordinal)..]).RootElement.GetProperty("sid")
            .GetString()!;
        return client;
    }

    public Task SendAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestServer.Patience);

    public Task SendAsync(byte[] bytes) => _socket.SendAsync(bytes, WebSocketMessageType.Binary, true, TestServer.Patience);

    public Task SendFragmentAsync(string text, bool isLast) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, isLast, TestServer.Patience);

    public async Task<string> TextAsync() =>
        Encoding.UTF8.GetString(await ReceiveAsync() ?? throw new InvalidOperationException("The websocket was closed."));

    public async Task<byte[]> BytesAsync() => await ReceiveAsync() ?? throw new InvalidOperationException("The websocket was closed.");

    /// <summary>Reads until the server closes the websocket, and returns the close frame.</summary>
    public async Task<WebSocketCloseStatus?> ClosedAsync()
    {
        while (await ReceiveAsync() is not null)
        {
        }

        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestServer.Patience);
        }
        catch (WebSocketException)
        {
            // The server may end the connection right after its close frame.
        }

        return _socket.CloseStatus;
    }

    public Task CloseAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestServer.Patience);

    public void Dispose() => _socket.Dispose();

    private async Task<byte[]?> ReceiveAsync()
    {
        var length = 0;
        while (true)
        {
            var result = await _socket.ReceiveAsync(_buffer.AsMemory(length), TestServer.Patience);
            if (result.MessageType == WebSocketMessageType.Close) return null;
            length += result.Count;
            if (result.EndOfMessage) return _buffer[..length];
        }
    }
}
