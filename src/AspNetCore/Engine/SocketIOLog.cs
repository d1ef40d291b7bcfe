using Microsoft.Extensions.Logging;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>The log messages of the server and its engine; ids 2000 to 2999.</summary>
/// <remarks>One class, because the generator of the framework does not fix the order of several, and the assembly is to be reproducible.
/// </remarks>
internal static partial class SocketIOLog
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

    [LoggerMessage(2019, LogLevel.Debug,
        "A request was refused with \"Session ID unknown\": its session has ended, or another node has it. If this goes on, the proxy in "
        + "front of several nodes needs sticky sessions.")]
    public static partial void SessionUnknown(ILogger logger);

    [LoggerMessage(2003, LogLevel.Error,
        "A handler, or the work of a socket itself (member \"socket\"), failed; its event is lost, nothing else. Member: {Member}, "
        + "event: {Name}, namespace: {Path}. Logged up to five times per minute for each of them and type of exception; further ones are "
        + "counted by entry 2108.")]
    public static partial void HandlerFailed(ILogger logger, LogText member, LogText name, LogText path, Exception exception);

    [LoggerMessage(2006, LogLevel.Debug, "Socket {SocketId} connected to namespace {Path}.")]
    public static partial void SocketConnected(ILogger logger, SocketId socketId, LogText path);

    [LoggerMessage(2007, LogLevel.Debug, "Socket {SocketId} left namespace {Path}: {Reason}. {Description}")]
    public static partial void SocketDisconnected(
        ILogger logger, SocketId socketId, LogText path, DisconnectReason reason, LogText description);

    [LoggerMessage(2008, LogLevel.Warning,
        "Event {Name} of a client in namespace {Path} was refused: {Problem} Logged once per minute for each event.")]
    public static partial void EventRefused(ILogger logger, LogText name, LogText path, LogText problem);

    [LoggerMessage(2018, LogLevel.Warning,
        "Event {Name} of a client in namespace {Path} had {Count} arguments, of which the contract declares {Declared}; the others were "
        + "ignored. Logged once per minute for each event.")]
    public static partial void SurplusArgumentsIgnored(ILogger logger, LogText name, LogText path, int count, int declared);

    [LoggerMessage(2020, LogLevel.Information,
        "Event {Name} of a client in namespace {Path} has no handler; it is ignored and not acknowledged. Logged once per minute for each "
        + "namespace.")]
    public static partial void EventUnhandled(ILogger logger, LogText name, LogText path);

    [LoggerMessage(2101, LogLevel.Error,
        "A middleware, the authentication or the authorization of a client failed; the client was refused. Member: {Member}, "
        + "namespace: {Path}. Logged up to five times per minute for each of "
        + "them and type of exception; further ones are counted by entry 2108.")]
    public static partial void MiddlewareFailed(ILogger logger, LogText member, LogText path, Exception exception);

    [LoggerMessage(2102, LogLevel.Warning,
        "The authentication, authorization and middlewares of namespace {Path} took longer than SocketIOOptions.ConnectTimeout; the client "
        + "was refused. Logged once per minute for each namespace.")]
    public static partial void MiddlewareTimedOut(ILogger logger, LogText path);

    [LoggerMessage(2107, LogLevel.Warning,
        "SocketIOOptions.MaxDynamicNamespaces ({Max}) is reached and all of them have clients; clients are refused with \"Too many "
        + "namespaces\". Logged once per minute.")]
    public static partial void NamespaceLimitReached(ILogger logger, int max);

    [LoggerMessage(2108, LogLevel.Error,
        "{Count} further failures of a handler or middleware were not logged within a minute. Member: {Member}, event: {Name}, "
        + "namespace: {Path}, exception: {Type}.")]
    public static partial void HandlerFailuresLeftOut(
        ILogger logger, long count, LogText member, LogText name, LogText path, LogText type);

    [LoggerMessage(2105, LogLevel.Warning,
        "Handlers of OnAnyOutgoing in namespace {Path} are too slow; events are sent but not passed to them. Logged once per "
        + "minute for each namespace.")]
    public static partial void OutgoingHandlersOverflowed(ILogger logger, LogText path);

    [LoggerMessage(2106, LogLevel.Warning,
        "AddSocketIO was called but MapSocketIO was not; no client can connect. Call app.MapSocketIO().")]
    public static partial void ServerNotMapped(ILogger logger);

    [LoggerMessage(2114, LogLevel.Warning,
        "AddSocketIO was called for server {Server} but MapSocketIO was not; no client can connect to it. Call app.MapSocketIO with a "
        + "path and this name.")]
    public static partial void NamedServerNotMapped(ILogger logger, LogText server);

    [LoggerMessage(2117, LogLevel.Information,
        "The Socket.IO server has no adapter: it is the only node, and its events reach the clients of this process. Several nodes need an "
        + "adapter, for example AddRedisAdapter of the package TypedSocketRedis.")]
    public static partial void ServerWithoutAdapter(ILogger logger);

    [LoggerMessage(2115, LogLevel.Warning,
        "Handlers of OnNamespaceCreated are too slow; some of the created namespaces were not passed to them. Logged once per minute.")]
    public static partial void NamespaceNotificationsDropped(ILogger logger);

    [LoggerMessage(2116, LogLevel.Warning,
        "Handlers of room events in namespace {Path} are too slow; some of the events were not passed to them. Logged once per minute "
        + "for each namespace.")]
    public static partial void RoomNotificationsDropped(ILogger logger, LogText path);

    [LoggerMessage(2103, LogLevel.Error,
        "The details of a refusal in namespace {Path} cannot be sent; the client received the message only. Logged once per minute.")]
    public static partial void RefusalDetailsUnusable(ILogger logger, LogText path, Exception exception);

    [LoggerMessage(2104, LogLevel.Error,
        "Disposing the adapter of namespace {Path} failed; the namespace has ended, but subscriptions of the adapter may remain. "
        + "Logged once per minute for each type of exception.")]
    public static partial void AdapterDisposeFailed(ILogger logger, LogText path, Exception exception);

    [LoggerMessage(2112, LogLevel.Debug, "A client was refused by namespace {Path} as {Code}: {Problem}")]
    public static partial void ClientUnauthenticated(ILogger logger, LogText path, LogText code, LogText problem);

    [LoggerMessage(2113, LogLevel.Debug, "A new token of socket {SocketId} was rejected; the socket keeps the previous one: {Problem}")]
    public static partial void TokenRefreshRejected(ILogger logger, SocketId socketId, LogText problem);

    [LoggerMessage(2110, LogLevel.Warning,
        "Event {Name} in namespace {Path}, which requests no acknowledgement, was refused because its sender is {Code}. "
        + "Logged once per minute for each event.")]
    public static partial void EventUnauthorized(ILogger logger, LogText name, LogText path, LogText code);

    [LoggerMessage(2111, LogLevel.Warning,
        "The endpoint of MapSocketIO requires authorization and AddAuthentication reads tokens: the endpoint refuses clients without a "
        + "user before they send a token. Remove RequireAuthorization, or add AllowAnonymous, and require authorization of the "
        + "namespaces.")]
    public static partial void EndpointAuthorizesBeforeToken(ILogger logger);
}
