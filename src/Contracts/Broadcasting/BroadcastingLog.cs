using Microsoft.Extensions.Logging;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The log messages of the broadcasting layer: event ids 1100 to 1199.</summary>
internal static partial class BroadcastingLog
{
    [LoggerMessage(1100, LogLevel.Error,
        "An operation on socket {SocketId} in namespace {Path} failed unexpectedly; the event was not sent to it, or it was not "
        + "disconnected. Logged once per minute.")]
    public static partial void SocketOperationFailed(ILogger logger, SocketId socketId, LogText path, Exception exception);

    [LoggerMessage(1101, LogLevel.Error,
        "A handler of the server event {Name} in namespace {Path} failed; the event is lost, nothing else. Logged up to five times "
        + "per minute for each event and type of exception; further ones are counted by entry 1103.")]
    public static partial void ServerEventFailed(ILogger logger, LogText name, LogText path, Exception exception);

    [LoggerMessage(1102, LogLevel.Warning,
        "Event {Name} of another server in namespace {Path} was refused: {Problem} "
        + "Logged once per minute for each event.")]
    public static partial void ServerEventRefused(ILogger logger, LogText name, LogText path, LogText problem);

    [LoggerMessage(1103, LogLevel.Error,
        "{Count} further failures of handlers of the server event {Name} in namespace {Path} were not logged within a minute. "
        + "Exception: {Type}.")]
    public static partial void ServerEventFailuresLeftOut(ILogger logger, long count, LogText name, LogText path, LogText type);
}
