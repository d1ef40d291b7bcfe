using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>The namespace in which a handler runs.</summary>
/// <param name="Path">The name of the namespace, which a client may have chosen.</param>
/// <param name="Key">The text by which failures are grouped: that of the pattern or predicate for a dynamic namespace.</param>
internal readonly record struct HandlerPlace(string Path, string Key);

/// <summary>Runs the handlers of a server's sockets: those of events, connections and their ends, and middlewares.</summary>
/// <param name="engine">The counter of failures.</param>
/// <param name="metrics">The counter of refused events.</param>
/// <param name="logger">The logger.</param>
/// <param name="gate">The limit on repeated log entries.</param>
/// <param name="time">The clock.</param>
/// <param name="authorization">The policies of the application.</param>
internal sealed class SocketHandlerRunner(
    EngineMetrics engine, SocketIOMetrics metrics, ILogger logger, LogGate gate, TimeProvider time, SocketAuthorization authorization)
    : HandlerRunner(logger, time)
{
    private const string Authorization = "authorization of an event";

    private readonly ILogger _logger = logger;

    private SurplusArguments? _surplus;

    /// <summary>Gets a value indicating whether events with more arguments than declared are refused.</summary>
    public bool RefusesSurplusArguments { private get; init; }

    /// <summary>Runs the handlers of an event, then acknowledges it if requested.</summary>
    /// <remarks>
    /// The catch-all handlers run first, then the socket's middlewares, and inside them the handlers of the event: the namespace's, then
    /// the socket's. The first result or error is the ack; without one the ack has no arguments. An event without a handler is not
    /// acknowledged. An event that requires authorization reaches none of them if its sender is not authorized.
    /// </remarks>
    /// <param name="socket">The socket.</param>
    /// <param name="shared">The handlers of the namespace.</param>
    /// <param name="guards">The authorization that events require.</param>
    /// <param name="pipeline">The filters of the namespace, or null for none.</param>
    /// <param name="data">The event.</param>
    /// <param name="id">The ack id, or null if no ack was requested.</param>
    public Task DispatchAsync(
        ServerSocket socket, HandlerSet shared, EventGuards guards, EventPipeline? pipeline, ReadOnlyMemory<byte> data, ulong? id)
    {
        if (!EventHeader.TryRead(data.Span, out var header)) return Task.CompletedTask;
        var name = header.NameText;
        var handlers = shared.Of(name);
        var any = shared.Any.Current;
        if (socket.Listeners is { } listeners) handlers = handlers.AddRange(listeners.Handlers.Of(name));
        else if (any.IsEmpty && handlers.IsEmpty) return Ignore(socket, name);

        var incoming = new IncomingEvent(name, SocketArguments.OfEvent(data), id is not null, socket.ConnectionAborted)
        {
            Surplus = _surplus ??= CheckSurplus,
            Sender = socket,
        };
        var received = new Received(any, handlers, handlers.IsEmpty ? null : pipeline, incoming, id);
        return IsObserved ? ObserveAsync(socket, guards, received) : CheckAndRunAsync(guards, received);
    }

    /// <summary>Counts the failure of a handler that is logged elsewhere.</summary>
    public void Count() => engine.HandlerFailed();

    public override void Report(HandlerCall call, Exception exception)
    {
        var socket = (ServerSocket)call.Sender!;
        if (IsEndOfClient(socket, call.Member, exception)) return;
        Count();
        if (MayLog($"handler {call.Group}", socket, call.Member, call.Group, exception))
            SocketIOLog.HandlerFailed(_logger, call.Member, call.Name, socket.Path, exception);
    }

    /// <summary>Reports an exception of an admission delegate that is not meant for clients.</summary>
    /// <param name="socket">The socket of the client, which is refused.</param>
    /// <param name="member">The member that the delegate was passed to.</param>
    /// <param name="exception">The exception.</param>
    public void ReportMiddleware(ServerSocket socket, string member, Exception exception)
    {
        if (IsEndOfClient(socket, member, exception)) return;
        Count();
        if (MayLog("middleware", socket, member, "", exception))
            SocketIOLog.MiddlewareFailed(_logger, member, socket.Path, exception);
    }

    // Clients choose the names of such events, so that only the namespace groups the entries.
    private Task Ignore(ServerSocket socket, string name)
    {
        if (gate.TryEnter($"unhandled {socket.Place.Key}")) SocketIOLog.EventUnhandled(_logger, name, socket.Path);
        return Task.CompletedTask;
    }

    private void CheckSurplus(IncomingEvent incoming, int declared)
    {
        if (RefusesSurplusArguments) throw EventDataReader.Surplus(incoming, declared);
        var socket = (ServerSocket)incoming.Sender!;
        metrics.SurplusArguments();
        if (gate.TryEnter($"surplus {socket.Place.Key} {incoming.Name}"))
            SocketIOLog.SurplusArgumentsIgnored(_logger, incoming.Name, socket.Path, incoming.Arguments.Count, declared);
    }

    protected override void Refuse(HandlerCall call, EventDataException exception)
    {
        var socket = (ServerSocket)call.Sender!;
        metrics.Refused();
        if (gate.TryEnter($"refused {socket.Place.Key} {call.Group}"))
            SocketIOLog.EventRefused(_logger, exception.Event, socket.Path, exception.Message);
    }

    // One rule for all handlers: a handler that stops because its client has disconnected has not failed.
    private static bool IsEndOfClient(ServerSocket socket, string member, Exception exception)
    {
        if (exception is not OperationCanceledException canceled || !socket.HasEnded) return false;

        // These run when the client has already disconnected: without a look at the token every cancellation would be one by its end.
        return member is not (nameof(ServerSocket.OnDisconnecting) or nameof(ServerSocket.OnDisconnected)
            or EventPipeline.DisconnectedFilter)
            || canceled.CancellationToken == socket.ConnectionAborted;
    }

    // Every failure of a handler is logged, unless it floods; the number of the others is logged at the end of the minute.
    private bool MayLog(string kind, ServerSocket socket, string member, string name, Exception exception)
    {
        var (key, type) = (socket.Place.Key, $"{exception.GetType()}");
        return gate.Faults.TryEnter(
            $"{kind} {key} {member} {type}", count => SocketIOLog.HandlerFailuresLeftOut(_logger, count, member, name, key, type));
    }

    private async Task ObserveAsync(ServerSocket socket, EventGuards guards, Received received)
    {
        var (path, key) = socket.Place;
        var isNamed = !received.Handlers.IsEmpty;
        using var run = Observe(
            new ObservedEvent(ObservedEvent.OfClient, path, key, received.Incoming.Name, isNamed, socket.Id, default));
        await CheckAndRunAsync(guards, received).ConfigureAwait(false);
    }

    private Task CheckAndRunAsync(EventGuards guards, Received received) =>
        guards.Has(received.Incoming.Name) ? RunGuardedAsync(guards, received) : RunAsync(received);

    private async Task RunGuardedAsync(EventGuards guards, Received received)
    {
        // The name is that of a guarded event, not any that a client chose.
        var incoming = received.Incoming;
        var refusal = await HandleAsync(Authorization, incoming.Name, sent => AuthorizeAsync(guards, sent), incoming).ConfigureAwait(false);
        if (refusal.IsEmpty) await RunAsync(received).ConfigureAwait(false);
        else Acknowledge(received, refusal);
    }

    /// <summary>Returns the error for a sender that is not authorized, or no bytes.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> AuthorizeAsync(EventGuards guards, IncomingEvent incoming)
    {
        var socket = (ServerSocket)incoming.Sender!;
        var sent = new SocketEvent(socket, incoming.Name, incoming.Arguments, incoming.ExpectsAck);
        if (await guards.AuthorizeAsync(authorization, socket.Ticket, sent).ConfigureAwait(false) is not { } refusal) return default;
        metrics.Unauthorized(refusal);
        if (!incoming.ExpectsAck && gate.TryEnter($"unauthorized {socket.Place.Key} {incoming.Name}"))
            SocketIOLog.EventUnauthorized(_logger, incoming.Name, socket.Path, refusal.Code());
        return EventAck.Error(refusal.Message(), refusal.Code());
    }

    private Task RunAsync(Received received)
    {
        var listeners = ((ServerSocket)received.Incoming.Sender!).Listeners;
        return received.Any.IsEmpty && listeners is null ? RunNamedAsync(received) : RunAsync(listeners, received);
    }

    private async Task RunAsync(SocketListeners? listeners, Received received)
    {
        // Clients choose the names of events, so only the name of a registered event groups failures.
        var incoming = received.Incoming;
        var call = new HandlerCall(incoming.Sender, nameof(ServerSocket.OnAny), Name: incoming.Name);
        foreach (var handler in received.Any) await NotifyAsync(handler, incoming, call).ConfigureAwait(false);
        foreach (var handler in listeners?.Handlers.Any.Current ?? []) await NotifyAsync(handler, incoming, call).ConfigureAwait(false);
        if (listeners?.Middlewares is { IsEmpty: false } middlewares) await RunAsync(middlewares, received).ConfigureAwait(false);
        else await RunNamedAsync(received).ConfigureAwait(false);
    }

    private async Task RunAsync(ImmutableArray<Func<SocketEvent, Func<Task>, Task>> middlewares, Received received)
    {
        var ack = EventAck.None;
        var incoming = received.Incoming;
        var sent = new SocketEvent((ServerSocket)incoming.Sender!, incoming.Name, incoming.Arguments, incoming.ExpectsAck);
        var chain = new MiddlewareChain(middlewares, sent, async () => ack = await HandleAsync(received).ConfigureAwait(false));
        var group = received.Handlers.IsEmpty ? "unhandled" : incoming.Name;
        var failure = await HandleAsync(nameof(ServerSocket.Use), group, async _ =>
        {
            await chain.RunAsync().ConfigureAwait(false);
            return default;
        }, incoming).ConfigureAwait(false);
        Acknowledge(received, failure.IsEmpty ? ack : failure);
    }

    private async Task RunNamedAsync(Received received) => Acknowledge(received, await HandleAsync(received).ConfigureAwait(false));

    private ValueTask<ReadOnlyMemory<byte>> HandleAsync(Received received) => received.Pipeline is { } pipeline
        ? pipeline.HandleAsync(this, received.Handlers, received.Incoming)
        : HandleAsync(received.Handlers, received.Incoming);

    private void Acknowledge(Received received, ReadOnlyMemory<byte> ack)
    {
        if (received.Id is not { } number) return;
        Acknowledge(received.Incoming, ack, (Socket: (ServerSocket)received.Incoming.Sender!, Id: number),
            static (to, arguments) => to.Socket.Acknowledge(to.Id, arguments));
    }

    /// <summary>An event with the handlers it had when it was received.</summary>
    /// <param name="Any">The handlers of every event.</param>
    /// <param name="Handlers">The handlers of the event.</param>
    /// <param name="Pipeline">The filters, or null for none.</param>
    /// <param name="Incoming">The event.</param>
    /// <param name="Id">The ack id, or null if no ack was requested.</param>
    private readonly record struct Received(
        ImmutableArray<Func<IncomingEvent, Task>> Any,
        ImmutableArray<IncomingEventHandler> Handlers,
        EventPipeline? Pipeline,
        IncomingEvent Incoming,
        ulong? Id);
}
