using System.Net.WebSockets;
using System.Text;
using MessagePack;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Testing;

/// <summary>The packets of one client over a WebSocket.</summary>
/// <param name="socket">The WebSocket; owned by the connection.</param>
/// <param name="format">The format of packets.</param>
internal sealed class HarnessConnection(WebSocket socket, IPacketFormat format) : IAsyncDisposable
{
    private const int PieceLength = 16 * 1024;

    private readonly SemaphoreSlim _sending = new(1);
    private readonly IPacketReader _reader = format.CreateReader(Limits.Outgoing);

    public IPacketFormat Format => format;

    /// <summary>Sends the packet that connects to a namespace.</summary>
    public Task SendConnectAsync(string path, SocketArgument auth)
    {
        var hasAuth = auth.Kind != ArgumentKind.Null;
        if (format is not MessagePackPacketFormat)
        {
            var text = $"40{(path == "/" ? "" : path + ",")}{(hasAuth ? auth.ToJson() : "")}";
            return SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);
        }

        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteMapHeader(hasAuth ? 3 : 2);
        writer.Write("type");
        writer.Write(0);
        writer.Write("nsp");
        writer.Write(path);
        if (hasAuth)
        {
            writer.Write("data");
            writer.WriteRaw(auth.Raw.Span);
        }

        writer.Flush();
        return SendAsync(buffer.WrittenSpan.ToArray(), WebSocketMessageType.Binary);
    }

    /// <summary>Sends a packet with its attachments.</summary>
    public async Task SendAsync(Frame frame)
    {
        await _sending.WaitAsync().ConfigureAwait(false);
        try
        {
            for (var i = 0; i < frame.Parts.Length; i++)
            {
                var part = frame.Parts[i];
                var type = part.IsBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
                await socket.SendAsync(frame.Payload(part).ToArray(), type, true, CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Passes each packet to a handler, one at a time, until the connection ends; never throws for its end.</summary>
    /// <param name="received">The handler of packets.</param>
    /// <param name="refused">The handler of a refusal, with its message and details.</param>
    public async Task ReadAsync(Action<Packet> received, Action<SocketArgument> refused)
    {
        try
        {
            while (await NextAsync().ConfigureAwait(false) is var (type, message))
            {
                if (type == WebSocketMessageType.Binary) Binary(message, received, refused);
                else if (message.Length > 0 && !await TextAsync(message, received, refused).ConfigureAwait(false)) return;
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or ObjectDisposedException)
        {
            // The server or the test has closed the connection.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _sending.WaitAsync().ConfigureAwait(false);
        try
        {
            if (socket.State == WebSocketState.Open)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or ObjectDisposedException)
        {
            // The server has closed the connection meanwhile.
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Ends the connection without a close frame, once its reader has ended.</summary>
    public void End()
    {
        _reader.Dispose();
        socket.Dispose();
    }

    /// <returns>False if the server has closed the session.</returns>
    private async Task<bool> TextAsync(byte[] message, Action<Packet> received, Action<SocketArgument> refused)
    {
        switch (message[0])
        {
            case (byte)'1':
                return false;
            case (byte)'2':
                await SendAsync("3"u8.ToArray(), WebSocketMessageType.Text).ConfigureAwait(false);
                break;
            case (byte)'4' when message.Length > 1 && message[1] == (byte)'4':
                var text = Encoding.UTF8.GetString(message);
                refused(SocketArgument.FromJson(text[text.IndexOf('{', StringComparison.Ordinal)..]));
                break;
            case (byte)'4' when _reader.Text(message.AsSpan(1)) is { } packet:
                received(packet);
                break;
        }

        return true;
    }

    private void Binary(byte[] message, Action<Packet> received, Action<SocketArgument> refused)
    {
        if (format is MessagePackPacketFormat && new SocketArgument(0, message) is var whole
            && whole["type"].TryGetInt32(out var type) && type == (int)PacketType.ConnectError) refused(whole["data"]);
        else if (_reader.Binary(message) is { } packet) received(packet);
    }

    private async Task SendAsync(byte[] message, WebSocketMessageType type)
    {
        await _sending.WaitAsync().ConfigureAwait(false);
        try
        {
            await socket.SendAsync(message, type, true, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task<(WebSocketMessageType Type, byte[] Message)?> NextAsync()
    {
        using var message = new MemoryStream();
        var piece = new byte[PieceLength];
        while (true)
        {
            var read = await socket.ReceiveAsync(piece.AsMemory(), CancellationToken.None).ConfigureAwait(false);
            if (read.MessageType == WebSocketMessageType.Close) return null;
            message.Write(piece, 0, read.Count);
            if (read.EndOfMessage) return (read.MessageType, message.ToArray());
        }
    }
}
