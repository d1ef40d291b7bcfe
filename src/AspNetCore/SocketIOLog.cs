using Microsoft.Extensions.Logging;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>The log messages of the server, apart from those of its engine; ids 2000 to 2999.</summary>
internal static partial class SocketIOLog
{
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
