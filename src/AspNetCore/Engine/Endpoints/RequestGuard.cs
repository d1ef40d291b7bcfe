using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis.Engine;

/// <summary>Responds to requests whose handling throws, and limits the log to one entry per minute for each type of exception.</summary>
/// <param name="engine">The shared state of the server.</param>
internal sealed class RequestGuard(EngineContext engine)
{
    /// <summary>Awaits the handling of a request, and sends the error response if it throws.</summary>
    public async Task AwaitAsync(Task handling, HttpContext context)
    {
        try
        {
            await handling.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await RespondAsync(context, exception).ConfigureAwait(false);
        }
    }

    /// <summary>Logs an exception, and sends an error response if that is still possible; never throws.</summary>
    public async Task RespondAsync(HttpContext context, Exception exception)
    {
        var isLost = context.RequestAborted.IsCancellationRequested
            && exception is (OperationCanceledException or IOException) and not BadHttpRequestException;
        if (exception is BadHttpRequestException) engine.Malformed(ViolationReason.Request, "A request is not valid HTTP.");
        else if (!isLost) engine.Unexpected(exception);
        if (context.Response.HasStarted || isLost)
        {
            context.Abort();
            return;
        }

        if (exception is BadHttpRequestException bad)
            await EngineError.BadRequest.WriteAsync(context, bad.StatusCode).ConfigureAwait(false);
        else
            EngineResponse.Start(context, StatusCodes.Status500InternalServerError, contentType: null, length: 0);
    }
}
