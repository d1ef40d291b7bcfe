using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>A session over one websocket: from its start, or from the moment an upgrade has completed.</summary>
internal sealed class WebSocketTransport : IEngineTransport
{
    private static readonly Frame NormalClosure = WebSocketControl.Close(WebSocketControl.NormalClosure);

    private readonly EngineSession _session;
    private readonly EngineServices _services;
    private readonly HttpContext _context;
    private readonly Lock _leaving = new();
    private WebSocketOutput? _output;
    private bool _isTransport;
    private bool _probed;
    private bool _left;

    private WebSocketTransport(EngineSession session, EngineServices services, HttpContext context)
    {
        _session = session;
        _services = services;
        _context = context;
    }

    public string Name => TransportName.WebSocket;

    public bool IsWritable => Volatile.Read(ref _output)?.IsWritable ?? false;

    public Frame Goodbye => NormalClosure;

    /// <summary>A transport that the session has from its start.</summary>
    public static WebSocketTransport First(EngineSession session, EngineServices services, HttpContext context) =>
        new(session, services, context) { _isTransport = true };

    /// <summary>A transport that has yet to take the session over.</summary>
    public static WebSocketTransport Probe(EngineSession session, EngineServices services, HttpContext context) =>
        new(session, services, context);

    public void Flush() => Volatile.Read(ref _output)?.Flush();

    public void Abort()
    {
        Volatile.Read(ref _output)?.End();

        // Once the request is over its context is the server's again.
        lock (_leaving)
        {
            if (!_left) _context.Abort();
        }
    }

    /// <summary>Serves the connection until it ends.</summary>
    public async Task RunAsync(Stream stream, PipeWriter pipe)
    {
        var output = new WebSocketOutput(_session, this, pipe);
        Volatile.Write(ref _output, output);
        if (_isTransport) _session.MarkDirty();
        using var reader = new WebSocketFrameReader(stream, _services.Options.MaxHttpBufferSize);
        try
        {
            await ReadAsync(reader, output).ConfigureAwait(false);
            if (_isTransport) await output.Ended.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            if (_isTransport) _session.Close(DisconnectReason.TransportClose, CloseMode.Abort);
        }
    }

    /// <summary>The request is over: nothing may touch its connection any more.</summary>
    public void Leave()
    {
        lock (_leaving) _left = true;
        Volatile.Read(ref _output)?.End();
        if (_isTransport) _session.Finish();
        else _session.AbandonUpgrade(this);
    }

    private async Task ReadAsync(WebSocketFrameReader reader, WebSocketOutput output)
    {
        try
        {
            while (await reader.ReadAsync(_context.RequestAborted).ConfigureAwait(false) is { } message)
            {
                if (message.Opcode == WebSocketOpcode.Close)
                {
                    await GoodbyeAsync(DisconnectReason.TransportClose, WebSocketControl.Answer(message.Payload.Span), output).ConfigureAwait(false);
                    return;
                }

                if (!await HandleAsync(message, output).ConfigureAwait(false)) return;
            }

            if (_isTransport) _session.Close(DisconnectReason.TransportClose, CloseMode.Abort);
        }
        catch (WebSocketViolation violation)
        {
            _services.Malformed("websocket", violation.Message);
            await GoodbyeAsync(DisconnectReason.TransportError, WebSocketControl.Close(violation.Code), output).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> HandleAsync(WebSocketMessage message, WebSocketOutput output)
    {
        switch (message.Opcode)
        {
            case WebSocketOpcode.Ping:
                await SendAsync(WebSocketControl.Pong(message.Payload.Span), output).ConfigureAwait(false);
                return true;
            case WebSocketOpcode.Pong:
                return true;
        }

        if (!_isTransport) return await HandleProbeAsync(message, output).ConfigureAwait(false);
        var receiving = _session.Incoming.ReceiveAsync(message.Payload, message.Opcode == WebSocketOpcode.Binary);
        if (!receiving.IsCompletedSuccessfully) await WatchAsync(receiving).ConfigureAwait(false);
        return true;
    }

    // While the receiver is behind nothing is read, so that nothing else would tell of the client's end.
    private async ValueTask WatchAsync(ValueTask receiving)
    {
        var lost = _context.RequestAborted.UnsafeRegister(
            static session => ((EngineSession)session!).Close(DisconnectReason.TransportClose, CloseMode.Abort), _session);
        await using (lost.ConfigureAwait(false)) await receiving.ConfigureAwait(false);
    }

    private async ValueTask<bool> HandleProbeAsync(WebSocketMessage message, WebSocketOutput output)
    {
        if (message.Opcode == WebSocketOpcode.Text && message.Payload.Span.SequenceEqual("2probe"u8))
        {
            await output.WriteDirectlyAsync(EngineFrames.ProbePong, _context.RequestAborted).ConfigureAwait(false);
            _probed = true;
            _session.ReleasePolls();
            return true;
        }

        if (_probed && message.Opcode == WebSocketOpcode.Text && message.Payload.Span.SequenceEqual("5"u8) && _session.TryCompleteUpgrade(this))
        {
            _isTransport = true;
            return true;
        }

        await output.WriteDirectlyAsync(NormalClosure, _context.RequestAborted).ConfigureAwait(false);
        return false;
    }

    private ValueTask SendAsync(Frame frame, WebSocketOutput output)
    {
        if (!_isTransport) return output.WriteDirectlyAsync(frame, _context.RequestAborted);
        _session.Send(frame, Broadcasting.BroadcastFlags.None);
        return ValueTask.CompletedTask;
    }

    private ValueTask GoodbyeAsync(DisconnectReason reason, Frame frame, WebSocketOutput output)
    {
        if (!_isTransport) return output.WriteDirectlyAsync(frame, _context.RequestAborted);
        _session.Close(reason, CloseMode.Now, frame);
        return ValueTask.CompletedTask;
    }
}
