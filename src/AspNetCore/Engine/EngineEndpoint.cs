using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis.Engine;

/// <summary>Answers the requests on the server's path: open, poll, post, upgrade, or the error that fits.</summary>
internal sealed class EngineEndpoint(EngineServices services)
{
    private readonly EngineAdmission _admission = new(services);

    public Task HandleAsync(HttpContext context)
    {
        var query = new EngineQuery(context);
        if ((query.Transport & services.Options.Transports) == 0) return EngineError.UnknownTransport.WriteAsync(context);
        var isWebSocket = query.Transport == SocketIOTransports.WebSocket;
        if (string.IsNullOrEmpty(query.Sid)) return isWebSocket ? OpenWebSocketAsync(context, query) : OpenPollingAsync(context, query);
        if (!TryFind(query.Sid, isPoll: !isWebSocket && HttpMethods.IsGet(context.Request.Method), out var session))
            return EngineError.UnknownSession.WriteAsync(context);
        if (!query.IsSupported) return EngineError.BadRequest.WriteAsync(context);
        return isWebSocket ? UpgradeAsync(context, session) : ContinueAsync(context, session);
    }

    private bool TryFind(string sid, bool isPoll, [NotNullWhen(true)] out EngineSession? session)
    {
        if (!services.Table.TryGet(sid, out session)) return false;
        session.Clock.CheckHeartbeat();
        return session.Answers(isPoll);
    }

    private static Task ContinueAsync(HttpContext context, EngineSession session)
    {
        if (session.Transport is not PollingTransport polling) return EngineError.BadRequest.WriteAsync(context);
        if (HttpMethods.IsGet(context.Request.Method)) return polling.PollAsync(context);
        return HttpMethods.IsPost(context.Request.Method) ? polling.PostAsync(context) : EngineError.BadRequest.WriteAsync(context);
    }

    private Task OpenPollingAsync(HttpContext context, EngineQuery query) => HttpMethods.IsGet(context.Request.Method)
        ? WhenAdmitted(_admission.CheckAsync(context, query.IsSupported), context, StartPollingAsync)
        : EngineError.BadHandshakeMethod.WriteAsync(context);

    private Task OpenWebSocketAsync(HttpContext context, EngineQuery query)
    {
        if (WebSocketHandshake.IsRequested(context))
            return WhenAdmitted(_admission.CheckWebSocketAsync(context, query.IsSupported), context, StartWebSocketAsync);
        var error = HttpMethods.IsGet(context.Request.Method) ? EngineError.BadRequest : EngineError.BadHandshakeMethod;
        return error.WriteAsync(context);
    }

    private Task UpgradeAsync(HttpContext context, EngineSession session)
    {
        if (!services.Options.AllowUpgrades || !WebSocketHandshake.IsRequested(context)) return EngineError.BadRequest.WriteAsync(context);
        return WhenAdmitted(_admission.CheckUpgradeAsync(context), context, admitted =>
        {
            var probe = WebSocketTransport.Probe(session, services, admitted);
            return session.TryBeginUpgrade(probe) ? probe.RunAsync() : probe.RefuseAsync();
        });
    }

    private Task StartPollingAsync(HttpContext context)
    {
        var session = Create(context, session => new PollingTransport(session, services));
        return _admission.TryOpen(context, session, out var refusal) ? ((PollingTransport)session.Transport).PollAsync(context) : refusal;
    }

    private Task StartWebSocketAsync(HttpContext context)
    {
        var session = Create(context, session => WebSocketTransport.First(session, services, context));
        return _admission.TryOpen(context, session, out var refusal) ? ((WebSocketTransport)session.Transport).RunAsync() : refusal;
    }

    /// <summary>Goes on with whoever is admitted.</summary>
    /// <remarks>Without a task of its own when nothing had to be waited for: it would live as long as the websocket does.</remarks>
    private static Task WhenAdmitted(ValueTask<bool> check, HttpContext context, Func<HttpContext, Task> start)
    {
        if (check.IsCompletedSuccessfully) return check.Result ? start(context) : Task.CompletedTask;
        return WaitAsync(check, context, start);

        static async Task WaitAsync(ValueTask<bool> check, HttpContext context, Func<HttpContext, Task> start)
        {
            if (await check.ConfigureAwait(false)) await start(context).ConfigureAwait(false);
        }
    }

    private EngineSession Create(HttpContext context, Func<EngineSession, IEngineTransport> createTransport) => new(services, createTransport)
    {
        Request = FirstRequest.Read(context, services.Heartbeats.Now),
        User = FirstRequest.User(context),
        Address = services.Addresses.KeyOf(FirstRequest.Address(context)),
    };
}
