using TypedSocketRedis.Engine;

namespace TypedSocketRedis.Namespaces;

/// <summary>Counts and logs what the application's handlers and middlewares throw.</summary>
/// <remarks>A client can make most handlers throw, as often as it likes, by arguments they do not expect: what repeats itself is
/// logged once per minute, and counted.</remarks>
/// <param name="engine">Where it is logged.</param>
/// <param name="metrics">Where it is counted.</param>
internal sealed class HandlerFailures(EngineServices engine, SocketIOMetrics metrics)
{
    /// <summary>A handler threw; nothing else fails because of it.</summary>
    /// <param name="cause">What repeats itself together with the kind of exception: a name of the application's or of ours, never a client's.</param>
    /// <param name="name">The event.</param>
    /// <param name="path">The namespace.</param>
    /// <param name="exception">What it threw.</param>
    public void Handler(string cause, string name, string path, Exception exception)
    {
        metrics.HandlerFailed();
        if (IsNew("handler", cause, exception)) SocketIOLog.HandlerFailed(engine.Logger, name, path, exception);
    }

    /// <summary>A middleware of a namespace threw what is not meant for clients; the refusal is counted where it is sent.</summary>
    public void Middleware(string path, Exception exception)
    {
        if (IsNew("middleware", "", exception)) SocketIOLog.MiddlewareFailed(engine.Logger, path, exception);
    }

    private bool IsNew(string kind, string cause, Exception exception) => engine.LogGate.TryEnter($"{kind} {cause} {exception.GetType()}");
}
