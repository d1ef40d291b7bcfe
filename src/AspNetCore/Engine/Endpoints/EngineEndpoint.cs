using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>Handles the requests on the server's path: open, poll, post, upgrade, or the matching error response.</summary>
/// <param name="engine">The shared state of the server.</param>
/// <param name="createReceiver">The delegate that creates the receiver of a session's messages.</param>
internal sealed class EngineEndpoint(EngineContext engine, Func<EngineSession, ISessionReceiver> createReceiver)
{
    private readonly EngineAdmission _admission = new(engine);
    private readonly RequestGuard _guard = new(engine);
    private readonly PollingRequests _polling = new(engine);

    /// <summary>Handles a request; never throws.</summary>
    public Task HandleAsync(HttpContext context)
    {
        try
        {
            EndpointOptOuts.Apply(context);
            var query = new EngineQuery(context);
            if (query.Transport == SocketIOTransports.WebSocket) return HandleWebSocketAsync(context, query);
            var handling = HandlePollingAsync(context, query);
            return handling.IsCompletedSuccessfully ? handling : _guard.AwaitAsync(handling, context);
        }
        catch (Exception exception)
        {
            return _guard.RespondAsync(context, exception);
        }
    }

    private Task HandlePollingAsync(HttpContext context, EngineQuery query)
    {
        if ((query.Transport & engine.Options.Transports) == 0) return engine.RefuseAsync(context, EngineError.UnknownTransport);
        if (string.IsNullOrEmpty(query.Sid)) return OpenPollingAsync(context, query);
        return TryContinue(context, query, out var session, out var refusal) ? ContinueAsync(context, session) : refusal;
    }

    // Neither awaited nor guarded: an async state machine here would cost memory for every idle client. The methods it calls never
    // throw.
    private Task HandleWebSocketAsync(HttpContext context, EngineQuery query)
    {
        if ((query.Transport & engine.Options.Transports) == 0) return engine.RefuseAsync(context, EngineError.UnknownTransport);
        var bridge = WebSocketBridge.Install(context);
        Task handling;
        if (string.IsNullOrEmpty(query.Sid)) handling = OpenWebSocketAsync(context, query);
        else handling = TryContinue(context, query, out var session, out var refusal) ? UpgradeAsync(context, query, session) : refusal;
        return bridge is null ? handling : bridge.ServeAsync(handling);
    }

    /// <summary>Finds the session that a request continues. The caller awaits the refusal.</summary>
    private bool TryContinue(
        HttpContext context,
        EngineQuery query,
        [NotNullWhen(true)] out EngineSession? session,
        [NotNullWhen(false)] out Task? refusal)
    {
        refusal = null;
        if (!TryFind(query.Sid!, isPoll: query.Transport == SocketIOTransports.Polling && HttpMethods.IsGet(context.Request.Method),
            out session))
        {
            SocketIOLog.SessionUnknown(engine.Logger);
            refusal = engine.RefuseAsync(context, EngineError.UnknownSession);
        }
        else if (query.Version != (session.IsLegacy ? 3 : 4))
        {
            refusal = engine.RefuseAsync(context, EngineError.BadRequest, reason: ConnectionErrors.ProtocolMismatch);
        }
        else if (!SessionUser.MayContinue(session.User, context))
        {
            engine.Metrics.Refused(ConnectionRefusalReason.User);
            refusal = engine.RefuseAsync(context, EngineError.Forbidden, StatusCodes.Status403Forbidden);
        }

        return refusal is null;
    }

    private bool TryFind(string sid, bool isPoll, [NotNullWhen(true)] out EngineSession? session)
    {
        if (!engine.Table.TryGet(sid, out session)) return false;
        session.CheckHeartbeat();
        return session.RespondsTo(isPoll);
    }

    private Task ContinueAsync(HttpContext context, EngineSession session)
    {
        if (session.Transport is not PollingTransport transport) return _polling.RefuseAsync(context, session);
        if (HttpMethods.IsGet(context.Request.Method)) return _polling.PollAsync(context, session, transport);
        return HttpMethods.IsPost(context.Request.Method)
            ? _polling.PostAsync(context, session, transport)
            : engine.RefuseAsync(context, EngineError.BadRequest);
    }

    private Task OpenPollingAsync(HttpContext context, EngineQuery query)
    {
        if (!HttpMethods.IsGet(context.Request.Method)) return engine.RefuseAsync(context, EngineError.BadHandshakeMethod);
        var check = _admission.CheckPollingAsync(context, query.IsSupported(engine.Options));
        var form = query.Form;
        return WhenAdmitted(check, context, admitted => StartPollingAsync(admitted, form));
    }

    private Task OpenWebSocketAsync(HttpContext context, EngineQuery query)
    {
        if (WebSocketHandshake.IsRequested(context))
        {
            var check = _admission.CheckWebSocketAsync(context, query.IsSupported(engine.Options));
            return query.Form == FrameForm.Default
                ? WhenAdmitted(check, context, admitted => StartWebSocketAsync(admitted, FrameForm.Default))
                : OpenOtherFormAsync(check, context, query.Form);
        }

        var error = HttpMethods.IsGet(context.Request.Method) ? EngineError.BadRequest : EngineError.BadHandshakeMethod;
        return engine.RefuseAsync(context, error, reason: ConnectionErrors.TransportHandshake);
    }

    // A method of its own: the closure would be created, and kept by an idle client, for the default form, too.
    private Task OpenOtherFormAsync(ValueTask<bool> check, HttpContext context, FrameForm form) =>
        WhenAdmitted(check, context, admitted => StartWebSocketAsync(admitted, form));

    private Task UpgradeAsync(HttpContext context, EngineQuery query, EngineSession session)
    {
        if (!engine.Options.AllowUpgrades || !WebSocketHandshake.IsRequested(context))
            return engine.RefuseAsync(context, EngineError.BadRequest, reason: ConnectionErrors.TransportHandshake);
        var form = query.Form;
        return WhenAdmitted(_admission.CheckUpgradeAsync(context), context, admitted =>
        {
            var probe = CreateWebSocket(admitted, form);
            return new WebSocketConnection(session, probe, admitted, engine, isWanted: session.TryBeginUpgrade(probe)).RunAsync();
        });
    }

    private Task StartPollingAsync(HttpContext context, FrameForm form)
    {
        var transport = new PollingTransport(form);
        var session = Create(context, transport, form);
        if (!_admission.TryOpen(context, session, createReceiver(session), out var refusal)) return refusal;
        var polling = _polling.PollAsync(context, session, transport);
        return session.IsLegacy ? OpenAfterAsync(polling, session) : polling;
    }

    private static async Task OpenAfterAsync(Task polling, EngineSession session)
    {
        await polling.ConfigureAwait(false);
        session.FirstResponseSent();
    }

    private Task StartWebSocketAsync(HttpContext context, FrameForm form)
    {
        var transport = CreateWebSocket(context, form);
        var session = Create(context, transport, form);
        return _admission.TryOpen(context, session, createReceiver(session), out var refusal)
            ? new WebSocketConnection(session, transport, context, engine).RunAsync()
            : refusal;
    }

    /// <summary>Starts the handling of an admitted client; never throws the exceptions of the check.</summary>
    /// <remarks>Allocates no task if the check has completed: the task would live as long as the WebSocket does.</remarks>
    private Task WhenAdmitted(ValueTask<bool> check, HttpContext context, Func<HttpContext, Task> start)
    {
        if (check.IsCompletedSuccessfully) return check.Result ? start(context) : Task.CompletedTask;
        return WaitAsync(check, context, start);
    }

    private async Task WaitAsync(ValueTask<bool> check, HttpContext context, Func<HttpContext, Task> start)
    {
        try
        {
            if (await check.ConfigureAwait(false)) await start(context).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await _guard.RespondAsync(context, exception).ConfigureAwait(false);
        }
    }

    private WebSocketTransport CreateWebSocket(HttpContext context, FrameForm form) =>
        new(context, form, deflates: WebSocketHandshake.Extension(context, engine.Options) is not null);

    private EngineSession Create(HttpContext context, IEngineTransport transport, FrameForm form) => new(engine, transport)
    {
        IsLegacy = form >= FrameForm.Legacy,
        Request = FirstRequest.Read(context, engine.Deadlines.Now),
        GivenId = EngineAdmission.TakeId(context),
        User = FirstRequest.User(context),
        Address = engine.Addresses.KeyOf(FirstRequest.Address(context)),
    };
}
