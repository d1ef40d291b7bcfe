using Microsoft.AspNetCore.Http;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>The HTTP long-polling transport: one GET at a time waits for frames, and one POST at a time carries packets.</summary>
internal sealed class PollingTransport(EngineSession session, EngineContext services) : IEngineTransport
{
    // Bounds one response; the remaining frames wait for the next poll.
    private const int MaxResponse = 1024 * 1024;

    // Marks a running POST whose end is not awaited by an upgrade.
    private static readonly TaskCompletionSource Unwatched = new();

    private static readonly byte[] Ok = "ok"u8.ToArray();

    private TaskCompletionSource? _poll;
    private TaskCompletionSource? _post;

    private enum Received
    {
        Packets,
        Malformed,
        TooLarge,

        /// <summary>The session has ended, and the rest of the body is not needed.</summary>
        Unwanted,
    }

    public string Name => TransportName.Polling;

    public bool Deflates => false;

    // Responses encode base64 themselves, so the queue holds the frames that a WebSocket needs after an upgrade.
    public bool IsTextOnly => false;

    public bool IsWritable => Volatile.Read(ref _poll) is not null;

    public Frame EndFrame => EngineFrames.Close;

    public void Flush()
    {
        if (session.HasFrames(this)) Release();
    }

    public void Abort() => Release();

    /// <summary>Completes the waiting poll, if there is one.</summary>
    public void Release() => Volatile.Read(ref _poll)?.TrySetResult();

    /// <summary>Handles a GET: responds with the queued frames as soon as there is one.</summary>
    public async Task PollAsync(HttpContext context)
    {
        var poll = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _poll, poll, null) is not null)
        {
            session.Incoming.Refuse(DisconnectReason.TransportError, "parallel polls", "A client sent a second GET at the same time.");
            await EngineError.BadRequest.WriteAsync(context).ConfigureAwait(false);
            return;
        }

        if (session.HasFrames(this) || session.IsUpgrading || !session.IsOpen || session.Transport != this) poll.TrySetResult();
        try
        {
            var lost = context.RequestAborted.UnsafeRegister(static waiting => ((TaskCompletionSource)waiting!).TrySetCanceled(), poll);
            await using (lost.ConfigureAwait(false)) await poll.Task.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Volatile.Write(ref _poll, null);
            Lose(isEmpty: true);
            return;
        }

        await RespondAsync(context).ConfigureAwait(false);
    }

    /// <summary>Handles a POST: receives its packets, and responds <c>ok</c> when they are handled.</summary>
    public async Task PostAsync(HttpContext context)
    {
        if (Interlocked.CompareExchange(ref _post, Unwatched, null) is not null)
        {
            session.Incoming.Refuse(DisconnectReason.TransportError, "parallel posts", "A client sent a second POST at the same time.");
            await EngineError.BadRequest.WriteAsync(context).ConfigureAwait(false);
            return;
        }

        Received received;
        try
        {
            // Checked again: from now on an upgrade waits for this request.
            received = session.Transport == this ? await ReceiveAsync(context).ConfigureAwait(false) : Received.Malformed;
        }
        finally
        {
            // Reset before the response is sent: the client's next POST may arrive on another connection before this one
            // has returned.
            Interlocked.Exchange(ref _post, null)?.TrySetResult();
        }

        await AnswerAsync(context, received).ConfigureAwait(false);
    }

    /// <summary>Returns a task that completes when no POST is running.</summary>
    public Task PostedAsync()
    {
        var watched = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var post = Interlocked.CompareExchange(ref _post, watched, Unwatched);
        return ReferenceEquals(post, Unwatched) ? watched.Task : post?.Task ?? Task.CompletedTask;
    }

    /// <summary>Closes the session, because the client has aborted a poll.</summary>
    /// <remarks>A session that has been upgraded to a WebSocket stays open, unless frames have been lost with the poll.</remarks>
    private void Lose(bool isEmpty)
    {
        if (!isEmpty || session.Transport == this) session.Close(DisconnectReason.TransportError, CloseMode.Now);
    }

    private async Task RespondAsync(HttpContext context)
    {
        using var body = PooledBuffer.Rent();
        var isLast = false;
        var isCompressible = false;
        var isSecret = false;

        // The end frame is sent in its own response: a client processes it before the packets that arrived with it.
        while (body.WrittenCount < MaxResponse && session.TryTake(this, out var frame, withEnd: body.WrittenCount == 0))
        {
            PollingPayload.Append(frame, body, isFirst: body.WrittenCount == 0);
            isLast = session.IsEndFrame(frame);
            isCompressible |= frame.IsCompressible;
            isSecret |= frame.IsSecret;
        }

        var isEmpty = body.WrittenCount == 0;
        if (isEmpty) PollingPayload.Append(EngineFrames.Noop, body, isFirst: true);

        // Reset before the response is sent: the client's next poll may arrive before this one has returned.
        Volatile.Write(ref _poll, null);
        if (isLast) session.Finish();
        if (context.RequestAborted.IsCancellationRequested) Lose(isEmpty);

        var start = isCompressible && !isSecret ? Compress(context, body) : 0;
        EngineResponse.Start(context, StatusCodes.Status200OK, "text/plain; charset=UTF-8", body.WrittenCount - start);
        await context.Response.Body.WriteAsync(body.WrittenMemory[start..], CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Appends the compressed form of the body, if the client accepts it.</summary>
    /// <returns>The offset at which the bytes to send start.</returns>
    private int Compress(HttpContext context, PooledBuffer body)
    {
        var length = body.WrittenCount;
        if (services.Options.HttpCompression is not { } options || length < options.Threshold) return 0;
        if (HttpEncoding.Choose(context.Request.Headers.AcceptEncoding) is not { } encoding) return 0;
        HttpEncoding.Encode(encoding, options.Level, body.WrittenSpan, body);
        context.Response.Headers.ContentEncoding = encoding;
        return length;
    }

    private async ValueTask<Received> ReceiveAsync(HttpContext context)
    {
        if (context.Request.ContentType is { } type && type.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase))
        {
            session.Incoming.Refuse(
                DisconnectReason.TransportError,
                "content type",
                "A client sent a binary body, which only older versions of the protocol have.");
            return Received.Malformed;
        }

        using var body = PooledBuffer.Rent();
        switch (await ReadAsync(context, body).ConfigureAwait(false))
        {
            case RequestBody.Outcome.Whole:
                var isWellFormed = await DispatchAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
                return isWellFormed ? Received.Packets : Received.Malformed;
            case RequestBody.Outcome.TooLarge:
                session.Incoming.Refuse(DisconnectReason.TransportError, "request size", "A request body is larger than allowed.");
                return Received.TooLarge;
            case RequestBody.Outcome.Lost:
                session.Incoming.Refuse(DisconnectReason.TransportError, "request lost",
                    "A request ended before its body, or its body is not valid HTTP.");
                return Received.Malformed;
            default:
                return Received.Unwanted;
        }
    }

    private static async Task AnswerAsync(HttpContext context, Received received)
    {
        switch (received)
        {
            case Received.Packets:
                EngineResponse.Start(context, StatusCodes.Status200OK, "text/html", Ok.Length);
                await context.Response.Body.WriteAsync(Ok, context.RequestAborted).ConfigureAwait(false);
                break;
            case Received.TooLarge:
                EngineResponse.Start(context, StatusCodes.Status413PayloadTooLarge, contentType: null, length: 0);
                break;
            case Received.Malformed when !context.RequestAborted.IsCancellationRequested:
                await EngineError.BadRequest.WriteAsync(context).ConfigureAwait(false);
                break;
            case Received.Unwanted:
                // A response would make the server read the rest of the body for seconds, only to drop it.
                context.Abort();
                break;
        }
    }

    private async ValueTask<RequestBody.Outcome> ReadAsync(HttpContext context, PooledBuffer body)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        if (!session.Incoming.TryBeginBody(reading)) return RequestBody.Outcome.Unwanted;
        try
        {
            return await RequestBody.ReadAsync(context, body, services.Options.MaxHttpBufferSize, reading.Token).ConfigureAwait(false);
        }
        finally
        {
            session.Incoming.EndBody();
        }
    }

    private async ValueTask<bool> DispatchAsync(ReadOnlyMemory<byte> body, CancellationToken lost)
    {
        try
        {
            var payload = new PollingPayload(body);
            while (payload.TryRead(out var packet))
            {
                var handling = session.Incoming.ReceiveAsync(packet);
                if (!handling.IsCompletedSuccessfully)
                    await session.Incoming.WatchAsync(handling, DisconnectReason.TransportError, lost).ConfigureAwait(false);
            }

            return true;
        }
        catch (ProtocolException exception)
        {
            session.Incoming.Refuse(DisconnectReason.ParseError, exception.Cause.Text(), exception.Message);
            return false;
        }
    }
}
