using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis.Engine;

/// <summary>The status and headers of every HTTP response of the engine.</summary>
internal static class EngineResponse
{
    /// <summary>Sets the status and headers; the caller writes the body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status code.</param>
    /// <param name="contentType">The media type of the body, or null if there is no body.</param>
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
