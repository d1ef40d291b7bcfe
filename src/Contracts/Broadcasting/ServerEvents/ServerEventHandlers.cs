using System.Diagnostics;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The handlers of one namespace for events from other servers of the cluster.</summary>
/// <remarks>
/// <para>The handlers of an event run one after the other; those of different events run concurrently, started in the order in which the
/// events arrive. An exception is logged and affects that event only.</para>
/// <para>A server that requests an acknowledgement gets the first result, without a value if no handler returns one, and
/// <c>{ error: "…" }</c> if a handler failed; see <see cref="SocketEventException"/>. An event without a handler is not acknowledged: the
/// requesting server counts this server as missing.</para>
/// </remarks>
internal sealed class ServerEventHandlers
{
    private readonly string _path;
    private readonly ServerEventRunner _runner;
    private readonly HandlerSet _handlers = new();

    public ServerEventHandlers(string path, ILogger logger, LogGate gate, TimeProvider time) =>
        (_path, _runner) = (path, new ServerEventRunner(path, logger, gate, time) { Group = path });

    /// <summary>Adds a handler of an event from other servers.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments. When it has completed, an acknowledgement without a value
    /// is sent if one was requested.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public IDisposable On(string name, Func<SocketArguments, Task> handler) => _handlers.On(name, handler);

    /// <summary>Adds a handler of an event from other servers that returns the acknowledgement.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments. Only the first argument it returns is sent.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public IDisposable On(string name, Func<SocketArguments, Task<SocketArguments>> handler) => _handlers.On(name, handler);

    /// <summary>Adds a handler of an event from other servers that returns the acknowledgement, if any.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, as in the other overload. If it returns null, the event is not acknowledged, as if this server
    /// had no handler for it.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public IDisposable On(string name, Func<SocketArguments, Task<SocketArguments?>> handler) => _handlers.Add(name, Handler(handler));

    /// <summary>Adds a handler that runs for the first event of its name only, and is then removed.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public IDisposable Once(string name, Func<SocketArguments, Task> handler) => _handlers.Once(name, handler);

    /// <summary>Adds a handler that runs for the first event of its name only, and returns the acknowledgement.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments. Only the first argument it returns is sent.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public IDisposable Once(string name, Func<SocketArguments, Task<SocketArguments>> handler) => _handlers.Once(name, handler);

    /// <summary>Adds a handler that runs for the first event of its name only, and returns the acknowledgement, if any.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments. If it returns null, the event is not acknowledged.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public IDisposable Once(string name, Func<SocketArguments, Task<SocketArguments?>> handler) =>
        _handlers.AddOnce(name, Handler(handler));

    /// <summary>The names of the events that have a handler; a copy, in no particular order.</summary>
    public IReadOnlyCollection<string> EventNames => _handlers.Names;

    /// <summary>Returns the number of handlers of an event.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <returns>The number of handlers.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public int HandlerCount(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _handlers.Of(name).Length;
    }

    /// <summary>Adds a handler of an event of a contract.</summary>
    public IDisposable Add(string name, IncomingEventHandler handler) => _handlers.Add(name, handler);

    /// <summary>The runner of the handlers, to which failures are reported.</summary>
    internal HandlerRunner Runner => _runner;

    /// <summary>Sets the callback that counts a failed handler.</summary>
    internal Action Failed
    {
        set => _runner.Failed = value;
    }

    /// <summary>Sets the histogram of the time that handlers take.</summary>
    /// <param name="durations">The histogram.</param>
    /// <param name="group">
    /// The namespace in it and in the limit on log entries, where dynamic namespaces have the name of their group.
    /// </param>
    internal void Measure(HandlerDurations durations, string group) => (_runner.Durations, _runner.Group) = (durations, group);

    /// <summary>Returns a value indicating whether an event has a handler.</summary>
    internal bool Knows(string name) => !_handlers.Of(name).IsEmpty;

    /// <summary>Gets a value indicating whether no event has a handler.</summary>
    internal bool IsEmpty => _handlers.IsEmpty;

    /// <summary>Runs the handlers of an event; never throws.</summary>
    /// <param name="name">The name of the event.</param>
    /// <param name="arguments">The event's arguments, in memory owned by them.</param>
    /// <param name="ack">The callback that sends the acknowledgement, a MessagePack array, at most once; or null if none was
    /// requested.</param>
    /// <param name="sender">The span of the sender, or an empty one.</param>
    internal async Task DispatchAsync(
        string name, SocketArguments arguments, Action<ReadOnlyMemory<byte>>? ack, ActivityContext sender = default)
    {
        var handlers = _handlers.Of(name);
        if (handlers.IsEmpty) return;
        var handled = new ObservedEvent(ObservedEvent.OfServer, _path, _runner.Group, name, IsNamed: true, default, sender);
        using var run = _runner.IsObserved ? _runner.Observe(handled) : default;
        var incoming = new IncomingEvent(name, arguments, ack is not null, CancellationToken.None);
        var result = await _runner.HandleAsync(handlers, incoming).ConfigureAwait(false);
        if (ack is not null) _runner.Acknowledge(incoming, result, ack, static (send, arguments) => send(arguments));
    }

    private static IncomingEventHandler Handler(Func<SocketArguments, Task<SocketArguments?>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return async incoming =>
            await handler(incoming.Arguments).ConfigureAwait(false) is { } result ? result.ToArray() : EventAck.None;
    }
}
