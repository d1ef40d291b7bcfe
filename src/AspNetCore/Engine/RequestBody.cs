using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>Reads a request's body, never more of it than allowed.</summary>
internal static class RequestBody
{
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
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = max;
        if (context.Request.ContentLength > max) return Outcome.TooLarge;
        try
        {
            var reader = context.Request.BodyReader;
            while (true)
            {
                var result = await reader.ReadAsync(unwanted).ConfigureAwait(false);
                if (result.Buffer.Length > max - to.WrittenCount) return Outcome.TooLarge;
                foreach (var piece in result.Buffer) to.Write(piece.Span);
                reader.AdvanceTo(result.Buffer.End);
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
}
