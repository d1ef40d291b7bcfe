using System.Net.WebSockets;
using System.Text;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>A client whose packets are JSON in the test and MessagePack on the wire.</summary>
internal sealed class MessagePackClient : IDisposable
{
    private readonly WsClient? _ws;
    private readonly PollingClient? _polling;

    private MessagePackClient(WsClient? ws, PollingClient? polling) => (_ws, _polling) = (ws, polling);

    public static async Task<MessagePackClient> OpenAsync(TestServer server, bool polling) => polling
        ? new MessagePackClient(null, await PollingClient.OpenAsync(server))
        : new MessagePackClient(await WsClient.OpenAsync(server), null);

    public static async Task<MessagePackClient> ConnectAsync(TestServer server, string path = "/")
    {
        var client = await OpenAsync(server, polling: false);
        await client.SendAsync($$"""{"type":0,"nsp":"{{path}}"}""");
        await client.NextAsync();
        return client;
    }

    public Task SendAsync(string json, params byte[][] attachments)
    {
        var packet = JsonToMessagePack.Convert(Encoding.UTF8.GetBytes(json), Limits.Default,
            [.. attachments.Select(bytes => (ReadOnlyMemory<byte>)bytes)]);
        return _ws?.SendAsync(packet) ?? _polling!.PostAsync("b" + Convert.ToBase64String(packet));
    }

    /// <summary>Sends bytes that need not be a packet.</summary>
    public Task SendBytesAsync(byte[] packet) => _ws!.SendAsync(packet);

    public async Task<string> NextAsync()
    {
        var packet = _ws is not null ? await _ws.BytesAsync() : Convert.FromBase64String((await _polling!.PollAsync())[1..]);
        using var json = PooledBuffer.Rent();
        Transcoder.Write(packet, json, Limits.Default, BinaryForm.Buffer);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    public Task LoseAsync()
    {
        _ws?.Dispose();
        return _polling?.PostAsync("1") ?? Task.CompletedTask;
    }

    public Task<WebSocketCloseStatus?> ClosedAsync() => _ws!.ClosedAsync();

    public void Dispose()
    {
        _ws?.Dispose();
        _polling?.Dispose();
    }
}
