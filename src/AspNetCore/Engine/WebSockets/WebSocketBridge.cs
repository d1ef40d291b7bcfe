using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace TypedSocketRedis.Engine;

/// <summary>
/// Replaces the HTTP upgrade on a server that supports WebSockets without exposing their bytes, for example an in-memory test server.
/// </summary>
/// <remarks>Received messages are written as RFC 6455 frames for the transport, and the transport's frames are sent as messages.</remarks>
internal sealed class WebSocketBridge : IHttpUpgradeFeature, IConnectionTransportFeature, IDuplexPipe
{
    private const byte Final = 0x80;
    private const byte Masked = 0x80;
    private const byte OpcodeBits = 0x0F;
    private const byte LengthBits = 0x7F;
    private const int HeaderLength = 2 + sizeof(long) + sizeof(uint);
    private const int PieceLength = 4096;

    private readonly Pipe _input = new();
    private readonly Pipe _output = new();
    private readonly IHttpWebSocketFeature _feature;
    private readonly HttpContext _context;
    private WebSocket? _socket;
    private Task _sending = Task.CompletedTask;

    private WebSocketBridge(IHttpWebSocketFeature feature, HttpContext context) => (_feature, _context) = (feature, context);

    public bool IsUpgradableRequest => true;

    public IDuplexPipe Transport
    {
        get => this;
        set => throw new NotSupportedException();
    }

    public PipeReader Input => _input.Reader;

    public PipeWriter Output => _output.Writer;

    /// <summary>Installs a bridge if a request needs one.</summary>
    /// <returns>The bridge, or null if the server offers an upgrade or extended CONNECT, or the request is not a WebSocket
    /// request.</returns>
    public static WebSocketBridge? Install(HttpContext context)
    {
        var features = context.Features;
        if (features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }) return null;
        if (features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true }) return null;
        if (features.Get<IHttpWebSocketFeature>() is not { IsWebSocketRequest: true } feature) return null;
        var bridge = new WebSocketBridge(feature, context);
        features.Set<IHttpUpgradeFeature>(bridge);
        features.Set<IConnectionTransportFeature>(bridge);

        // Messages pass the bridge uncompressed.
        context.Request.Headers.Remove(HeaderNames.SecWebSocketExtensions);
        return bridge;
    }

    public async Task<Stream> UpgradeAsync()
    {
        var protocol = _context.Response.Headers.SecWebSocketProtocol.ToString();
        var acceptance = new WebSocketAcceptContext { SubProtocol = protocol.Length == 0 ? null : protocol };
        _socket = await _feature.AcceptAsync(acceptance).ConfigureAwait(false);
        _ = ReceiveAsync(_socket);
        _sending = SendAsync(_socket);
        return Stream.Null;
    }

    /// <summary>Awaits the handling of the request, and then the sending of everything it wrote.</summary>
    public async Task ServeAsync(Task handling)
    {
        await handling.ConfigureAwait(false);
        await _output.Writer.CompleteAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(false);
        await _input.Reader.CompleteAsync().ConfigureAwait(false);
        _socket?.Dispose();
    }

    private async Task ReceiveAsync(WebSocket socket)
    {
        Exception? failure = null;
        try
        {
            await ReceiveUntilClosedAsync(socket).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = new IOException("The WebSocket has failed.", exception);
        }

        await _input.Writer.CompleteAsync(failure).ConfigureAwait(false);
    }

    private async Task ReceiveUntilClosedAsync(WebSocket socket)
    {
        var piece = new byte[PieceLength];
        var isContinued = false;
        FlushResult flushed;
        do
        {
            var received = await socket.ReceiveAsync(piece.AsMemory(), _context.RequestAborted).ConfigureAwait(false);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                WriteClose(socket.CloseStatus);
                await _input.Writer.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                return;
            }

            var opcode = received.MessageType == WebSocketMessageType.Text ? WebSocketOpcode.Text : WebSocketOpcode.Binary;
            WriteFrame(isContinued ? WebSocketOpcode.Continuation : opcode, received.EndOfMessage, piece.AsSpan(0, received.Count));
            isContinued = !received.EndOfMessage;
            flushed = await _input.Writer.FlushAsync(_context.RequestAborted).ConfigureAwait(false);
        }
        while (!flushed.IsCompleted);
    }

    private void WriteClose(WebSocketCloseStatus? status)
    {
        Span<byte> code = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(code, (ushort)(status ?? WebSocketCloseStatus.NormalClosure));
        WriteFrame(WebSocketOpcode.Close, isFinal: true, code);
    }

    private void WriteFrame(WebSocketOpcode opcode, bool isFinal, ReadOnlySpan<byte> payload)
    {
        var frame = _input.Writer.GetSpan(HeaderLength + payload.Length);
        frame[0] = (byte)((byte)opcode | (isFinal ? Final : 0));

        // The reader accepts control frames only in the short form; a mask of zeros leaves the payload unchanged.
        var wide = opcode < WebSocketOpcode.Close;
        frame[1] = (byte)(Masked | (wide ? LengthBits : payload.Length));
        if (wide) BinaryPrimitives.WriteInt64BigEndian(frame[2..], payload.Length);
        var header = wide ? HeaderLength : HeaderLength - sizeof(long);
        frame[(header - sizeof(uint))..header].Clear();
        payload.CopyTo(frame[header..]);
        _input.Writer.Advance(header + payload.Length);
    }

    private async Task SendAsync(WebSocket socket)
    {
        Exception? failure = null;
        try
        {
            ReadResult result;
            do
            {
                result = await _output.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                var left = result.Buffer;
                while (TryReadFrame(ref left, out var opcode, out var payload))
                    await SendAsync(socket, opcode, payload).ConfigureAwait(false);
                _output.Reader.AdvanceTo(left.Start, left.End);
            }
            while (!result.IsCompleted);
        }
        catch (Exception exception)
        {
            failure = new IOException("The WebSocket has failed.", exception);
        }

        await _output.Reader.CompleteAsync(failure).ConfigureAwait(false);
    }

    private async ValueTask SendAsync(WebSocket socket, WebSocketOpcode opcode, ReadOnlySequence<byte> payload)
    {
        switch (opcode)
        {
            case WebSocketOpcode.Text or WebSocketOpcode.Binary:
                var type = opcode == WebSocketOpcode.Text ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
                var message = payload.IsSingleSegment ? payload.First : payload.ToArray();
                await socket.SendAsync(message, type, endOfMessage: true, _context.RequestAborted).ConfigureAwait(false);
                break;
            case WebSocketOpcode.Close:
                var status = payload.Length < sizeof(ushort)
                    ? WebSocketCloseStatus.NormalClosure
                    : (WebSocketCloseStatus)BinaryPrimitives.ReadUInt16BigEndian(payload.ToArray());
                await socket.CloseOutputAsync(status, statusDescription: null, _context.RequestAborted).ConfigureAwait(false);
                break;
        }
    }

    // The WebSocket itself handles pings and pongs here.
    private static bool TryReadFrame(ref ReadOnlySequence<byte> buffer, out WebSocketOpcode opcode, out ReadOnlySequence<byte> payload)
    {
        (opcode, payload) = (default, default);
        Span<byte> header = stackalloc byte[2 + sizeof(long)];
        var known = (int)Math.Min(buffer.Length, header.Length);
        buffer.Slice(0, known).CopyTo(header);
        if (known < 2) return false;
        var form = header[1] & LengthBits;
        var start = form switch { 126 => 2 + sizeof(ushort), 127 => 2 + sizeof(long), _ => 2 };
        if (known < start) return false;
        var length = form switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(header[2..]),
            127 => BinaryPrimitives.ReadInt64BigEndian(header[2..]),
            _ => form,
        };
        if (buffer.Length < start + length) return false;
        opcode = (WebSocketOpcode)(header[0] & OpcodeBits);
        payload = buffer.Slice(start, length);
        buffer = buffer.Slice(payload.End);
        return true;
    }
}
