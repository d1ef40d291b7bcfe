using System.Collections.Immutable;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>The dispatch of a namespace's events to their handlers, and of the acks back to the client.</summary>
/// <param name="place">The namespace.</param>
/// <param name="handlers">The namespace's handlers.</param>
/// <param name="server">The counters and the log of failures.</param>
internal sealed class EventDispatch(HandlerPlace place, HandlerSet handlers, ServerContext server)
{
    private const string Member = "event handler";
    private const string Failed = "The event could not be handled.";

    private static readonly byte[] NoArguments = [0x90];

    private readonly AsyncVoidFailure _failed = (sender, name, exception) =>
        server.Failures.Handler((ServerSocket)sender!, Member, name, name, exception);

    /// <summary>The namespace's own handlers.</summary>
    public HandlerSet Handlers { get; } = handlers;

    /// <summary>Runs the handlers of an event, then acknowledges it if requested.</summary>
    /// <remarks>
    /// The catch-all handlers run first, then the socket's middlewares, and inside them the handlers of the event: the namespace's, then
    /// the socket's. The first result or error is the ack; without one the ack has no arguments. An event without a handler is not
    /// acknowledged.
    /// </remarks>
    public Task DispatchAsync(ServerSocket socket, ReadOnlyMemory<byte> data, ulong? id)
    {
        if (!EventHeader.TryRead(data.Span, out var header)) return Task.CompletedTask;
        var name = header.NameText;
        var handlers = Handlers.Of(name);
        if (socket.Listeners is { } listeners) handlers = handlers.AddRange(listeners.Handlers.Of(name));
        else if (Handlers.Any.IsEmpty && handlers.IsEmpty) return Task.CompletedTask;

        var incoming = new IncomingEvent(name, EventArguments.OfEvent(data), id is not null, socket.ConnectionAborted)
        {
            Failed = _failed,
            Sender = socket,
        };
        return Handlers.Any.IsEmpty && socket.Listeners is null
            ? RunAsync(socket, handlers, incoming, id)
            : RunWatchedAsync(socket, handlers, incoming, id);
    }

    private async Task RunWatchedAsync(ServerSocket socket, ImmutableArray<SocketEventHandler> handlers, IncomingEvent incoming, ulong? id)
    {
        var listeners = socket.Listeners;
        foreach (var watch in Handlers.Any) await WatchAsync(socket, watch, incoming).ConfigureAwait(false);
        foreach (var watch in listeners?.Handlers.Any ?? []) await WatchAsync(socket, watch, incoming).ConfigureAwait(false);
        if (listeners?.Middlewares is { IsEmpty: false } middlewares)
            await RunFilteredAsync(socket, middlewares, handlers, incoming, id).ConfigureAwait(false);
        else await RunAsync(socket, handlers, incoming, id).ConfigureAwait(false);
    }

    private async Task RunFilteredAsync(
        ServerSocket socket,
        ImmutableArray<Func<SocketEvent, Func<Task>, Task>> middlewares,
        ImmutableArray<SocketEventHandler> handlers,
        IncomingEvent incoming,
        ulong? id)
    {
        ReadOnlyMemory<byte>? answer = null;
        var sent = new SocketEvent(incoming.Name, incoming.Arguments, incoming.WantsAnswer);
        var chain = new MiddlewareChain(middlewares, sent,
            async () => answer = await HandleAsync(socket, handlers, incoming).ConfigureAwait(false));
        var failure = await RunAsync("Use", handlers.IsEmpty ? "unhandled" : incoming.Name, socket, async (_, _) =>
        {
            await chain.RunAsync().ConfigureAwait(false);
            return default;
        }, incoming).ConfigureAwait(false);

        if (!failure.IsEmpty) Acknowledge(socket, incoming.Name, id, failure);
        else if (answer is { } handled && !handlers.IsEmpty) Acknowledge(socket, incoming.Name, id, handled);
    }

    private async Task RunAsync(ServerSocket socket, ImmutableArray<SocketEventHandler> handlers, IncomingEvent incoming, ulong? id)
    {
        if (handlers.IsEmpty) return;
        Acknowledge(socket, incoming.Name, id, await HandleAsync(socket, handlers, incoming).ConfigureAwait(false));
    }

    private async Task<ReadOnlyMemory<byte>> HandleAsync(
        ServerSocket socket, ImmutableArray<SocketEventHandler> handlers, IncomingEvent incoming)
    {
        ReadOnlyMemory<byte> answer = default;
        foreach (var handler in handlers)
        {
            var result = await RunAsync(Member, incoming.Name, socket, handler, incoming).ConfigureAwait(false);
            if (answer.IsEmpty) answer = result;
        }

        return answer;
    }

    private async Task WatchAsync(ServerSocket socket, AnyEventHandler watch, IncomingEvent incoming)
    {
        try
        {
            await watch(socket, incoming.Name, incoming.Arguments).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // A catch-all handler only observes: the event continues.
            server.Failures.Handler(socket, "OnAny", "", incoming.Name, exception);
        }
    }

    // Clients choose the names of events, so only the name of a registered event is used as a cause.
    private async Task<ReadOnlyMemory<byte>> RunAsync(
        string member, string cause, ServerSocket socket, SocketEventHandler handler, IncomingEvent incoming)
    {
        try
        {
            return await handler(socket, incoming).ConfigureAwait(false);
        }
        catch (SocketEventException exception)
        {
            return EventAnswer.Error(exception.Message);
        }
        catch (EventDataException exception) when (exception.Event.Length > 0)
        {
            Refused(cause, exception);
            return EventAnswer.Error(exception.Message);
        }
        catch (Exception exception)
        {
            server.Failures.Handler(socket, member, cause, incoming.Name, exception);
            return EventAnswer.Error(Failed);
        }
    }

    private void Refused(string cause, EventDataException exception)
    {
        server.Metrics.Refused();
        if (server.LogGate.TryEnter($"refused {place.Key} {cause}"))
            SocketIOLog.EventRefused(server.Logger, exception.Event, place.Path, exception.Message);
    }

    private void Acknowledge(ServerSocket socket, string name, ulong? id, ReadOnlyMemory<byte> answer)
    {
        if (id is not { } number) return;
        try
        {
            socket.Acknowledge(number, answer.IsEmpty ? NoArguments : answer);
        }
        catch (ProtocolException exception)
        {
            server.Failures.Handler(place, "acknowledgement", name, name, exception);
            socket.Acknowledge(number, EventAnswer.Error(Failed));
        }
    }
}
