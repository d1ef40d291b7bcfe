using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;

namespace TypedSocketRedis.Engine;

/// <summary>The opening handshake of RFC 6455 section 4.2, and of RFC 8441 over HTTP/2 and later.</summary>
internal static class WebSocketHandshake
{
    private const string Version = "13";
    private const int KeyLength = 24;
    private const int KeyBytes = 16;

    private static readonly byte[] Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8.ToArray();

    /// <summary>
    /// Returns a value indicating whether a WebSocket is requested: by an HTTP/1.1 upgrade, or on a stream of HTTP/2 or later (RFC 8441).
    /// </summary>
    public static bool IsRequested(HttpContext context)
    {
        if (IsStream(context)) return true;
        return HttpMethods.IsGet(context.Request.Method)
            && context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            && HasToken(context.Request.Headers.Upgrade, "websocket")
            && HasToken(context.Request.Headers.Connection, "upgrade");
    }

    /// <summary>Returns a value indicating whether a WebSocket request is valid; if not, the error response has been written.</summary>
    public static async ValueTask<bool> CheckAsync(HttpContext context, EngineContext engine)
    {
        var status = StatusCodes.Status400BadRequest;
        if (context.Request.Headers.SecWebSocketVersion != Version)
        {
            // The response header contains the only supported version.
            context.Response.Headers.SecWebSocketVersion = Version;
            status = StatusCodes.Status426UpgradeRequired;
        }
        else if ((IsStream(context) || IsKey(context.Request.Headers.SecWebSocketKey.ToString()))
            && WebSocketSubprotocol.TryChoose(context.Request.Headers.SecWebSocketProtocol, out _))
        {
            return true;
        }

        await engine.RefuseAsync(context, EngineError.BadRequest, status, reason: ConnectionErrors.TransportHandshake)
            .ConfigureAwait(false);
        return false;
    }

    /// <summary>Accepts the WebSocket and returns the pipes of its connection: one to read from and one to write to.</summary>
    /// <remarks>
    /// The pipes are those of the connection if the server exposes them and the connection is not shared: the 101 response has been
    /// flushed through them, and the server no longer writes or reads. Otherwise they are created on the upgraded stream. In both
    /// cases no buffer is held while no data arrives.
    /// </remarks>
    /// <param name="context">The request.</param>
    /// <param name="engine">The shared state of the server.</param>
    /// <returns>The pipes, or null if the web server has reached its limit of upgraded connections and the client has got status
    /// 503.</returns>
    public static async Task<(PipeReader Input, PipeWriter Output)?> AcceptAsync(HttpContext context, EngineContext engine)
    {
        LiftDataRates(context);
        if (Extension(context, engine.Options) is { } extension) context.Response.Headers.SecWebSocketExtensions = extension;
        if (WebSocketSubprotocol.TryChoose(context.Request.Headers.SecWebSocketProtocol, out var protocol) && protocol is not null)
            context.Response.Headers.SecWebSocketProtocol = protocol;
        if (IsStream(context))
        {
            var shared = await context.Features.GetRequiredFeature<IHttpExtendedConnectFeature>().AcceptAsync().ConfigureAwait(false);
            return Pipes(shared);
        }

        context.Response.Headers[HeaderNames.Upgrade] = "websocket";
        context.Response.Headers.SecWebSocketAccept = AcceptKey(context.Request.Headers.SecWebSocketKey.ToString());
        Stream stream;
        try
        {
            stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync().ConfigureAwait(false);
        }
        catch (InvalidOperationException exception) when (!context.Response.HasStarted)
        {
            await RefuseAsync(context, engine, exception).ConfigureAwait(false);
            return null;
        }

        ForgetHandshake(context.Request.Headers);
        return context.Features.Get<IConnectionTransportFeature>()?.Transport is { } own ? (own.Input, own.Output) : Pipes(stream);
    }

    /// <summary>Returns the extension that is accepted of the client's offers, or null for none.</summary>
    public static string? Extension(HttpContext context, EngineIOOptions options) => options.PerMessageDeflate is { } compression
        ? WebSocketExtension.Negotiate(context.Request.Headers.SecWebSocketExtensions, compression)
        : null;

    private static Task RefuseAsync(HttpContext context, EngineContext engine, InvalidOperationException exception)
    {
        engine.Metrics.Refused(ConnectionRefusalReason.Upgrades);
        if (engine.LogGate.TryEnter("upgrades")) SocketIOLog.UpgradeLimitReached(engine.Logger, exception);
        var headers = context.Response.Headers;
        headers.Remove(HeaderNames.Upgrade);
        headers.Remove(HeaderNames.SecWebSocketAccept);
        headers.Remove(HeaderNames.SecWebSocketExtensions);
        headers.Remove(HeaderNames.SecWebSocketProtocol);
        return engine.RefuseAsync(context, EngineError.Unavailable, StatusCodes.Status503ServiceUnavailable);
    }

    // The request lives as long as the WebSocket, but its handshake headers are not needed any more.
    private static void ForgetHandshake(IHeaderDictionary headers)
    {
        headers.Remove(HeaderNames.SecWebSocketKey);
        headers.Remove(HeaderNames.SecWebSocketVersion);
        headers.Remove(HeaderNames.SecWebSocketExtensions);
        headers.Remove(HeaderNames.SecWebSocketProtocol);
    }

    private static (PipeReader Input, PipeWriter Output) Pipes(Stream stream) =>
        (PipeReader.Create(stream, new StreamPipeReaderOptions(useZeroByteReads: true)), PipeWriter.Create(stream));

    private static bool IsStream(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect
        && string.Equals(connect.Protocol, "websocket", StringComparison.OrdinalIgnoreCase);

    private static bool IsKey(string key)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes + 2];
        return key.Length == KeyLength && Convert.TryFromBase64String(key, bytes, out var written) && written == KeyBytes;
    }

    /// <summary>
    /// Removes the server's minimum data rates: the heartbeat and the queue budget limit idle clients and slow readers instead.
    /// </summary>
    public static void LiftDataRates(HttpContext context)
    {
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } request) request.MinDataRate = null;
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } response) response.MinDataRate = null;
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms",
        Justification = "RFC 6455 requires SHA-1; no secret depends on it.")]
    private static string AcceptKey(string key)
    {
        Span<byte> input = stackalloc byte[KeyLength + Guid.Length];
        Encoding.ASCII.GetBytes(key, input);
        Guid.CopyTo(input[KeyLength..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(input, hash);
        return Convert.ToBase64String(hash);
    }

    private static bool HasToken(Microsoft.Extensions.Primitives.StringValues values, string token)
    {
        foreach (var value in values)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                if (value.AsSpan()[range].Trim().Equals(token, StringComparison.OrdinalIgnoreCase)) return true;
            }
        }

        return false;
    }
}
