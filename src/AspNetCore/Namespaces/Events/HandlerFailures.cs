using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;

namespace TypedSocketRedis.Namespaces;

/// <summary>The namespace in which a handler runs.</summary>
/// <param name="Path">The name of the namespace, which a client may have chosen.</param>
/// <param name="Key">The text by which failures are grouped: that of the pattern or predicate for a dynamic namespace.</param>
internal readonly record struct HandlerPlace(string Path, string Key);

/// <summary>Counts and logs exceptions of the application's handlers and middlewares.</summary>
/// <remarks>
/// A client can make most handlers throw as often as it likes, by unexpected arguments, so repeated failures are counted, but logged once
/// per minute. Names that clients choose never group failures, because they would fill the gate.
/// </remarks>
/// <param name="metrics">The counter.</param>
/// <param name="logger">The logger.</param>
/// <param name="gate">The limit on repeated log entries.</param>
internal sealed class HandlerFailures(EngineMetrics metrics, ILogger logger, LogGate gate)
{
    /// <summary>Reports the failure of a handler of a socket, unless it is a cancellation because the client disconnected.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="member">The member that the handler was passed to.</param>
    /// <param name="cause">The name by which failures are grouped; chosen by the application.</param>
    /// <param name="name">The event.</param>
    /// <param name="exception">The exception.</param>
    public void Handler(ServerSocket socket, string member, string cause, string name, Exception exception)
    {
        if (!IsEndOfClient(socket, member, exception)) Handler(socket.Place, member, cause, name, exception);
    }

    /// <summary>Reports the failure of a handler.</summary>
    /// <inheritdoc cref="Handler(ServerSocket, string, string, string, Exception)"/>
    public void Handler(HandlerPlace place, string member, string cause, string name, Exception exception)
    {
        metrics.HandlerFailed();
        if (IsNew("handler", place, $"{member} {cause}", exception))
            SocketIOLog.HandlerFailed(logger, member, name, place.Path, exception);
    }

    /// <summary>Reports an exception of an admission delegate that is not meant for clients.</summary>
    /// <param name="socket">The socket of the client, which is refused.</param>
    /// <param name="member">The member that the delegate was passed to.</param>
    /// <param name="exception">The exception.</param>
    public void Middleware(ServerSocket socket, string member, Exception exception)
    {
        if (IsEndOfClient(socket, member, exception)) return;
        metrics.HandlerFailed();
        if (IsNew("middleware", socket.Place, member, exception))
            SocketIOLog.MiddlewareFailed(logger, member, socket.Path, exception);
    }

    // One rule for all handlers: a handler that stops because its client has disconnected has not failed.
    private static bool IsEndOfClient(ServerSocket socket, string member, Exception exception)
    {
        if (exception is not OperationCanceledException cancelled || socket.Life.Stage != SocketStage.Ended) return false;

        // These run when the client has already disconnected: without a look at the token every cancellation would be one by its end.
        return member is not (nameof(ServerSocket.OnDisconnecting) or nameof(ServerSocket.OnDisconnected))
            || cancelled.CancellationToken == socket.ConnectionAborted;
    }

    private bool IsNew(string kind, HandlerPlace place, string cause, Exception exception) =>
        gate.TryEnter($"{kind} {place.Key} {cause} {exception.GetType()}");
}
