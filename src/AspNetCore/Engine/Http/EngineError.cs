using System.Text;
using Microsoft.AspNetCore.Http;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>The response to an invalid request: status 400 and <c>{"code":0,"message":"Transport unknown"}</c>.</summary>
internal sealed class EngineError
{
    private readonly int _code;
    private readonly byte[] _body;

    private EngineError(int code, string message)
    {
        _code = code;
        _body = Body(code, message);
    }

    public static EngineError UnknownTransport { get; } = new(0, "Transport unknown");

    public static EngineError UnknownSession { get; } = new(1, "Session ID unknown");

    public static EngineError BadHandshakeMethod { get; } = new(2, "Bad handshake method");

    public static EngineError BadRequest { get; } = new(3, "Bad request");

    public static EngineError Forbidden { get; } = new(4, "Forbidden");

    /// <summary>
    /// Gets the error that is sent with status 503. The JavaScript server has no such error; clients know the code, which is that of a
    /// refusal.
    /// </summary>
    public static EngineError Unavailable { get; } = new(4, "Service unavailable");

    public static EngineError UnsupportedProtocol { get; } = new(5, "Unsupported protocol version");

    /// <summary>Writes the error response.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status code.</param>
    /// <param name="message">The message that replaces the error's own message, or null to use that one.</param>
    public async Task WriteAsync(HttpContext context, int status = StatusCodes.Status400BadRequest, string? message = null)
    {
        var body = message is null ? _body : Body(_code, message);
        EngineResponse.Start(context, status, "application/json", body.Length);
        try
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client has disconnected, and nothing else depends on the response.
            context.Abort();
        }
    }

    private static byte[] Body(int code, string message)
    {
        using var body = PooledBuffer.Rent();
        var text = new JsonText(body, Limits.Outgoing.PacketBytes);
        text.Raw("{\"code\":"u8);
        text.Number(code);
        text.Raw(",\"message\":"u8);
        text.String(Encoding.UTF8.GetBytes(message));
        text.Byte((byte)'}');
        text.Flush();
        return body.WrittenSpan.ToArray();
    }
}
