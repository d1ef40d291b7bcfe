using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>The WebSocket transport of a session, from its start or from the completion of an upgrade.</summary>
/// <remarks>
/// Objects that exist once per client lock themselves: no other code locks them, and a separate lock object would cost memory for every
/// idle client.
/// </remarks>
internal sealed class WebSocketTransport : IEngineTransport
{
    private static readonly Frame NormalClosure = WebSocketControl.Close(WebSocketControl.NormalClosure);

    private readonly EngineSession _session;
    private readonly EngineContext _services;
    private readonly HttpContext _context;
    private readonly WebSocketFrameReader _reader;
    private WebSocketOutput? _output;
    private bool _isTransport;
    private bool _left;

    private WebSocketTransport(EngineSession session, EngineContext services, HttpContext context, bool isTextOnly)
    {
        _session = session;
        _services = services;
        _context = context;
        IsTextOnly = isTextOnly;
        Deflates = Negotiate() is not null;
        _reader = new WebSocketFrameReader(services.Options.MaxHttpBufferSize, Deflates);
    }

    public string Name => TransportName.WebSocket;

    public bool Deflates { get; }

    public bool IsTextOnly { get; }

    public bool IsWritable => Volatile.Read(ref _output)?.IsWritable ?? false;

    public Frame EndFrame => NormalClosure;

    /// <summary>Creates the transport of a session that starts on a WebSocket.</summary>
    public static WebSocketTransport First(EngineSession session, EngineContext services, HttpContext context, bool isTextOnly) =>
        new(session, services, context, isTextOnly) { _isTransport = true };

    /// <summary>Creates a transport that can take over the session by an upgrade.</summary>
    public static WebSocketTransport Probe(EngineSession session, EngineContext services, HttpContext context, bool isTextOnly) =>
        new(session, services, context, isTextOnly);

    public void Flush() => Volatile.Read(ref _output)?.Flush();

    public void Abort()
    {
        Volatile.Read(ref _output)?.End();

        // After the end of the request its context belongs to the server again.
        lock (this)
        {
            if (!_left) _context.Abort();
        }
    }

    /// <summary>Accepts the WebSocket and serves it until it ends.</summary>
    /// <remarks>
    /// This is the only task that waits as long as the connection lives, so everything it holds is held by every idle client.
    /// </remarks>
    public async Task RunAsync()
    {
        try
        {
            if (await WebSocketHandshake.AcceptAsync(_context, Negotiate(), _services).ConfigureAwait(false) is not { } pipes) return;
            var input = Attach(pipes);
            ReadResult result;
            do
            {
                result = await input.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            }
            while (await ReceiveAsync(input, result).ConfigureAwait(false));
            if (_isTransport) await _output!.EndedAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (exception is not (IOException or OperationCanceledException or InvalidOperationException)) _services.Unexpected(exception);
            if (_isTransport) _session.Close(DisconnectReason.TransportClose, CloseMode.Abort);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Accepts and closes a WebSocket that the session does not need.</summary>
    public async Task RefuseAsync()
    {
        try
        {
            if (await WebSocketHandshake.AcceptAsync(_context, Negotiate(), _services).ConfigureAwait(false) is not { } pipes) return;
            Attach(pipes);
            await _output!.WriteDirectlyAsync(NormalClosure).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The client disconnected first.
            Abort();
        }
        finally
        {
            Leave();
        }
    }

    private string? Negotiate() => _services.Options.PerMessageDeflate is null
        ? null
        : WebSocketExtension.Answer(_context.Request.Headers.SecWebSocketExtensions);

    private PipeReader Attach((PipeReader Input, PipeWriter Output) pipes)
    {
        Volatile.Write(ref _output, new WebSocketOutput(_session, this, pipes.Output));
        if (_isTransport) _session.MarkDirty();
        return pipes.Input;
    }

    /// <summary>Detaches the transport from the request, because its connection must not be used after the end of the request.</summary>
    private void Leave()
    {
        lock (this) _left = true;
        Volatile.Read(ref _output)?.End();
        if (_isTransport) _session.Finish();
        else _session.AbandonUpgrade(this);
        _reader.Release();
    }

    /// <summary>Handles the bytes that have arrived; returns false if nothing more is to be read.</summary>
    private async ValueTask<bool> ReceiveAsync(PipeReader input, ReadResult result)
    {
        var left = result.Buffer;
        try
        {
            while (_reader.TryRead(ref left, out var message))
            {
                if (!await HandleAsync(message).ConfigureAwait(false)) return false;
            }

            if (!result.IsCompleted) return true;
            if (_isTransport) _session.Close(DisconnectReason.TransportClose, CloseMode.Abort);
        }
        catch (WebSocketViolation violation)
        {
            _services.Malformed("websocket", violation.Message);
            await CloseAsync(DisconnectReason.TransportError, WebSocketControl.Close(violation.Code)).ConfigureAwait(false);
        }
        finally
        {
            input.AdvanceTo(left.Start, left.End);
        }

        return false;
    }

    private ValueTask<bool> HandleAsync(WebSocketMessage message) => message.Opcode switch
    {
        WebSocketOpcode.Close => CloseAsync(DisconnectReason.TransportClose, WebSocketControl.Answer(message.Payload.Span)),
        WebSocketOpcode.Ping => SendAsync(WebSocketControl.Pong(message.Payload.Span)),
        WebSocketOpcode.Pong => ValueTask.FromResult(true),
        _ => _isTransport ? HandleMessageAsync(message) : HandleProbeAsync(message),
    };

    private ValueTask<bool> HandleMessageAsync(WebSocketMessage message)
    {
        var handling = _session.Incoming.ReceiveAsync(message.Payload, message.Opcode == WebSocketOpcode.Binary);
        return handling.IsCompletedSuccessfully ? ValueTask.FromResult(true) : WatchAsync(handling);
    }

    private async ValueTask<bool> WatchAsync(ValueTask handling)
    {
        await _session.Incoming.WatchAsync(handling, DisconnectReason.TransportClose, _context.RequestAborted).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<bool> HandleProbeAsync(WebSocketMessage message)
    {
        if (message.Opcode == WebSocketOpcode.Text && message.Payload.Span.SequenceEqual("2probe"u8))
        {
            await _output!.WriteDirectlyAsync(EngineFrames.ProbePong).ConfigureAwait(false);
            _session.ReleasePolls(this);
            return true;
        }

        // Some clients send no probe before it, among them the .NET client SocketIOClient 4.
        if (message.Opcode == WebSocketOpcode.Text && message.Payload.Span.SequenceEqual("5"u8)
            && _session.TryCompleteUpgrade(this, out var posted))
        {
            _isTransport = true;

            // The packets the client has posted are handled before those it sends over the WebSocket.
            if (!posted.IsCompleted) await WatchAsync(new ValueTask(posted)).ConfigureAwait(false);
            _session.Clock.StopUpgrade();
            return true;
        }

        await _output!.WriteDirectlyAsync(NormalClosure).ConfigureAwait(false);
        return false;
    }

    private async ValueTask<bool> SendAsync(Frame frame)
    {
        if (_isTransport) _session.Send(frame, Broadcasting.BroadcastFlags.None);
        else await _output!.WriteDirectlyAsync(frame).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<bool> CloseAsync(DisconnectReason reason, Frame frame)
    {
        if (_isTransport) _session.Close(reason, CloseMode.Now, frame);
        else await _output!.WriteDirectlyAsync(frame).ConfigureAwait(false);
        return false;
    }
}
