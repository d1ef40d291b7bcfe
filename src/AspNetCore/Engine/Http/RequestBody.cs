using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>Reads the body of a request up to a maximum size.</summary>
internal static class RequestBody
{
    // Bounds the bytes that are read only to be dropped.
    private const int MaxDropped = 1024 * 1024;

    /// <summary>The results of reading a body.</summary>
    public enum Outcome
    {
        Whole,
        TooLarge,

        /// <summary>The body is complete, but its content is malformed.</summary>
        Malformed,

        /// <summary>The client disconnected, or its data is not valid HTTP.</summary>
        Lost,

        /// <summary>The body is no longer needed.</summary>
        Unwanted,
    }

    /// <summary>Reads until the end of the body, its maximum size, the loss of the client, or the cancellation of the token.</summary>
    public static async ValueTask<Outcome> ReadAsync(HttpContext context, PooledBuffer to, int max, CancellationToken unwanted)
    {
        // The server's limit is only raised: a lower maximum is checked here, and the server can still drain the rest of a
        // larger body.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size && size.MaxRequestBodySize < max)
            size.MaxRequestBodySize = max;
        if (context.Request.ContentLength > max) return Outcome.TooLarge;
        try
        {
            var reader = context.Request.BodyReader;
            while (true)
            {
                var result = await reader.ReadAsync(unwanted).ConfigureAwait(false);
                var fits = result.Buffer.Length <= max - to.WrittenCount;
                if (fits) foreach (var piece in result.Buffer) to.Write(piece.Span);
                reader.AdvanceTo(result.Buffer.End);
                if (!fits) return Outcome.TooLarge;
                if (result.IsCompleted) return Outcome.Whole;
            }
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Outcome.TooLarge;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ConnectionAbortedException)
        {
            return unwanted.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested ? Outcome.Unwanted : Outcome.Lost;
        }
    }

    /// <summary>Prepares a response that is sent even if the request's body has not been read completely.</summary>
    /// <remarks>
    /// The server closes the connection if the rest of a body does not arrive soon. A reverse proxy that pools connections must be
    /// notified, or it sends the next request, of any client, on a connection that is about to close.
    /// </remarks>
    /// <param name="context">The request, whose response has not started.</param>
    public static void Leave(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }) return;
        if (HttpProtocol.IsHttp2(context.Request.Protocol) || HttpProtocol.IsHttp3(context.Request.Protocol)) return;
        if (!TryDrop(context.Request.BodyReader)) context.Response.Headers.Connection = "close";
    }

    /// <summary>Drops the part of a body that has arrived.</summary>
    /// <returns>True if that was the whole body.</returns>
    private static bool TryDrop(PipeReader reader)
    {
        try
        {
            for (var dropped = 0L; dropped <= MaxDropped && reader.TryRead(out var result);)
            {
                dropped += result.Buffer.Length;
                var isAll = result.IsCompleted;
                reader.AdvanceTo(result.Buffer.End);
                if (isAll) return true;
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The body is malformed, too large for the server, or lost; in any case the connection cannot be reused.
            return false;
        }

        return false;
    }
}
