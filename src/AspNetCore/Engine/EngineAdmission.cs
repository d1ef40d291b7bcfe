using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis.Engine;

/// <summary>Who may connect; whoever may not has been answered when a method returns false.</summary>
internal sealed class EngineAdmission(EngineServices services)
{
    /// <summary>Whether a websocket may come from where it comes from.</summary>
    public async ValueTask<bool> IsOriginAllowedAsync(HttpContext context)
    {
        if (await WebSocketOrigin.IsAllowedAsync(context).ConfigureAwait(false)) return true;
        services.Metrics.Refused("origin");
        await EngineError.Forbidden.WriteAsync(context, StatusCodes.Status403Forbidden).ConfigureAwait(false);
        return false;
    }

    /// <summary>Whether the application allows the client.</summary>
    public async ValueTask<bool> IsAllowedAsync(HttpContext context)
    {
        if (services.Options.AllowRequest is not { } allow) return true;
        var admission = await allow(context).ConfigureAwait(false);
        if (admission.IsAllowed) return true;
        services.Metrics.Refused("forbidden");
        await EngineError.Forbidden.WriteAsync(context, StatusCodes.Status403Forbidden, admission.Message).ConfigureAwait(false);
        return false;
    }

    /// <summary>Opens a session, unless there is no place for it; the answer is yet to be written.</summary>
    public async ValueTask<bool> TryOpenAsync(HttpContext context, EngineSession session)
    {
        var place = session.Open();
        if (place == SessionPlace.Taken)
        {
            SessionCookie.Append(context, services.Options.Cookie, session.Id, services.Heartbeats.Now);
            return true;
        }

        var status = Refused(place);
        await EngineError.Forbidden.WriteAsync(context, status, status == StatusCodes.Status429TooManyRequests ? "Too many connections" : null).ConfigureAwait(false);
        return false;
    }

    private int Refused(SessionPlace place)
    {
        switch (place)
        {
            case SessionPlace.Full:
                services.Metrics.Refused("full");
                if (services.LogGate.TryEnter("full")) EngineLog.Full(services.Logger, services.Options.MaxSessions);
                break;
            case SessionPlace.AddressFull:
                services.Metrics.Refused("address");
                if (services.LogGate.TryEnter("address full")) EngineLog.AddressFull(services.Logger, services.Options.MaxSessionsPerAddress ?? 0);
                return StatusCodes.Status429TooManyRequests;
            default:
                services.Metrics.Refused("stopping");
                break;
        }

        return StatusCodes.Status503ServiceUnavailable;
    }
}
