using TypedSocketRedis.Engine;

namespace TypedSocketRedis.Namespaces;

/// <summary>Runs the handlers of namespaces and rooms, which run for no socket and behind a queue.</summary>
/// <param name="server">The server.</param>
internal sealed class NotificationHandlers(ServerContext server)
{
    /// <summary>Runs a handler; its exception is counted and logged, and not thrown.</summary>
    /// <param name="place">The namespace.</param>
    /// <param name="member">The member that the handler was passed to.</param>
    /// <param name="handler">The handler.</param>
    public async Task RunAsync(HandlerPlace place, string member, Func<Task> handler)
    {
        try
        {
            await handler().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            server.Handlers.Count();
            if (server.LogGate.TryEnter($"handler {place.Key} {member} {exception.GetType()}"))
                SocketIOLog.HandlerFailed(server.Logger, member, "", place.Path, exception);
        }
    }

    /// <summary>Counts and logs notifications that were dropped because their handlers are too slow.</summary>
    /// <param name="place">The namespace, or null if they are about namespaces.</param>
    /// <param name="dropped">The number of notifications.</param>
    public void Overflowed(HandlerPlace? place, long dropped)
    {
        server.Metrics.NotificationsDropped(place is null ? NotificationKind.Namespaces : NotificationKind.Rooms, dropped);
        if (!server.LogGate.TryEnter($"notifications {place?.Key}")) return;
        if (place is null) SocketIOLog.NamespaceNotificationsDropped(server.Logger);
        else SocketIOLog.RoomNotificationsDropped(server.Logger, place.Value.Path);
    }
}
