using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>The state that all sessions of one server share: options, tables, deadlines, metrics and log.</summary>
internal sealed record EngineContext(
    EngineIOOptions Options,
    EngineSessionTable Table,
    ClientAddresses Addresses,
    DeadlineScheduler Deadlines,
    DeadlineScheduler Pauses,
    Flusher Flusher,
    EngineMetrics Metrics,
    ConnectionErrors Errors,
    LogGate LogGate,
    ILogger Logger)
{
    /// <summary>Refuses a request: reports it to the application, and writes the error response.</summary>
    /// <param name="context">The request.</param>
    /// <param name="error">The error.</param>
    /// <param name="status">The HTTP status code.</param>
    /// <param name="message">The message that replaces the error's own message, or null to use that one.</param>
    /// <param name="reason">The reason of a bad request, for the application, or null for none.</param>
    public Task RefuseAsync(
        HttpContext context, EngineError error, int status = StatusCodes.Status400BadRequest, string? message = null, string? reason = null)
    {
        Errors.Report(context, error, message ?? error.Message, status, reason, Deadlines.Now);
        return error.WriteAsync(context, status, message);
    }

    /// <summary>
    /// Counts an exception thrown by a delegate of the application, and logs it once per minute for each type of exception.
    /// </summary>
    /// <param name="member">The name of the member that the delegate was passed to.</param>
    /// <param name="exception">The exception.</param>
    public void DelegateFailed(string member, Exception exception)
    {
        Metrics.HandlerFailed();
        if (LogGate.TryEnter($"{member} {exception.GetType()}")) SocketIOLog.DelegateFailed(Logger, member, exception);
    }

    /// <summary>Counts a protocol violation of a client, and logs it once per reason and minute.</summary>
    public void Malformed(ViolationReason reason, string message) => Malformed(reason.Text(), message);

    /// <summary>Counts a malformed packet of a client, and logs it once per reason and minute.</summary>
    public void Malformed(ProtocolException exception) => Malformed(exception.Reason.Text(), exception.Message);

    /// <summary>Logs an exception that ended a request or a connection, once per type and minute.</summary>
    public void Unexpected(Exception exception)
    {
        if (LogGate.TryEnter($"unexpected {exception.GetType()}")) SocketIOLog.HttpRequestFailed(Logger, exception);
    }

    private void Malformed(string reason, string message)
    {
        Metrics.Malformed(reason);
        if (LogGate.TryEnter(reason)) SocketIOLog.ProtocolViolated(Logger, reason, message);
    }
}
