using Microsoft.Extensions.Logging;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>The log messages of the engine: event ids 2000 to 2099. Some of them belong to the Socket.IO server.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(2000, LogLevel.Debug,
        "A client violated the protocol and is disconnected ({Reason}): {Problem} Logged once per minute for each reason.")]
    public static partial void ProtocolViolated(ILogger logger, LogText reason, LogText problem);

    [LoggerMessage(2001, LogLevel.Warning,
        "A client was disconnected because more than {Budget} bytes (EngineIOOptions.MaxQueuedBytes) were queued for it. "
        + "Logged once per minute.")]
    public static partial void SlowClientDisconnected(ILogger logger, long budget);

    [LoggerMessage(2002, LogLevel.Error,
        "Writing to a client failed unexpectedly; the client is disconnected. Logged once per minute for each type of exception.")]
    public static partial void ClientWriteFailed(ILogger logger, Exception exception);

    [LoggerMessage(2004, LogLevel.Warning,
        "A client was refused because {Capacity} clients (EngineIOOptions.MaxSessions) are already connected. Logged once per minute.")]
    public static partial void SessionLimitReached(ILogger logger, int capacity);

    [LoggerMessage(2005, LogLevel.Error,
        "Unexpected internal error; a client connection may have been dropped. Logged once per minute for each type of exception.")]
    public static partial void InternalErrorOccurred(ILogger logger, Exception exception);

    [LoggerMessage(2009, LogLevel.Warning,
        "A client was refused because {Capacity} clients of its address (EngineIOOptions.MaxSessionsPerAddress) are already connected. "
        + "Logged once per minute.")]
    public static partial void AddressLimitReached(ILogger logger, int capacity);

    [LoggerMessage(2011, LogLevel.Information, "The server is shutting down; its {Count} clients are disconnected within {Timeout}.")]
    public static partial void ServerStopping(ILogger logger, int count, TimeSpan timeout);

    [LoggerMessage(2010, LogLevel.Error,
        "A delegate of the application threw an exception; its client was refused or disconnected. Member: {Member}. Logged once per "
        + "minute for each member and type of exception.")]
    public static partial void DelegateFailed(ILogger logger, LogText member, Exception exception);

    [LoggerMessage(2016, LogLevel.Trace, "Packet received on connection {Connection}: {Kind}, {Length} bytes.")]
    public static partial void PacketReceived(ILogger logger, int connection, EnginePacketKind kind, int length);

    [LoggerMessage(2017, LogLevel.Trace, "Packet queued on connection {Connection}: {Kind}, {Length} bytes, {Attachments} attachments.")]
    public static partial void PacketQueued(ILogger logger, int connection, EnginePacketKind kind, int length, int attachments);

    [LoggerMessage(2012, LogLevel.Error,
        "The handling of an HTTP request failed; the response is status 500, or the connection is aborted. "
        + "Logged once per minute for each type of exception.")]
    public static partial void HttpRequestFailed(ILogger logger, Exception exception);

    [LoggerMessage(2013, LogLevel.Warning,
        "A WebSocket was refused with status 503 because the web server has reached its limit of upgraded connections "
        + "(KestrelServerLimits.MaxConcurrentUpgradedConnections). Logged once per minute.")]
    public static partial void UpgradeLimitReached(ILogger logger, Exception exception);

    [LoggerMessage(2014, LogLevel.Warning,
        "A WebSocket of origin {Origin} was refused because the browser sends the cookie of scheme {Scheme} for pages of every origin, and "
        + "the endpoint has no CORS policy. To allow the origin, add it to a policy and name that on the endpoint: "
        + "MapSocketIO().RequireCors(\"name\"). Logged once per minute.")]
    public static partial void ForeignOriginRefused(ILogger logger, LogText origin, LogText scheme);

    [LoggerMessage(2019, LogLevel.Information,
        "A request was refused with \"Session ID unknown\": its session has ended, or another node has it. If this goes on, the proxy in "
        + "front of several nodes needs sticky sessions. Logged once per minute.")]
    public static partial void SessionUnknown(ILogger logger);
}
