using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis.Engine;

/// <summary>Answers the requests on the server's path: open, poll, post, upgrade, or the error that fits.</summary>
internal sealed class EngineEndpoint(EngineServices services)
{
    private const string Version = "4";

    private readonly EngineAdmission _admission = new(services);

    public Task HandleAsync(HttpContext context)
    {
        var transport = TransportName.Parse(Parameter(context, "transport"));
        if ((transport & services.Options.Transports) == 0) return EngineError.UnknownTransport.WriteAsync(context);

        var sid = Parameter(context, "sid");
        if (string.IsNullOrEmpty(sid)) return OpenAsync(context, transport);
        if (!services.Table.TryGet(sid, out var session)) return EngineError.UnknownSession.WriteAsync(context);
        if (Parameter(context, "EIO") != Version) return EngineError.BadRequest.WriteAsync(context);
        return transport == SocketIOTransports.WebSocket ? UpgradeAsync(context, session) : ContinueAsync(context, session);
    }

    // Of a parameter that is repeated the last counts.
    private static string? Parameter(HttpContext context, string name) => context.Request.Query[name] is { Count: > 0 } values ? values[^1] : null;

    private static Task ContinueAsync(HttpContext context, EngineSession session)
    {
        if (session.Transport is not PollingTransport polling) return EngineError.BadRequest.WriteAsync(context);
        if (HttpMethods.IsGet(context.Request.Method)) return polling.PollAsync(context);
        return HttpMethods.IsPost(context.Request.Method) ? polling.PostAsync(context) : EngineError.BadRequest.WriteAsync(context);
    }

    private async Task OpenAsync(HttpContext context, SocketIOTransports transport)
    {
        var isWebSocket = transport == SocketIOTransports.WebSocket;
        if (isWebSocket && WebSocketHandshake.IsRequested(context))
        {
            if (await _admission.IsOriginAllowedAsync(context).ConfigureAwait(false)
                && await _admission.IsAllowedAsync(context).ConfigureAwait(false)
                && await IsSupportedAsync(context).ConfigureAwait(false)) await OpenWebSocketAsync(context).ConfigureAwait(false);
        }
        else if (!HttpMethods.IsGet(context.Request.Method)) await EngineError.BadHandshakeMethod.WriteAsync(context).ConfigureAwait(false);
        else if (isWebSocket) await EngineError.BadRequest.WriteAsync(context).ConfigureAwait(false);
        else if (await _admission.IsAllowedAsync(context).ConfigureAwait(false)
            && await IsSupportedAsync(context).ConfigureAwait(false)) await OpenPollingAsync(context).ConfigureAwait(false);
    }

    private static async ValueTask<bool> IsSupportedAsync(HttpContext context)
    {
        if (Parameter(context, "EIO") == Version) return true;
        await EngineError.UnsupportedProtocol.WriteAsync(context).ConfigureAwait(false);
        return false;
    }

    private async Task OpenPollingAsync(HttpContext context)
    {
        var session = Create(context, session => new PollingTransport(session, services));
        if (await _admission.TryOpenAsync(context, session).ConfigureAwait(false))
            await ((PollingTransport)session.Transport).PollAsync(context).ConfigureAwait(false);
    }

    private async Task OpenWebSocketAsync(HttpContext context)
    {
        if (!await WebSocketHandshake.CheckAsync(context).ConfigureAwait(false)) return;
        var session = Create(context, session => WebSocketTransport.First(session, services, context));
        if (await _admission.TryOpenAsync(context, session).ConfigureAwait(false))
            await AcceptAsync(context, (WebSocketTransport)session.Transport).ConfigureAwait(false);
    }

    private async Task UpgradeAsync(HttpContext context, EngineSession session)
    {
        if (!services.Options.AllowUpgrades || !WebSocketHandshake.IsRequested(context))
        {
            await EngineError.BadRequest.WriteAsync(context).ConfigureAwait(false);
            return;
        }

        if (!await _admission.IsOriginAllowedAsync(context).ConfigureAwait(false) || !await WebSocketHandshake.CheckAsync(context).ConfigureAwait(false)) return;
        var probe = WebSocketTransport.Probe(session, services, context);
        if (session.TryBeginUpgrade(probe)) await AcceptAsync(context, probe).ConfigureAwait(false);
        else await EngineError.BadRequest.WriteAsync(context).ConfigureAwait(false);
    }

    private static async Task AcceptAsync(HttpContext context, WebSocketTransport transport)
    {
        try
        {
            var (stream, pipe) = await WebSocketHandshake.AcceptAsync(context).ConfigureAwait(false);
            await transport.RunAsync(stream, pipe).ConfigureAwait(false);
        }
        finally
        {
            transport.Leave();
        }
    }

    private EngineSession Create(HttpContext context, Func<EngineSession, IEngineTransport> createTransport) => new(services, createTransport)
    {
        Request = FirstRequest.Read(context, services.Heartbeats.Now),
        User = FirstRequest.User(context),
        Address = services.Addresses.KeyOf(context.Connection.RemoteIpAddress),
    };
}
