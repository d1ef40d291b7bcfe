using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis.Engine;

/// <summary>The head of every HTTP response of the engine.</summary>
internal static class EngineResponse
{
    /// <summary>Sets status and headers; the body is written by the caller.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="contentType">The type of the body; null when there is none.</param>
    /// <param name="length">The length of the body, in bytes.</param>
    public static void Start(HttpContext context, int status, string? contentType, long length)
    {
        RequestBody.Leave(context);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
    }
}
