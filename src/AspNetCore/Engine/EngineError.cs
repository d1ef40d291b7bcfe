using System.Text;
using Microsoft.AspNetCore.Http;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>What a bad request is answered: status 400 and <c>{"code":0,"message":"Transport unknown"}</c>.</summary>
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

    /// <summary>Gets the answer with status 503; JavaScript's server has none, and its clients know the code of a refusal.</summary>
    public static EngineError Unavailable { get; } = new(4, "Service unavailable");

    public static EngineError UnsupportedProtocol { get; } = new(5, "Unsupported protocol version");

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="message">What is said instead of the error's own message.</param>
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
            // The client is gone, and with it the only one the error concerns.
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
