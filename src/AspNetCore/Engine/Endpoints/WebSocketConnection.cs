using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>One WebSocket of a session: the transport from the start, or one that can take the session over by an upgrade.</summary>
/// <param name="session">The session.</param>
/// <param name="transport">The transport, which is that of the session or becomes it.</param>
/// <param name="context">The request.</param>
/// <param name="engine">The shared state of the server.</param>
/// <param name="isWanted">False for a WebSocket that the session does not need, which is accepted and closed.</param>
internal sealed class WebSocketConnection(
    EngineSession session, WebSocketTransport transport, HttpContext context, EngineContext engine, bool isWanted = true)
{
    private static readonly DisconnectInfo Ended = new(
        DisconnectReason.TransportClose, "The connection was closed without a close frame.");

    private static readonly DisconnectInfo CloseFrame = new(DisconnectReason.TransportClose, "The client sent a close frame.");

    private readonly WebSocketFrameReader _reader = new(engine.Options.MaxHttpBufferSize, transport.Deflates);
    private bool _isTransport = session.Transport == transport;
    private bool _isProbed;

    /// <summary>Accepts the WebSocket and serves it until it ends.</summary>
    /// <remarks>
    /// This is the only task that waits as long as the connection lives, so everything it holds is held by every idle client.
    /// </remarks>
    public async Task RunAsync()
    {
        try
        {
            if (await WebSocketHandshake.AcceptAsync(context, engine).ConfigureAwait(false) is var (input, output))
            {
                transport.Attach(output);
                if (_isTransport) session.MarkDirty();
                if (!isWanted) await RefuseAsync().ConfigureAwait(false);
                for (var isOpen = isWanted; isOpen;)
                {
                    var result = await input.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                    isOpen = await ReceiveAsync(input, result).ConfigureAwait(false);
                }

                if (_isTransport) await transport.EndedAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            if (exception is not (IOException or OperationCanceledException or InvalidOperationException)) engine.Unexpected(exception);
            if (_isTransport)
                session.Close(new DisconnectInfo(DisconnectReason.TransportClose, "The connection failed.", exception), CloseMode.Abort);
            else transport.Abort();
        }
        finally
        {
            Leave();
        }

        await transport.EndedAsync().ConfigureAwait(false);
    }

    // Without the wait, the client could see this end before the response to the probe of its other WebSocket.
    private async ValueTask RefuseAsync()
    {
        await session.WhenUpgradedAsync().ConfigureAwait(false);
        await transport.WriteDirectlyAsync(WebSocketTransport.NormalClosure).ConfigureAwait(false);
    }

    private void Leave()
    {
        transport.Leave();
        if (_isTransport) session.Finish();
        else session.AbandonUpgrade(transport);
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

            // Not before the rest has been read: the client may have completed the upgrade already.
            if (_isProbed && !_isTransport) session.ReleasePolls(transport);
            if (!result.IsCompleted) return true;
            if (_isTransport) session.Close(Ended, CloseMode.Abort);
        }
        catch (WebSocketViolation violation)
        {
            engine.Malformed(ViolationReason.WebSocket, violation.Message);
            await CloseAsync(new DisconnectInfo(DisconnectReason.TransportError, violation.Message, violation),
                WebSocketControl.Close(violation.Code)).ConfigureAwait(false);
        }
        finally
        {
            input.AdvanceTo(left.Start, left.End);
        }

        return false;
    }

    private ValueTask<bool> HandleAsync(WebSocketMessage message) => message.Opcode switch
    {
        WebSocketOpcode.Close => CloseAsync(CloseFrame, WebSocketControl.Reply(message.Payload.Span)),
        WebSocketOpcode.Ping => SendAsync(WebSocketControl.Pong(message.Payload.Span)),
        WebSocketOpcode.Pong => ValueTask.FromResult(true),
        _ => _isTransport ? HandleMessageAsync(message) : HandleProbeAsync(message),
    };

    private ValueTask<bool> HandleMessageAsync(WebSocketMessage message)
    {
        var handling = session.ReceiveAsync(message.Payload, message.Opcode == WebSocketOpcode.Binary);
        return handling.IsCompletedSuccessfully ? ValueTask.FromResult(true) : WatchAsync(handling);
    }

    private async ValueTask<bool> WatchAsync(ValueTask handling)
    {
        await session.WatchAsync(handling, DisconnectReason.TransportClose, context.RequestAborted).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<bool> HandleProbeAsync(WebSocketMessage message)
    {
        if (message.Opcode == WebSocketOpcode.Text && message.Payload.Span.SequenceEqual("2probe"u8))
        {
            await transport.WriteDirectlyAsync(EngineFrames.ProbePong).ConfigureAwait(false);
            _isProbed = true;
            return true;
        }

        // Some clients send no probe before it, among them the .NET client SocketIOClient 4.
        if (message.Opcode == WebSocketOpcode.Text && message.Payload.Span.SequenceEqual("5"u8)
            && session.TryCompleteUpgrade(transport, _isProbed, out var posted))
        {
            _isTransport = true;

            // The packets the client has posted are handled before those it sends over the WebSocket.
            if (!posted.IsCompleted) await WatchAsync(new ValueTask(posted)).ConfigureAwait(false);
            session.StopUpgradeDeadline();
            return true;
        }

        await transport.WriteDirectlyAsync(WebSocketTransport.NormalClosure).ConfigureAwait(false);
        return false;
    }

    private async ValueTask<bool> SendAsync(Frame frame)
    {
        if (_isTransport) session.Send(frame, Broadcasting.BroadcastFlags.None);
        else await transport.WriteDirectlyAsync(frame).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<bool> CloseAsync(DisconnectInfo info, Frame frame)
    {
        if (_isTransport) session.Close(info, CloseMode.Now, frame);
        else await transport.WriteDirectlyAsync(frame).ConfigureAwait(false);
        return false;
    }
}
