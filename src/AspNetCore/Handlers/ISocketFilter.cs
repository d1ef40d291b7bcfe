namespace TypedSocketRedis;

/// <summary>Wraps the handlers of events, connections and disconnections of all namespaces.</summary>
/// <remarks>
/// <para>Filters are added with <c>AddFilter</c> and created by the application's services, in a new service scope for each event, each
/// connection and each disconnection; handlers of an event are created in the same scope. The first filter that was added is the
/// outermost.</para>
/// <para>A filter that does not call <c>next</c> skips the handlers; one that calls it twice gets an exception. The exceptions of handlers
/// pass through the filters. An exception that leaves them is treated like one of a handler.</para>
/// <para>Filters run inside the middlewares of a socket and after the authorization of the event. They do not run for events
/// without a handler, nor for events from other servers.</para>
/// </remarks>
public interface ISocketFilter
{
    /// <summary>Wraps the handlers of an event.</summary>
    /// <param name="context">The event.</param>
    /// <param name="next">The next filter, or the handlers. Its result is the acknowledgement, also if the client requested none.</param>
    /// <returns>The acknowledgement.</returns>
    ValueTask<SocketArguments> OnEventAsync(SocketEventContext context, Func<SocketEventContext, ValueTask<SocketArguments>> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next(context);
    }

    /// <summary>Wraps the handlers of a connection, which was already admitted.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="next">The next filter, or the handlers.</param>
    /// <returns>A task that completes when the connection has been handled.</returns>
    Task OnConnectedAsync(ISocket socket, Func<ISocket, Task> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next(socket);
    }

    /// <summary>Wraps the handlers of a disconnection.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="info">The reason for the disconnection.</param>
    /// <param name="next">The next filter, or the handlers.</param>
    /// <returns>A task that completes when the disconnection has been handled.</returns>
    Task OnDisconnectedAsync(ISocket socket, DisconnectInfo info, Func<ISocket, DisconnectInfo, Task> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next(socket, info);
    }
}
