using Microsoft.Extensions.Logging;

namespace TypedSocketRedis;

/// <summary>Everything the server logs; ids 2000 to 2999.</summary>
internal static partial class SocketIOLog
{
    [LoggerMessage(2000, LogLevel.Debug, "A client broke the protocol ({Cause}): {Problem} Logged once per cause and minute.")]
    public static partial void Malformed(ILogger logger, string cause, string problem);

    [LoggerMessage(2001, LogLevel.Warning, "A client was disconnected because more than {Budget} bytes waited for it. Logged once per minute.")]
    public static partial void SlowConsumer(ILogger logger, long budget);

    [LoggerMessage(2002, LogLevel.Error, "Writing to a client failed unexpectedly.")]
    public static partial void FlushFailed(ILogger logger, Exception exception);

    [LoggerMessage(2003, LogLevel.Error, "A handler of {Name} in namespace {Path} failed.")]
    public static partial void HandlerFailed(ILogger logger, string name, string path, Exception exception);

    [LoggerMessage(2004, LogLevel.Warning, "A client was refused because {Capacity} are connected already. Logged once per minute.")]
    public static partial void Full(ILogger logger, int capacity);

    [LoggerMessage(2005, LogLevel.Error, "Something failed that never should; one client may have been lost by it.")]
    public static partial void Unexpected(ILogger logger, Exception exception);

    [LoggerMessage(2006, LogLevel.Debug, "Socket {SocketId} connected to namespace {Path}.")]
    public static partial void Connected(ILogger logger, SocketId socketId, string path);

    [LoggerMessage(2007, LogLevel.Debug, "Socket {SocketId} left namespace {Path}: {Reason}.")]
    public static partial void Disconnected(ILogger logger, SocketId socketId, string path, DisconnectReason reason);

    [LoggerMessage(2008, LogLevel.Debug, "An event in namespace {Path} was refused: {Problem} Logged once per minute.")]
    public static partial void EventRefused(ILogger logger, string path, string problem);
}
