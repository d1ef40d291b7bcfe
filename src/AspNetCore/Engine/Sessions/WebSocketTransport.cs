using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>The WebSocket transport: writes a session's frames to its connection, one batch and one flush per pass.</summary>
/// <remarks>
/// <para>Frames already contain their WebSocket framing and are copied piece by piece into the pipe's own memory. While the client is slow
/// its flush stays pending and nothing more is written for it; the end of that flush marks the session dirty again.</para>
/// <para>After the end of the request its context and its pipe belong to the server again, so the request ends only when no thread uses
/// them any more. They are used outside the lock.</para>
/// <para>Objects that exist once per client lock themselves: no other code locks them, and a separate lock object would cost memory for
/// every idle client.</para>
/// </remarks>
/// <param name="context">The request of the WebSocket.</param>
/// <param name="form">The form in which the client reads binary messages.</param>
/// <param name="deflates">True to compress messages.</param>
internal sealed class WebSocketTransport(HttpContext context, FrameForm form, bool deflates) : IEngineTransport
{
    public static readonly Frame NormalClosure = WebSocketControl.Close(WebSocketControl.NormalClosure);

    private const string Lost = "The connection was lost while data was written.";

    // Bounds the data that a slow client holds besides its queue, and the time that one client takes in a pass.
    private const int MaxBatch = 64 * 1024;

    private HttpContext? _context = context;
    private PipeWriter? _pipe;
    private TaskCompletionSource? _waiting;
    private ReadOnlyMemory<byte> _rest;
    private int _users;
    private bool _hasEndFrame;
    private volatile bool _flushing;
    private volatile bool _blocked;
    private bool _ended;

    public string Name => TransportName.WebSocket;

    public bool Deflates { get; } = deflates;

    public FrameForm Form { get; } = form;

    // No flush is waiting for the client.
    public bool IsWritable => !_blocked && Volatile.Read(ref _pipe) is not null;

    /// <summary>Attaches the pipe to the connection. It has no other user once the session has switched to this transport.</summary>
    public void Attach(PipeWriter pipe) => Volatile.Write(ref _pipe, pipe);

    /// <summary>Writes a frame that is not from the queue. Valid only before the session uses this transport.</summary>
    public async ValueTask WriteDirectlyAsync(Frame frame) =>
        await _pipe!.WriteAsync(frame.WebSocket, CancellationToken.None).ConfigureAwait(false);

    public void Flush(EngineSession session)
    {
        lock (this)
        {
            if (_pipe is null || _flushing || _ended) return;
            _flushing = true;
            _users++;
        }

        var flush = default(ValueTask<FlushResult>);
        var isFilled = false;
        try
        {
            isFilled = Fill(session, _pipe);
            if (isFilled) flush = _pipe.FlushAsync(CancellationToken.None);
        }
        finally
        {
            if (_rest.IsEmpty) session.Flushed();
            EndUse();
        }

        _blocked = !flush.IsCompleted;
        _ = CompleteAsync(session, flush, isFilled);
    }

    public void Abort()
    {
        HttpContext? used;
        lock (this)
        {
            used = _context;
            if (used is not null) _users++;
            End();
        }

        if (used is null) return;
        try
        {
            used.Abort();
        }
        finally
        {
            EndUse();
        }
    }

    /// <summary>Detaches the transport from the request, whose context and pipe are not used by later calls.</summary>
    public void Leave()
    {
        lock (this)
        {
            _context = null;
            End();
        }
    }

    /// <summary>
    /// Returns a task that completes when the end frame is flushed or the connection cannot be written to, and the request is not in use.
    /// </summary>
    public Task EndedAsync()
    {
        lock (this)
        {
            if (_ended && _users == 0) return Task.CompletedTask;
            if (_waiting is null or { Task.IsCompleted: true })
                _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiting.Task;
        }
    }

    private void End()
    {
        lock (this)
        {
            _ended = true;
            if (_users == 0) _waiting?.TrySetResult();
        }
    }

    private void EndUse()
    {
        lock (this)
        {
            if (--_users == 0 && _ended) _waiting?.TrySetResult();
        }
    }

    private async Task CompleteAsync(EngineSession session, ValueTask<FlushResult> flush, bool isFilled)
    {
        bool isLost;
        Exception? failure = null;
        try
        {
            isLost = (await flush.ConfigureAwait(false)).IsCompleted;
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or OperationCanceledException)
        {
            (isLost, failure) = (true, exception);
        }

        var hasRest = !_rest.IsEmpty;
        if (isLost || (_hasEndFrame && !hasRest)) End();
        if (isLost) session.Close(new DisconnectInfo(DisconnectReason.TransportClose, Lost, failure), CloseMode.Abort);
        _blocked = false;
        _flushing = false;

        // Frames that were queued in the meantime found the flush running.
        if (hasRest || session.HasFrames(this)) session.MarkDirty();
        else if (isFilled && !isLost) session.Drained(this);
    }

    private bool Fill(EngineSession session, PipeWriter pipe)
    {
        var room = MaxBatch;
        var isMeasured = false;
        while (room > 0)
        {
            if (_rest.IsEmpty)
            {
                if (_hasEndFrame || !session.TryTake(this, NormalClosure, out var frame)) break;
                // One event is enough for each write.
                isMeasured = isMeasured || session.TryMeasure(frame);
                _rest = frame.In(Form).ForWebSocket(Deflates);
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
