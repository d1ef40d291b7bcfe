using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis.Engine;

/// <summary>What a bad request is answered: status 400 and <c>{"code":0,"message":"Transport unknown"}</c>.</summary>
internal sealed class EngineError
{
    private readonly byte[] _body;

    private EngineError(int code, string message) =>
        _body = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"code":{{code}},"message":"{{message}}"}"""));

    public static EngineError UnknownTransport { get; } = new(0, "Transport unknown");

    public static EngineError UnknownSession { get; } = new(1, "Session ID unknown");

    public static EngineError BadHandshakeMethod { get; } = new(2, "Bad handshake method");

    public static EngineError BadRequest { get; } = new(3, "Bad request");

    public static EngineError Forbidden { get; } = new(4, "Forbidden");

    public static EngineError UnsupportedProtocol { get; } = new(5, "Unsupported protocol version");

    public async Task WriteAsync(HttpContext context, int status = StatusCodes.Status400BadRequest)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = _body.Length;
        await context.Response.Body.WriteAsync(_body, context.RequestAborted).ConfigureAwait(false);
    }
}
