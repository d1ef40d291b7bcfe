using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The call of a handler, by which its failure is reported.</summary>
/// <param name="Sender">The socket that the handler is called for, or null for none.</param>
/// <param name="Member">The member that the handler was passed to.</param>
/// <param name="Group">The name by which failures are grouped; chosen by the application.</param>
/// <param name="Name">The event.</param>
internal readonly record struct HandlerCall(object? Sender, string Member, string Group = "", string Name = "");

/// <summary>Runs the handlers of the application: the results and exceptions of all of them are treated in the same way.</summary>
/// <remarks>
/// The exception of a handler affects its event only. A sender can make most handlers throw as often as it likes, by unexpected arguments,
/// so failures are counted, but logged once per group and minute. Names that senders choose never group failures, because they would fill
/// the limit on repeated log entries.
/// </remarks>
internal abstract class HandlerRunner
{
    private const string EventHandler = "event handler";
    private const string NotHandled = "The event could not be handled.";

    private static readonly byte[] NoArguments = [0x90];

    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    /// <param name="logger">The logger that begins the log scopes.</param>
    /// <param name="time">The clock.</param>
    protected HandlerRunner(ILogger logger, TimeProvider time) => (_logger, _time) = (logger, time);

    /// <summary>The histogram of the time that handlers take, or null if there is none.</summary>
    public HandlerDurations? Durations { private get; set; }

    /// <summary>Gets a value indicating whether traces, metrics or log entries are collected of handlers.</summary>
    public bool IsObserved => EventTracing.IsEnabled || Durations is { IsEnabled: true } || HasScopes;

    // A category that logs nothing has no scopes.
    private bool HasScopes => _logger.IsEnabled(LogLevel.Critical);

    /// <summary>Starts the observation of the handlers of one event.</summary>
    public HandlerRun Observe(in ObservedEvent handled) => new(
        handled,
        BeginScope(handled.SocketId, handled.Path, handled.Name),
        Durations is { IsEnabled: true } ? Durations : null,
        _time);

    /// <summary>Begins a log scope, unless nothing is logged.</summary>
    /// <param name="socketId">The id of the socket; empty for none.</param>
    /// <param name="path">The namespace.</param>
    /// <param name="name">The event, or null for none.</param>
    public GuardedScope BeginScope(SocketId socketId, string path, string? name = null) =>
        HasScopes ? new GuardedScope(_logger.BeginScope(new HandlerLogScope(socketId, path, name))) : default;

    /// <summary>Runs the handlers of an event, one after the other; never throws.</summary>
    /// <returns>
    /// The acknowledgement: the first result or error, empty for one without arguments, or <see cref="EventAck.None"/> if no handler
    /// acknowledges the event.
    /// </returns>
    public ValueTask<ReadOnlyMemory<byte>> HandleAsync(ImmutableArray<IncomingEventHandler> handlers, IncomingEvent incoming) =>
        handlers.Length == 1 ? HandleAsync(EventHandler, incoming.Name, handlers[0], incoming) : HandleAllAsync(handlers, incoming);

    /// <summary>Runs a handler of an event; never throws.</summary>
    /// <param name="member">The member that the handler was passed to.</param>
    /// <param name="group">The name by which failures are grouped.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="incoming">The event.</param>
    /// <returns>The result of the handler, or its error.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> HandleAsync(
        string member, string group, IncomingEventHandler handler, IncomingEvent incoming)
    {
        try
        {
            return await handler(incoming).ConfigureAwait(false);
        }
        catch (SocketEventException exception)
        {
            return EventAck.Error(exception.Message);
        }
        catch (EventDataException exception) when (exception.Event.Length > 0)
        {
            Refuse(new HandlerCall(incoming.Sender, member, group, incoming.Name), exception);
            return EventAck.Error(exception.Message);
        }
        catch (Exception exception)
        {
            EventTracing.Failed(exception);
            Report(new HandlerCall(incoming.Sender, member, group, incoming.Name), exception);
            return EventAck.Error(NotHandled);
        }
    }

    /// <summary>Runs a handler that only observes; never throws.</summary>
    public async Task NotifyAsync<T>(Func<T, Task> handler, T argument, HandlerCall call)
    {
        try
        {
            await handler(argument).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            EventTracing.Failed(exception);
            Report(call, exception);
        }
    }

    /// <summary>Sends the acknowledgement of an event, if there is one, or an error in its place if it cannot be sent.</summary>
    public void Acknowledge<T>(IncomingEvent incoming, ReadOnlyMemory<byte> ack, T sink, Action<T, ReadOnlyMemory<byte>> send)
    {
        if (ack.Equals(EventAck.None)) return;
        try
        {
            send(sink, ack.IsEmpty ? NoArguments : ack);
        }
        catch (ProtocolException exception)
        {
            Report(new HandlerCall(incoming.Sender, "acknowledgement", incoming.Name, incoming.Name), exception);
            send(sink, EventAck.Error(NotHandled));
        }
    }

    /// <summary>Counts and logs the exception of a handler.</summary>
    public abstract void Report(HandlerCall call, Exception exception);

    /// <summary>Counts and logs an event whose arguments are not those of the contract.</summary>
    protected abstract void Refuse(HandlerCall call, EventDataException exception);

    private async ValueTask<ReadOnlyMemory<byte>> HandleAllAsync(ImmutableArray<IncomingEventHandler> handlers, IncomingEvent incoming)
    {
        var ack = EventAck.None;
        foreach (var handler in handlers)
        {
            var result = await HandleAsync(EventHandler, incoming.Name, handler, incoming).ConfigureAwait(false);
            if ((ack.IsEmpty || ack.Equals(EventAck.None)) && !result.Equals(EventAck.None)) ack = result;
        }

        return ack;
    }
}
