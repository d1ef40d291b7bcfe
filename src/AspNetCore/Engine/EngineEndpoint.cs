using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis.Engine;

/// <summary>Answers the requests on the Socket.IO path: open, poll, post, upgrade, or the error that fits.</summary>
internal sealed class EngineEndpoint(EngineServices services)
{
    private const string Version = "4";

    public Task HandleAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var transport = TransportName.Parse(query["transport"]);
        if ((transport & services.Options.Transports) == 0) return EngineError.UnknownTransport.WriteAsync(context);

        string? sid = query["sid"];
        if (string.IsNullOrEmpty(sid)) return OpenAsync(context, transport);
        if (!services.Table.TryGet(sid, out var session)) return EngineError.UnknownSession.WriteAsync(context);
        if (query["EIO"] != Version) return EngineError.BadRequest.WriteAsync(context);
        return transport == SocketIOTransports.WebSocket ? UpgradeAsync(context, session) : ContinueAsync(context, session);
    }

    private static Task ContinueAsync(HttpContext context, EngineSession session)
    {
        if (session.Transport is not PollingTransport polling) return EngineError.BadRequest.WriteAsync(context);
        if (HttpMethods.IsGet(context.Request.Method)) return polling.PollAsync(context);
        return HttpMethods.IsPost(context.Request.Method) ? polling.PostAsync(context) : EngineError.BadRequest.WriteAsync(context);
    }

    private Task OpenAsync(HttpContext context, SocketIOTransports transport)
    {
        if (!HttpMethods.IsGet(context.Request.Method)) return EngineError.BadHandshakeMethod.WriteAsync(context);
        if (transport == SocketIOTransports.WebSocket && !WebSocketHandshake.IsRequested(context)) return EngineError.BadRequest.WriteAsync(context);
        if (context.Request.Query["EIO"] != Version) return EngineError.UnsupportedProtocol.WriteAsync(context);
        return transport == SocketIOTransports.WebSocket ? OpenWebSocketAsync(context) : OpenPollingAsync(context);
    }

    private Task OpenPollingAsync(HttpContext context)
    {
        var session = new EngineSession(services, session => new PollingTransport(session, services)) { Request = Read(context), User = FirstRequest.ReadUser(context) };
        return session.TryOpen() ? ((PollingTransport)session.Transport).PollAsync(context) : RefuseAsync(context);
    }

    private async Task OpenWebSocketAsync(HttpContext context)
    {
        if (await ReadKeyAsync(context).ConfigureAwait(false) is not { } key) return;
        var session = new EngineSession(services, session => WebSocketTransport.First(session, services, context)) { Request = Read(context), User = FirstRequest.ReadUser(context) };
        if (session.TryOpen()) await AcceptAsync(context, key, (WebSocketTransport)session.Transport).ConfigureAwait(false);
        else await RefuseAsync(context).ConfigureAwait(false);
    }

    private async Task UpgradeAsync(HttpContext context, EngineSession session)
    {
        var probe = WebSocketTransport.Probe(session, services, context);
        if (!services.Options.AllowUpgrades || !WebSocketHandshake.IsRequested(context))
        {
            await EngineError.BadRequest.WriteAsync(context).ConfigureAwait(false);
            return;
        }

        if (await ReadKeyAsync(context).ConfigureAwait(false) is not { } key) return;
        if (session.TryBeginUpgrade(probe)) await AcceptAsync(context, key, probe).ConfigureAwait(false);
        else await EngineError.BadRequest.WriteAsync(context).ConfigureAwait(false);
    }

    private static async Task AcceptAsync(HttpContext context, string key, WebSocketTransport transport)
    {
        try
        {
            var (stream, pipe) = await WebSocketHandshake.AcceptAsync(context, key).ConfigureAwait(false);
            await transport.RunAsync(stream, pipe).ConfigureAwait(false);
        }
        finally
        {
            transport.Leave();
        }
    }

    private static async ValueTask<string?> ReadKeyAsync(HttpContext context)
    {
        if (!WebSocketHandshake.IsSupported(context)) await EngineError.BadRequest.WriteAsync(context, StatusCodes.Status426UpgradeRequired).ConfigureAwait(false);
        else if (WebSocketHandshake.TryReadKey(context, out var key)) return key;
        else await EngineError.BadRequest.WriteAsync(context).ConfigureAwait(false);
        return null;
    }

    private byte[] Read(HttpContext context) => FirstRequest.Read(context, services.Heartbeats.Now);

    private Task RefuseAsync(HttpContext context)
    {
        if (!services.Table.IsClosed && services.LogGate.TryEnter("full")) EngineLog.Full(services.Logger, services.Options.MaxSessions);
        return EngineError.Forbidden.WriteAsync(context, StatusCodes.Status503ServiceUnavailable);
    }
}
