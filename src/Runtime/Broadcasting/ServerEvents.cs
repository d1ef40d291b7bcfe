using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>What a server does about the events that other servers of the cluster send it, in one namespace.</summary>
/// <remarks>
/// <para>The handlers of an event run one after the other; those of different events side by side, each started in the order
/// the events came. An exception is logged and costs that event only.</para>
/// <para>A server that asks for an acknowledgement gets the first result, without a value when no handler has one, and
/// <c>{ error: "…" }</c> when a handler failed; see <see cref="SocketEventException"/>. An event without a handler is not
/// acknowledged: the asker counts this server as missing.</para>
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

    /// <summary>What is done about one event; the result is its acknowledgement, empty when the handler gives none, null when none is to be sent.</summary>
    private delegate ValueTask<ReadOnlyMemory<byte>?> ServerEventHandler(IncomingEvent incoming);

    /// <summary>Adds what is done about an event of other servers.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="handler">Gets the event's arguments; when it has completed, an acknowledgement without a value is sent if one was asked for.</param>
    /// <returns>The same object.</returns>
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

    /// <summary>Adds what is done about an event of other servers, and what is acknowledged.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="handler">Gets the event's arguments; of what it returns the first argument travels.</param>
    /// <returns>The same object.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public ServerEvents On(string name, Func<EventArguments, Task<EventArguments>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(name, async incoming => (await handler(incoming.Arguments).ConfigureAwait(false)).ToArray());
    }

    /// <summary>Adds what is done about an event of other servers, and what is acknowledged, if anything.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="handler">As in the other overload; null leaves the event unacknowledged, as if this server did not know it.</param>
    /// <returns>The same object.</returns>
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

    /// <summary>Counts a handler that failed.</summary>
    internal Action? Failed { private get; set; }

    /// <summary>Whether anything is done about an event.</summary>
    internal bool Knows(string name) => _handlers.ContainsKey(name);

    /// <summary>Gets a value indicating whether no event has a handler.</summary>
    internal bool IsEmpty => _handlers.IsEmpty;

    /// <summary>Runs the handlers of an event; never throws.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">Its arguments, in memory of their own.</param>
    /// <param name="answer">Sends the acknowledgement, a MessagePack array, at most once; null: none was asked for.</param>
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

    // Other nodes can send the events as often as they like.
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
