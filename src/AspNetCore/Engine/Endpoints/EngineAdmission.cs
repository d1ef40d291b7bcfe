using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis.Engine;

/// <summary>Decides which clients may connect. A method that returns false has already written the error response.</summary>
internal sealed class EngineAdmission(EngineContext engine)
{
    /// <summary>Returns a value indicating whether a client may open a session.</summary>
    public async ValueTask<bool> CheckAsync(HttpContext context, bool isSupported)
    {
        if (!await IsAllowedAsync(context).ConfigureAwait(false)) return false;
        if (isSupported) return true;
        await EngineError.UnsupportedProtocol.WriteAsync(context).ConfigureAwait(false);
        return false;
    }

    /// <summary>Returns a value indicating whether a client may open a session over a WebSocket.</summary>
    public async ValueTask<bool> CheckWebSocketAsync(HttpContext context, bool isSupported) =>
        await CheckOriginAsync(context).ConfigureAwait(false)
        && await CheckAsync(context, isSupported).ConfigureAwait(false)
        && await WebSocketHandshake.CheckAsync(context).ConfigureAwait(false);

    /// <summary>Returns a value indicating whether a WebSocket may take over a session.</summary>
    public async ValueTask<bool> CheckUpgradeAsync(HttpContext context) =>
        await CheckOriginAsync(context).ConfigureAwait(false) && await WebSocketHandshake.CheckAsync(context).ConfigureAwait(false);

    /// <summary>Opens a session if the limits allow it. The response is still to be written.</summary>
    /// <param name="context">The request.</param>
    /// <param name="session">The session.</param>
    /// <param name="receiver">The receiver of its messages.</param>
    /// <param name="refusal">The task that writes the error response, if the session was not opened.</param>
    public bool TryOpen(
        HttpContext context, EngineSession session, ISessionReceiver receiver, [NotNullWhen(false)] out Task? refusal)
    {
        refusal = null;
        if (session.Open(receiver) is not { } cause)
        {
            SessionCookie.Append(context, engine.Options.Cookie, session.Id.ToString(), engine.Deadlines.Now);
            return true;
        }

        var status = Refused(cause);
        var message = status == StatusCodes.Status429TooManyRequests ? "Too many connections" : null;
        refusal = EngineError.Unavailable.WriteAsync(context, status, message);
        return false;
    }

    private async ValueTask<bool> CheckOriginAsync(HttpContext context)
    {
        var decision = await WebSocketOrigin.DecideAsync(context).ConfigureAwait(false);
        if (decision.IsAllowed) return true;
        if (decision.CookieScheme is { } scheme && engine.LogGate.TryEnter("foreign origin"))
            EngineLog.ForeignOrigin(engine.Logger, context.Request.Headers.Origin.ToString(), scheme);
        engine.Metrics.Refused(ConnectionRefusalCause.Origin);
        await EngineError.Forbidden.WriteAsync(context, StatusCodes.Status403Forbidden).ConfigureAwait(false);
        return false;
    }

    private async ValueTask<bool> IsAllowedAsync(HttpContext context)
    {
        if (engine.Options.AllowRequest is not { } allow) return true;
        var admission = await DecideAsync(allow, context).ConfigureAwait(false);
        if (admission.IsAllowed) return true;
        engine.Metrics.Refused(ConnectionRefusalCause.Forbidden);
        await EngineError.Forbidden.WriteAsync(context, StatusCodes.Status403Forbidden, admission.Message).ConfigureAwait(false);
        return false;
    }

    // A delegate that throws admits no client.
    private async ValueTask<RequestAdmission> DecideAsync(Func<HttpContext, ValueTask<RequestAdmission>> allow, HttpContext context)
    {
        try
        {
            return await allow(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return RequestAdmission.Refuse();
        }
        catch (Exception exception)
        {
            engine.DelegateFailed(nameof(EngineIOOptions.AllowRequest), exception);
            return RequestAdmission.Refuse();
        }
    }

    private int Refused(ConnectionRefusalCause cause)
    {
        engine.Metrics.Refused(cause);
        if (cause == ConnectionRefusalCause.Full && engine.LogGate.TryEnter("full"))
            EngineLog.Full(engine.Logger, engine.Options.MaxSessions);
        if (cause != ConnectionRefusalCause.Address) return StatusCodes.Status503ServiceUnavailable;
        if (engine.LogGate.TryEnter("address full"))
            EngineLog.AddressFull(engine.Logger, engine.Options.MaxSessionsPerAddress ?? 0);
        return StatusCodes.Status429TooManyRequests;
    }
}
