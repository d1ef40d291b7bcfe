using System.Text.Json;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>A Socket.IO client that sends exactly the packets of a test, over either transport.</summary>
public sealed class SioClient : IDisposable
{
    private const char Separator = '\u001e';

    private readonly WsClient? _ws;
    private readonly PollingClient? _polling;
    private readonly Queue<string> _received = new();

    private SioClient(WsClient? ws, PollingClient? polling) => (_ws, _polling) = (ws, polling);

    public static async Task<SioClient> OpenAsync(TestServer server, bool polling) => polling
        ? new SioClient(null, await PollingClient.OpenAsync(server))
        : new SioClient(await WsClient.OpenAsync(server), null);

    /// <summary>Opens a connection and joins a namespace.</summary>
    /// <returns>The client and the payload of the server's CONNECT packet.</returns>
    public static async Task<(SioClient Client, JsonElement Connect)> ConnectAsync(
        TestServer server, bool polling = false, string path = "/", string auth = "")
    {
        var client = await OpenAsync(server, polling);
        return (client, await client.JoinAsync(path, auth));
    }

    public async Task<JsonElement> JoinAsync(string path = "/", string auth = "")
    {
        var prefix = path == "/" ? "40" : $"40{path},";
        await SendAsync(prefix + auth);
        var answer = await NextAsync();
        return answer.StartsWith(prefix, StringComparison.Ordinal)
            ? JsonDocument.Parse(answer[prefix.Length..]).RootElement
            : throw new InvalidOperationException($"Not admitted: {answer}");
    }

    public Task SendAsync(string packet) => _ws?.SendAsync(packet) ?? _polling!.PostAsync(packet);

    /// <summary>Sends packets back to back, over polling in one request.</summary>
    public async Task SendAsync(string[] packets)
    {
        if (_ws is null) await SendAsync(string.Join(Separator, packets));
        else foreach (var packet in packets) await SendAsync(packet);
    }

    /// <summary>Sends an attachment.</summary>
    public Task SendAsync(byte[] bytes) => _ws?.SendAsync(bytes) ?? _polling!.PostAsync($"b{Convert.ToBase64String(bytes)}");

    /// <summary>Returns the next packet, which must be an attachment.</summary>
    public async Task<byte[]> NextBytesAsync()
    {
        if (_ws is not null) return await _ws.BytesAsync();
        var packet = await NextAsync();
        return packet[0] == 'b' ? Convert.FromBase64String(packet[1..]) : throw new InvalidOperationException($"No attachment: {packet}");
    }

    /// <summary>Returns the next packet that is neither a ping nor a noop.</summary>
    public async Task<string> NextAsync()
    {
        while (true)
        {
            if (_received.TryDequeue(out var packet)) return packet;
            var payload = _ws is not null ? await _ws.TextAsync() : await _polling!.PollAsync();
            foreach (var one in payload.Split(Separator))
            {
                if (one is not ("2" or "6")) _received.Enqueue(one);
            }
        }
    }

    /// <summary>Waits until the server has closed the connection, and over polling fails on any packet except the close packet.</summary>
    public async Task EndedAsync()
    {
        if (_ws is not null)
        {
            await _ws.ClosedAsync();
            return;
        }

        using var response = await _polling!.GetAsync();
        var text = await response.Content.ReadAsStringAsync(TestServer.Patience);
        if (text is not ("1" or """{"code":1,"message":"Session ID unknown"}"""))
            throw new InvalidOperationException($"Not closed: {text}");
    }

    /// <summary>Closes the connection with a close frame or, over polling, with the engine's close packet.</summary>
    public Task CloseAsync() => _ws?.CloseAsync() ?? _polling!.PostAsync("1");

    /// <summary>Drops the connection: a websocket without a close frame, polling, which has no connection, by the close packet.</summary>
    public Task LoseAsync()
    {
        if (_ws is null) return _polling!.PostAsync("1");
        _ws.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _ws?.Dispose();
        _polling?.Dispose();
    }
}
