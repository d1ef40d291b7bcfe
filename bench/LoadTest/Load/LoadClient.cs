using System.Net.WebSockets;
using System.Text;

namespace TypedSocketRedis.LoadTest.Load;

/// <summary>A minimal websocket client, the same for all servers, which counts the events that it receives.</summary>
internal sealed class LoadClient : ILoadClient
{
    private const byte SignalRRecordEnd = 0x1e;

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[4 * 1024];
    private readonly bool _signalR;
    private Task _reading = Task.CompletedTask;
    private TaskCompletionSource? _acknowledged;

    private LoadClient(bool signalR) => _signalR = signalR;

    /// <summary>Connects and completes the handshake of the protocol.</summary>
    public static async Task<LoadClient> ConnectAsync(string kind, int port, Action<int> received)
    {
        var client = new LoadClient(kind == "signalr");
        client._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        var path = client._signalR ? "hub" : "socket.io/?EIO=4&transport=websocket";
        await client._socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/{path}"), CancellationToken.None);
        if (client._signalR)
        {
            await client.SendAsync("{\"protocol\":\"json\",\"version\":1}\u001e");
            await client.ReceiveAsync();
        }
        else
        {
            await client.ReceiveAsync();
            await client.SendAsync("40");
            await client.ReceiveAsync();
        }

        client._reading = client.ReadAsync(received);
        return client;
    }

    public Task TriggerAsync(int number) => SendAsync(_signalR
        ? $"{{\"type\":1,\"target\":\"Go\",\"arguments\":[{number}]}}\u001e"
        : $"42[\"go\",{number}]");

    /// <summary>Sends an event and waits for its acknowledgement. Only one such event can be pending.</summary>
    /// <param name="data">The event, for example <c>["join","a"]</c>.</param>
    public async Task AskAsync(string data)
    {
        _acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync("421" + data);
        await _acknowledged.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
    }

    private Task SendAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    private async ValueTask<int> ReceiveAsync()
    {
        var result = await _socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None);
        return result.MessageType == WebSocketMessageType.Close ? 0 : result.Count;
    }

    private async Task ReadAsync(Action<int> received)
    {
        while (await ReceiveAsync() is > 0 and var count)
        {
            var message = _buffer.AsMemory(0, count);
            if (message.Span.SequenceEqual("2"u8)) await SendAsync("3");
            else if (message.Span.StartsWith("431"u8)) _acknowledged!.TrySetResult();
            else received(_signalR ? message.Span.Count(SignalRRecordEnd) : 1);
        }
    }
}
