using System.Text;
using Microsoft.AspNetCore.Http;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>The response to an invalid request: status 400 and <c>{"code":0,"message":"Transport unknown"}</c>.</summary>
internal sealed class EngineError
{
    private readonly byte[] _body;

    private EngineError(ConnectionErrorCode code, string message)
    {
        (Code, Message) = (code, message);
        _body = Body(code, message);
    }

    public static EngineError UnknownTransport { get; } = new(ConnectionErrorCode.UnknownTransport, "Transport unknown");

    public static EngineError UnknownSession { get; } = new(ConnectionErrorCode.UnknownSession, "Session ID unknown");

    public static EngineError BadHandshakeMethod { get; } = new(ConnectionErrorCode.BadHandshakeMethod, "Bad handshake method");

    public static EngineError BadRequest { get; } = new(ConnectionErrorCode.BadRequest, "Bad request");

    public static EngineError Forbidden { get; } = new(ConnectionErrorCode.Forbidden, "Forbidden");

    /// <summary>
    /// Gets the error that is sent with status 503. The JavaScript server has no such error; clients know the code, which is that of a
    /// refusal.
    /// </summary>
    public static EngineError Unavailable { get; } = new(ConnectionErrorCode.Forbidden, "Service unavailable");

    public static EngineError UnsupportedProtocol { get; } = new(ConnectionErrorCode.UnsupportedProtocol, "Unsupported protocol version");

    public ConnectionErrorCode Code { get; }

    public string Message { get; }

    /// <summary>Writes the error response.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status code.</param>
    /// <param name="message">The message that replaces the error's own message, or null to use that one.</param>
    public async Task WriteAsync(HttpContext context, int status = StatusCodes.Status400BadRequest, string? message = null)
    {
        var body = message is null ? _body : Body(Code, message);
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

    private static byte[] Body(ConnectionErrorCode code, string message)
    {
        using var body = PooledBuffer.Rent();
        var text = new JsonText(body, Limits.Outgoing.PacketBytes);
        text.Raw("{\"code\":"u8);
        text.Number((int)code);
        text.Raw(",\"message\":"u8);
        text.String(Encoding.UTF8.GetBytes(message));
        text.Byte((byte)'}');
        text.Flush();
        return body.WrittenSpan.ToArray();
    }
}
