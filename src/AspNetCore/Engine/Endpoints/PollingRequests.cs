using Microsoft.AspNetCore.Http;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>Handles the requests of clients that poll: a GET for frames, a POST with packets.</summary>
internal sealed class PollingRequests(EngineContext engine)
{
    // Bounds one response; the remaining frames wait for the next poll.
    private const int MaxResponse = 1024 * 1024;

    private const string Binary = "application/octet-stream";

    private static readonly DisconnectInfo AbortedPoll = new(DisconnectReason.TransportError, "The client aborted a poll.");
    private static readonly byte[] Ok = "ok"u8.ToArray();

    /// <summary>Handles a GET: responds with the queued frames as soon as there is one.</summary>
    public async Task PollAsync(HttpContext context, EngineSession session, PollingTransport transport)
    {
        var poll = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!transport.TryBeginPoll(poll, session.IsUpgrading))
        {
            session.Refuse(DisconnectReason.TransportError, ViolationReason.ParallelPolls, "A client sent a second GET at the same time.");
            await EngineError.BadRequest.WriteAsync(context).ConfigureAwait(false);
            return;
        }

        if (session.Transport != transport) poll.TrySetResult(false);
        else if (session.HasFrames(transport) || !session.IsOpen) poll.TrySetResult(true);
        else if (session.IsProbed) _ = session.ReleasePollAsync(transport);
        bool isValid;
        try
        {
            var lost = context.RequestAborted.UnsafeRegister(
                static waiting => ((TaskCompletionSource<bool>)waiting!).TrySetCanceled(), poll);
            await using (lost.ConfigureAwait(false)) isValid = await poll.Task.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            transport.EndPoll();
            Lose(session, transport, isEmpty: true);
            return;
        }

        if (isValid)
        {
            await RespondAsync(context, session, transport).ConfigureAwait(false);
            return;
        }

        transport.EndPoll();
        await RefuseAsync(context, session).ConfigureAwait(false);
    }

    /// <summary>Refuses a request, because the session has been upgraded.</summary>
    public async Task RefuseAsync(HttpContext context, EngineSession session)
    {
        await session.WhenWrittenAsync().ConfigureAwait(false);
        await engine.RefuseAsync(context, EngineError.BadRequest, reason: ConnectionErrors.TransportMismatch).ConfigureAwait(false);
    }

    /// <summary>Handles a POST: receives its packets, and responds <c>ok</c> when they are handled.</summary>
    public async Task PostAsync(HttpContext context, EngineSession session, PollingTransport transport)
    {
        if (!transport.TryBeginPost())
        {
            session.Refuse(DisconnectReason.TransportError, ViolationReason.ParallelPosts, "A client sent a second POST at the same time.");
            await EngineError.BadRequest.WriteAsync(context).ConfigureAwait(false);
            return;
        }

        var outcome = RequestBody.Outcome.Malformed;
        try
        {
            // Checked again: from now on an upgrade waits for this request.
            if (session.Transport == transport) outcome = await ReceiveAsync(context, session).ConfigureAwait(false);
        }
        finally
        {
            // Before the response is sent: the client's next POST may arrive on another connection before this one has returned.
            transport.EndPost();
        }

        await RespondAsync(context, outcome).ConfigureAwait(false);
    }

    /// <summary>Closes the session, because the client has aborted a poll.</summary>
    /// <remarks>A session that has been upgraded to a WebSocket stays open, unless frames have been lost with the poll.</remarks>
    private static void Lose(EngineSession session, PollingTransport transport, bool isEmpty)
    {
        if (!isEmpty || session.Transport == transport) session.Close(AbortedPoll, CloseMode.Now);
    }

    private async Task RespondAsync(HttpContext context, EngineSession session, PollingTransport transport)
    {
        using var body = PooledBuffer.Rent();
        var legacy = transport.IsLegacy ? new List<Frame>() : null;
        var isLast = false;
        var isCompressible = false;
        var isSecret = false;
        var isMeasured = false;
        var size = 0;

        // The end frame is sent in its own response: a client processes it before the packets that arrived with it.
        while (size < MaxResponse && session.TryTake(transport, size == 0 ? EngineFrames.Close : null, out var frame))
        {
            legacy?.Add(frame);
            if (legacy is null) PollingPayload.Append(frame, body, isFirst: body.WrittenCount == 0);
            size = legacy is null ? body.WrittenCount : size + frame.WebSocket.Length;
            isLast = session.IsEndFrame(frame);
            isCompressible |= frame.IsCompressible;
            isSecret |= frame.IsSecret;
            isMeasured = isMeasured || session.TryMeasure(frame);
        }

        var isEmpty = size == 0;
        if (isEmpty && legacy is null) PollingPayload.Append(EngineFrames.Noop, body, isFirst: true);
        if (isEmpty) legacy?.Add(EngineFrames.Noop);
        var isBinary = legacy is not null && LegacyPayload.Write(legacy, transport.IsLegacyText, body);

        // Before the response is sent: the client's next poll may arrive before this one has returned.
        transport.EndPoll();
        if (isLast) session.Finish();
        if (context.RequestAborted.IsCancellationRequested) Lose(session, transport, isEmpty);

        var start = isCompressible && !isSecret ? Compress(context, body) : 0;
        EngineResponse.Start(
            context, StatusCodes.Status200OK, isBinary ? Binary : "text/plain; charset=UTF-8", body.WrittenCount - start);
        await context.Response.Body.WriteAsync(body.WrittenMemory[start..], CancellationToken.None).ConfigureAwait(false);
        if (!isEmpty) session.Drained(transport);
    }

    /// <summary>Appends the compressed form of the body, if the client accepts it.</summary>
    /// <returns>The offset at which the bytes to send start.</returns>
    private int Compress(HttpContext context, PooledBuffer body)
    {
        var length = body.WrittenCount;
        if (engine.Options.HttpCompression is not { } options || length < options.Threshold) return 0;
        if (HttpEncoding.Choose(context.Request.Headers.AcceptEncoding) is not { } encoding) return 0;
        HttpEncoding.Encode(encoding, options.Level, body.WrittenSpan, body);
        context.Response.Headers.ContentEncoding = encoding;
        return length;
    }

    private async ValueTask<RequestBody.Outcome> ReceiveAsync(HttpContext context, EngineSession session)
    {
        var isBinary = context.Request.ContentType is { } type && type.StartsWith(Binary, StringComparison.OrdinalIgnoreCase);
        if (isBinary && !session.IsLegacy)
        {
            session.Refuse(DisconnectReason.TransportError, ViolationReason.ContentType,
                "A client sent a binary body, which only older versions of the protocol have.");
            return RequestBody.Outcome.Malformed;
        }

        using var body = PooledBuffer.Rent();
        var outcome = await ReadAsync(context, session, body).ConfigureAwait(false);
        switch (outcome)
        {
            case RequestBody.Outcome.Whole:
                return await DispatchAsync(session, body.WrittenMemory, isBinary, context.RequestAborted).ConfigureAwait(false);
            case RequestBody.Outcome.TooLarge:
                session.Refuse(DisconnectReason.TransportError, ViolationReason.RequestSize, "A request body is larger than allowed.");
                break;
            case RequestBody.Outcome.Lost:
                session.Refuse(DisconnectReason.TransportError, ViolationReason.RequestLost,
                    "A request ended before its body, or its body is not valid HTTP.");
                break;
        }

        return outcome;
    }

    private static async Task RespondAsync(HttpContext context, RequestBody.Outcome outcome)
    {
        switch (outcome)
        {
            case RequestBody.Outcome.Whole:
                EngineResponse.Start(context, StatusCodes.Status200OK, "text/html", Ok.Length);
                await context.Response.Body.WriteAsync(Ok, context.RequestAborted).ConfigureAwait(false);
                break;
            case RequestBody.Outcome.TooLarge:
                EngineResponse.Start(context, StatusCodes.Status413PayloadTooLarge, contentType: null, length: 0);
                break;
            case RequestBody.Outcome.Malformed or RequestBody.Outcome.Lost when !context.RequestAborted.IsCancellationRequested:
                await EngineError.BadRequest.WriteAsync(context).ConfigureAwait(false);
                break;
            case RequestBody.Outcome.Unwanted:
                // A response would make the server read the rest of the body for seconds, only to drop it.
                context.Abort();
                break;
        }
    }

    private async ValueTask<RequestBody.Outcome> ReadAsync(HttpContext context, EngineSession session, PooledBuffer body)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        if (!session.TryBeginBody(reading)) return RequestBody.Outcome.Unwanted;
        try
        {
            return await RequestBody.ReadAsync(context, body, engine.Options.MaxHttpBufferSize, reading.Token).ConfigureAwait(false);
        }
        finally
        {
            session.EndBody();
        }
    }

    private static async ValueTask<RequestBody.Outcome> DispatchAsync(
        EngineSession session, ReadOnlyMemory<byte> body, bool isBinary, CancellationToken lost)
    {
        try
        {
            var payload = new PollingPayload(body);
            var legacy = new LegacyPayload(body, isBinary);
            while (session.IsLegacy ? legacy.TryRead(out var packet) : payload.TryRead(out packet))
            {
                var handling = session.ReceiveAsync(packet);
                if (!handling.IsCompletedSuccessfully)
                    await session.WatchAsync(handling, DisconnectReason.TransportError, lost).ConfigureAwait(false);
            }

            return RequestBody.Outcome.Whole;
        }
        catch (ProtocolException exception)
        {
            session.Refuse(DisconnectReason.ParseError, exception);
            return RequestBody.Outcome.Malformed;
        }
    }
}
