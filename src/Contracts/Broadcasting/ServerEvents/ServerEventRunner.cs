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

    /// <summary>Gets or sets the name by which failures are grouped: that of the group for a dynamic namespace.</summary>
    public required string Group { get; set; }

    /// <summary>The callback that counts a failed handler.</summary>
    public Action? Failed { private get; set; }

    public override void Report(HandlerCall call, Exception exception)
    {
        Failed?.Invoke();
        var (name, type) = (call.Name, $"{exception.GetType()}");
        if (gate.Faults.TryEnter($"server event handler {Group} {name} {type}",
            count => BroadcastingLog.ServerEventFailuresLeftOut(_logger, count, name, Group, type)))
            BroadcastingLog.ServerEventFailed(_logger, name, path, exception);
    }

    protected override void Refuse(HandlerCall call, EventDataException exception)
    {
        if (gate.TryEnter($"server event {Group} {call.Name}"))
            BroadcastingLog.ServerEventRefused(_logger, call.Name, path, exception.Message);
    }
}
