using System.Net.WebSockets;
using System.Text;

namespace TypedSocketRedis.Tests;

/// <summary>A websocket that sends exactly the messages of a test.</summary>
public sealed class RawWebSocket : IDisposable
{
    /// <summary>The result of <see cref="NextAsync"/> when there is no further message.</summary>
    public const string Closed = "closed";

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    private RawWebSocket()
    {
    }

    /// <summary>Opens a websocket. A refused websocket is closed from the beginning.</summary>
    public static async Task<RawWebSocket> OpenAsync(Uri url)
    {
        var socket = new RawWebSocket();
        try
        {
            await socket._socket.ConnectAsync(url, TestContext.Current.CancellationToken);
            socket.IsOpened = true;
        }
        catch (WebSocketException)
        {
            Assert.NotEqual(WebSocketState.Open, socket._socket.State);
        }

        return socket;
    }

    /// <summary>Gets a value indicating whether the server accepted the websocket.</summary>
    public bool IsOpened { get; private set; }

    public Task SendAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    public Task SendAsync(params byte[] bytes) =>
        _socket.SendAsync(bytes, WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);

    /// <summary>Returns the next message: text unchanged, bytes as <c>bytes 01-02</c>, or <see cref="Closed"/>.</summary>
    public Task<string> NextAsync() => Patience.ForAsync(ReadAsync(), () => "a websocket message");

    /// <summary>Returns the next message other than a ping, and responds to pings.</summary>
    public async Task<string> NextPacketAsync()
    {
        while (true)
        {
            var message = await NextAsync();
            if (message != "2") return message;
            await SendAsync("3");
        }
    }

    /// <summary>Reads until the websocket is closed.</summary>
    public async Task EndAsync()
    {
        while (await NextAsync() != Closed)
        {
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<string> ReadAsync()
    {
        if (_socket.State is not (WebSocketState.Open or WebSocketState.CloseSent)) return Closed;
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(_buffer.AsMemory(), TestContext.Current.CancellationToken);
                if (part.MessageType == WebSocketMessageType.Close) return Closed;
                message.Write(_buffer, 0, part.Count);
                if (!part.EndOfMessage) continue;
                return part.MessageType == WebSocketMessageType.Text
                    ? Encoding.UTF8.GetString(message.ToArray())
                    : $"bytes {BitConverter.ToString(message.ToArray())}";
            }
        }
        catch (WebSocketException)
        {
            return Closed;
        }
    }
}
