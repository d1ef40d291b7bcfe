using Microsoft.Extensions.Logging;

namespace TypedSocketRedis.Broadcasting;

/// <summary>Runs the handlers of one namespace for events from other servers.</summary>
/// <param name="path">The namespace.</param>
/// <param name="logger">The logger.</param>
/// <param name="gate">The limit on repeated log entries.</param>
/// <param name="time">The clock.</param>
internal sealed class ServerEventRunner(string path, ILogger logger, LogGate gate, TimeProvider time) : HandlerRunner(logger, time)
{
    private readonly ILogger _logger = logger;

    /// <summary>The callback that counts a failed handler.</summary>
    public Action? Failed { private get; set; }

    public override void Report(HandlerCall call, Exception exception)
    {
        Failed?.Invoke();
        var (name, type) = (call.Name, $"{exception.GetType()}");
        if (gate.Faults.TryEnter($"server event handler {path} {name} {type}",
            count => BroadcastingLog.ServerEventFailuresLeftOut(_logger, count, name, path, type)))
            BroadcastingLog.ServerEventFailed(_logger, name, path, exception);
    }

    protected override void Refuse(HandlerCall call, EventDataException exception)
    {
        if (gate.TryEnter($"server event {path} {call.Name}"))
            BroadcastingLog.ServerEventRefused(_logger, call.Name, path, exception.Message);
    }
}
