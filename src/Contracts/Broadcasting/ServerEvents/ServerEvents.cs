using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>The handlers of one namespace for events from other servers of the cluster.</summary>
/// <remarks>
/// <para>The handlers of an event run one after the other; those of different events run concurrently, started in the order in which the
/// events arrive. An exception is logged and affects that event only.</para>
/// <para>A server that requests an acknowledgement gets the first result, without a value if no handler returns one, and
/// <c>{ error: "…" }</c> if a handler failed; see <see cref="SocketEventException"/>. An event without a handler is not acknowledged: the
/// requesting server counts this server as missing.</para>
/// </remarks>
public sealed class ServerEvents : IEventReceiver
{
    private const string NotHandled = "The event could not be handled.";

    private static readonly byte[] NoArguments = [0x90];

    private readonly string _path;
    private readonly ILogger _logger;
    private readonly LogGate _gate;
    private readonly AsyncVoidFailure _failed;
    private ImmutableDictionary<string, ImmutableArray<ServerEventHandler>> _handlers =
        ImmutableDictionary.Create<string, ImmutableArray<ServerEventHandler>>(StringComparer.Ordinal);

    internal ServerEvents(string path, ILogger logger, LogGate gate)
    {
        (_path, _logger, _gate) = (path, logger, gate);
        _failed = (_, name, exception) => HandlerFailed(name, exception);
    }

    /// <summary>A handler of one event; its result is the acknowledgement, empty for one without a value, or null for none.</summary>
    private delegate ValueTask<ReadOnlyMemory<byte>?> ServerEventHandler(IncomingEvent incoming);

    /// <summary>Adds a handler of an event from other servers.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments. When it has completed, an acknowledgement without a value
    /// is sent if one was requested.</param>
    /// <returns>This object.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public ServerEvents On(string name, Func<EventArguments, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(name, async incoming =>
        {
            await handler(incoming.Arguments).ConfigureAwait(false);
            return ReadOnlyMemory<byte>.Empty;
        });
    }

    /// <summary>Adds a handler of an event from other servers that returns the acknowledgement.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments. Only the first argument it returns is sent.</param>
    /// <returns>This object.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public ServerEvents On(string name, Func<EventArguments, Task<EventArguments>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(name, async incoming => (await handler(incoming.Arguments).ConfigureAwait(false)).ToArray());
    }

    /// <summary>Adds a handler of an event from other servers that returns the acknowledgement, if any.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, as in the other overload. If it returns null, the event is not acknowledged, as if this server
    /// had no handler for it.</param>
    /// <returns>This object.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public ServerEvents On(string name, Func<EventArguments, Task<EventArguments?>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(name, async incoming => (await handler(incoming.Arguments).ConfigureAwait(false))?.ToArray());
    }

    /// <inheritdoc/>
    void IEventReceiver.Handle<TEvents>(EventDispatcher<TEvents> dispatcher, TEvents handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (Contract<TEvents>.Path != _path) throw new InvalidOperationException(
            $"{typeof(TEvents)} belongs to namespace {Contract<TEvents>.Path}, but this is namespace {_path}.");
        foreach (var name in dispatcher.Events)
            Add(name, async incoming => await dispatcher.DispatchAsync(handler, incoming).ConfigureAwait(false));
    }

    /// <summary>The callback that counts a failed handler.</summary>
    internal Action? Failed { private get; set; }

    /// <summary>Returns a value indicating whether an event has a handler.</summary>
    internal bool Knows(string name) => _handlers.ContainsKey(name);

    /// <summary>Gets a value indicating whether no event has a handler.</summary>
    internal bool IsEmpty => _handlers.IsEmpty;

    /// <summary>Runs the handlers of an event; never throws.</summary>
    /// <param name="name">The name of the event.</param>
    /// <param name="arguments">The event's arguments, in memory owned by them.</param>
    /// <param name="answer">The callback that sends the acknowledgement, a MessagePack array, at most once; or null if none was
    /// requested.</param>
    internal async Task DispatchAsync(string name, EventArguments arguments, Action<ReadOnlyMemory<byte>>? answer)
    {
        if (!_handlers.TryGetValue(name, out var handlers)) return;
        var incoming = new IncomingEvent(name, arguments, answer is not null, CancellationToken.None) { Failed = _failed };
        ReadOnlyMemory<byte>? first = null;
        foreach (var handler in handlers)
        {
            var result = await RunAsync(handler, incoming).ConfigureAwait(false);
            if (first is null or { IsEmpty: true } && result is not null) first = result;
        }

        if (answer is not null && first is { } found) Answer(name, answer, found.IsEmpty ? NoArguments : found);
    }

    private void Answer(string name, Action<ReadOnlyMemory<byte>> answer, ReadOnlyMemory<byte> arguments)
    {
        try
        {
            answer(arguments);
        }
        catch (ProtocolException exception)
        {
            LogFailure(name, exception);
            answer(EventAnswer.Error(NotHandled));
        }
    }

    private async Task<ReadOnlyMemory<byte>?> RunAsync(ServerEventHandler handler, IncomingEvent incoming)
    {
        try
        {
            return await handler(incoming).ConfigureAwait(false);
        }
        catch (SocketEventException exception)
        {
            return EventAnswer.Error(exception.Message);
        }
        catch (EventDataException exception) when (exception.Event.Length > 0)
        {
            if (_gate.TryEnter($"server event {_path} {incoming.Name}"))
                BroadcastingLog.ServerEventRefused(_logger, incoming.Name, _path, exception.Message);
            return EventAnswer.Error(exception.Message);
        }
        catch (Exception exception)
        {
            HandlerFailed(incoming.Name, exception);
            return EventAnswer.Error(NotHandled);
        }
    }

    private void HandlerFailed(string name, Exception exception)
    {
        Failed?.Invoke();
        LogFailure(name, exception);
    }

    // Other nodes can send events at any rate, so failures are logged once per minute.
    private void LogFailure(string name, Exception exception)
    {
        if (_gate.TryEnter($"server event handler {_path} {name} {exception.GetType()}"))
            BroadcastingLog.ServerEventFailed(_logger, name, _path, exception);
    }

    private ServerEvents Add(string name, ServerEventHandler handler)
    {
        ArgumentNullException.ThrowIfNull(name);
        ImmutableInterlocked.AddOrUpdate(ref _handlers, name, [handler], (_, all) => all.Add(handler));
        return this;
    }
}
