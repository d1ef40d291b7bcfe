using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis.Engine;

/// <summary>Decides which clients may connect. A method that returns false has already written the error response.</summary>
internal sealed class EngineAdmission(EngineContext engine)
{
    /// <summary>Returns a value indicating whether a client may open a session over polling.</summary>
    public async ValueTask<bool> CheckPollingAsync(HttpContext context, bool isSupported) =>
        await CheckAsync(context, isSupported).ConfigureAwait(false) && await GenerateIdAsync(context).ConfigureAwait(false);

    private async ValueTask<bool> CheckAsync(HttpContext context, bool isSupported)
    {
        if (!await IsAllowedAsync(context).ConfigureAwait(false)) return false;
        if (isSupported) return true;
        await engine.RefuseAsync(context, EngineError.UnsupportedProtocol).ConfigureAwait(false);
        return false;
    }

    /// <summary>Returns a value indicating whether a client may open a session over a WebSocket.</summary>
    public async ValueTask<bool> CheckWebSocketAsync(HttpContext context, bool isSupported) =>
        await CheckOriginAsync(context).ConfigureAwait(false)
        && await CheckAsync(context, isSupported).ConfigureAwait(false)
        && await WebSocketHandshake.CheckAsync(context, engine).ConfigureAwait(false)
        && await GenerateIdAsync(context).ConfigureAwait(false);

    /// <summary>Returns the id that the application gave the session of a request, or null for none; the request forgets it.</summary>
    public static string? TakeId(HttpContext context)
    {
        var id = context.Features.Get<GivenId>()?.Text;
        if (id is not null) context.Features.Set<GivenId>(null);
        return id;
    }

    /// <summary>Returns a value indicating whether a WebSocket may take over a session.</summary>
    public async ValueTask<bool> CheckUpgradeAsync(HttpContext context) =>
        await CheckOriginAsync(context).ConfigureAwait(false)
        && await WebSocketHandshake.CheckAsync(context, engine).ConfigureAwait(false);

    /// <summary>Opens a session if the limits allow it. The response is still to be written.</summary>
    /// <param name="context">The request.</param>
    /// <param name="session">The session.</param>
    /// <param name="receiver">The receiver of its messages.</param>
    /// <param name="refusal">The task that writes the error response, if the session was not opened.</param>
    public bool TryOpen(
        HttpContext context, EngineSession session, ISessionReceiver receiver, [NotNullWhen(false)] out Task? refusal)
    {
        refusal = null;
        if (session.Open(receiver) is not { } reason)
        {
            SessionCookie.Append(context, engine.Options.Cookie, session.IdText, engine.Deadlines.Now);
            return true;
        }

        var status = Refused(reason);
        if (reason == ConnectionRefusalReason.SessionId)
        {
            engine.DelegateFailed(nameof(EngineIOOptions.SessionIdGenerator), new InvalidOperationException(
                $"{nameof(EngineIOOptions)}.{nameof(EngineIOOptions.SessionIdGenerator)} returned an id that another session has."));
            refusal = engine.RefuseAsync(context, EngineError.BadRequest, reason: ConnectionErrors.IdGeneration);
            return false;
        }

        var message = status == StatusCodes.Status429TooManyRequests ? "Too many connections" : null;
        refusal = engine.RefuseAsync(context, EngineError.Unavailable, status, message);
        return false;
    }

    private async ValueTask<bool> CheckOriginAsync(HttpContext context)
    {
        var decision = await WebSocketOrigin.DecideAsync(context).ConfigureAwait(false);
        if (decision.IsAllowed) return true;
        if (decision.CookieScheme is { } scheme && engine.LogGate.TryEnter("foreign origin"))
            SocketIOLog.ForeignOriginRefused(engine.Logger, context.Request.Headers.Origin.ToString(), scheme);
        engine.Metrics.Refused(ConnectionRefusalReason.Origin);
        await engine.RefuseAsync(context, EngineError.Forbidden, StatusCodes.Status403Forbidden).ConfigureAwait(false);
        return false;
    }

    private async ValueTask<bool> IsAllowedAsync(HttpContext context)
    {
        if (engine.Options.AllowRequest is not { } allow) return true;
        var admission = await DecideAsync(allow, context).ConfigureAwait(false);
        if (admission.IsAllowed) return true;
        engine.Metrics.Refused(ConnectionRefusalReason.Forbidden);
        await engine.RefuseAsync(context, EngineError.Forbidden, StatusCodes.Status403Forbidden, admission.Message).ConfigureAwait(false);
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

    // A delegate that fails or hangs affects its own client only.
    private async ValueTask<bool> GenerateIdAsync(HttpContext context)
    {
        if (engine.Options.SessionIdGenerator is not { } generate) return true;
        try
        {
            var id = await generate(context).ConfigureAwait(false);
            if (!SessionId.TryParse(id, out _, out _))
                throw new InvalidOperationException($"The id must have 1 to {SessionId.MaxCharacters} characters of A-Za-z0-9-_.~.");
            context.Features.Set(new GivenId(id));
            return true;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected.
        }
        catch (Exception exception)
        {
            engine.DelegateFailed(nameof(EngineIOOptions.SessionIdGenerator), exception);
        }

        engine.Metrics.Refused(ConnectionRefusalReason.SessionId);
        await engine.RefuseAsync(context, EngineError.BadRequest, reason: ConnectionErrors.IdGeneration).ConfigureAwait(false);
        return false;
    }

    private int Refused(ConnectionRefusalReason reason)
    {
        engine.Metrics.Refused(reason);
        if (reason == ConnectionRefusalReason.Full && engine.LogGate.TryEnter("full"))
            SocketIOLog.SessionLimitReached(engine.Logger, engine.Options.MaxSessions);
        if (reason != ConnectionRefusalReason.Address) return StatusCodes.Status503ServiceUnavailable;
        if (engine.LogGate.TryEnter("address full"))
            SocketIOLog.AddressLimitReached(engine.Logger, engine.Options.MaxSessionsPerAddress ?? 0);
        return StatusCodes.Status429TooManyRequests;
    }

    private sealed record GivenId(string Text);
}
