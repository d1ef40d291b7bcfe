using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>Reads a request's body, never more of it than allowed.</summary>
internal static class RequestBody
{
    // Bounds what is read only to be dropped.
    private const int MaxDropped = 1024 * 1024;

    /// <summary>How the reading ended.</summary>
    public enum Outcome
    {
        Whole,
        TooLarge,

        /// <summary>The client went, or what it sends is not HTTP.</summary>
        Lost,

        /// <summary>Nobody wants it any more.</summary>
        Unwanted,
    }

    /// <summary>Reads until the body's end, its bound, the client's loss, or until nobody wants it.</summary>
    public static async ValueTask<Outcome> ReadAsync(HttpContext context, PooledBuffer to, int max, CancellationToken unwanted)
    {
        // Only ever raised: a lower bound is checked here, and the server can still drop the rest of a larger body.
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

    /// <summary>Prepares a response that is sent although the request's body may not have been read.</summary>
    /// <remarks>
    /// The server ends the connection when the rest of a body does not come soon. A reverse proxy that pools connections has to be told,
    /// or it sends the next request, of any client, on a connection that is about to end.
    /// </remarks>
    /// <param name="context">The request, whose response has not started.</param>
    public static void Leave(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }) return;
        if (HttpProtocol.IsHttp2(context.Request.Protocol) || HttpProtocol.IsHttp3(context.Request.Protocol)) return;
        if (!TryDrop(context.Request.BodyReader)) context.Response.Headers.Connection = "close";
    }

    /// <summary>Drops what has arrived of a body.</summary>
    /// <returns>True if that was all of it.</returns>
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
            // The body is malformed, larger than the server reads, or lost: in any case the connection is of no further use.
            return false;
        }

        return false;
    }
}
