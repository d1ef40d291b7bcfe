using System.Buffers;
using System.IO.Pipelines;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>Writes a session's frames to its connection: one batch and one flush per pass.</summary>
/// <remarks>
/// Frames already contain their WebSocket framing and are copied piece by piece into the pipe's own memory. While the client is slow its
/// flush stays pending and nothing more is written for it; the end of that flush marks the session dirty again.
/// </remarks>
/// <param name="session">The session whose frames are written.</param>
/// <param name="transport">The transport for which frames are taken.</param>
/// <param name="pipe">The pipe to the connection. It has no other user once the session has switched to it.</param>
internal sealed class WebSocketOutput(EngineSession session, IEngineTransport transport, PipeWriter pipe)
{
    // Bounds the data that a slow client holds besides its queue, and the time that one client takes in a pass.
    private const int MaxBatch = 64 * 1024;

    private TaskCompletionSource? _waiting;
    private ReadOnlyMemory<byte> _rest;
    private bool _hasEndFrame;
    private volatile bool _flushing;
    private volatile bool _blocked;
    private volatile bool _ended;

    /// <summary>Gets a value indicating whether no flush is waiting for the client.</summary>
    public bool IsWritable => !_blocked;

    /// <summary>Returns a task that completes when the end frame is flushed or the connection cannot be written to.</summary>
    public Task EndedAsync()
    {
        lock (this)
        {
            if (_ended) return Task.CompletedTask;
            _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiting.Task;
        }
    }

    /// <summary>Writes a frame that is not from the queue. Valid only before the session uses this output.</summary>
    public async ValueTask WriteDirectlyAsync(Frame frame) =>
        await pipe.WriteAsync(frame.WebSocket, CancellationToken.None).ConfigureAwait(false);

    public void Flush()
    {
        ValueTask<FlushResult> flush;
        lock (this)
        {
            if (_flushing || _ended || !Fill()) return;
            _flushing = true;
            flush = pipe.FlushAsync(CancellationToken.None);
        }

        _blocked = !flush.IsCompleted;
        _ = CompleteAsync(flush);
    }

    /// <summary>Ends the output; nothing is written afterwards.</summary>
    public void End()
    {
        lock (this)
        {
            _ended = true;
            _waiting?.TrySetResult();
        }
    }

    private async Task CompleteAsync(ValueTask<FlushResult> flush)
    {
        try
        {
            var result = await flush.ConfigureAwait(false);
            if (result.IsCompleted) Fail();
            else if (_hasEndFrame && _rest.IsEmpty) End();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or OperationCanceledException)
        {
            Fail();
        }

        _blocked = false;
        _flushing = false;
        if (!_rest.IsEmpty || session.HasFrames(transport)) session.MarkDirty();
    }

    private void Fail()
    {
        End();
        session.Close(DisconnectReason.TransportClose, CloseMode.Abort);
    }

    private bool Fill()
    {
        var room = MaxBatch;
        while (room > 0)
        {
            if (_rest.IsEmpty)
            {
                if (_hasEndFrame || !session.TryTake(transport, out var frame)) break;
                _rest = (transport.IsTextOnly ? frame.ForTextOnly() : frame).ForWebSocket(transport.Deflates);
                _hasEndFrame = session.IsEndFrame(frame);
            }

            var piece = _rest.Span;
            if (piece.Length > room) piece = piece[..room];
            pipe.Write(piece);
            room -= piece.Length;

            // An empty slice would keep the memory of a completely sent frame alive.
            _rest = piece.Length == _rest.Length ? default : _rest[piece.Length..];
        }

        return room < MaxBatch;
    }
}
