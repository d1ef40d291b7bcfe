using Microsoft.Extensions.Logging;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Broadcasting;

/// <summary>Runs the handlers of one namespace for events from other servers.</summary>
/// <param name="path">The namespace.</param>
/// <param name="logger">The logger.</param>
/// <param name="gate">The limit on repeated log entries.</param>
internal sealed class ServerEventRunner(string path, ILogger logger, LogGate gate) : HandlerRunner
{
    /// <summary>The callback that counts a failed handler.</summary>
    public Action? Failed { private get; set; }

    public override void Report(HandlerCall call, Exception exception)
    {
        Failed?.Invoke();
        if (gate.TryEnter($"server event handler {path} {call.Name} {exception.GetType()}"))
            BroadcastingLog.ServerEventFailed(logger, call.Name, path, exception);
    }

    protected override void Refuse(HandlerCall call, EventDataException exception)
    {
        if (gate.TryEnter($"server event {path} {call.Name}"))
            BroadcastingLog.ServerEventRefused(logger, call.Name, path, exception.Message);
    }
}
