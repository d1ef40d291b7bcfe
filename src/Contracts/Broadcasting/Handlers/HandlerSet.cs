using System.Collections.Immutable;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Broadcasting;

/// <summary>A handler of one event.</summary>
/// <param name="incoming">The event.</param>
/// <returns>The acknowledgement, empty for one without arguments, or <see cref="EventAck.None"/>.</returns>
internal delegate ValueTask<ReadOnlyMemory<byte>> IncomingEventHandler(IncomingEvent incoming);

/// <summary>The handlers of events: those of a namespace, of one socket, or of events from other servers.</summary>
/// <param name="inherited">The handlers that run first: those of the group of dynamic namespaces, or null for none.</param>
internal sealed class HandlerSet(HandlerSet? inherited = null)
{
    private ImmutableDictionary<string, ImmutableArray<IncomingEventHandler>> _handlers =
        ImmutableDictionary.Create<string, ImmutableArray<IncomingEventHandler>>(StringComparer.Ordinal);

    /// <summary>The handlers of every event of any name.</summary>
    public HandlerList<Func<IncomingEvent, Task>> Any { get; } = new(inherited?.Any);

    /// <summary>Gets a value indicating whether no event has a handler of its own.</summary>
    public bool IsEmpty => _handlers.IsEmpty;

    /// <summary>Returns the handlers of one event, in the order in which they were added.</summary>
    public ImmutableArray<IncomingEventHandler> Of(string name)
    {
        var own = _handlers.TryGetValue(name, out var handlers) ? handlers : [];
        var first = inherited?.Of(name) ?? [];
        return first.IsEmpty ? own : first.AddRange(own);
    }

    public Registration Add(string name, IncomingEventHandler handler)
    {
        ArgumentNullException.ThrowIfNull(name);
        ImmutableInterlocked.AddOrUpdate(ref _handlers, name, [handler], (_, all) => all.Add(handler));
        return new Registration(() => Remove(name, handler));
    }

    /// <summary>Adds a handler that runs for the first event of its name only, and is then removed.</summary>
    public Registration AddOnce(string name, IncomingEventHandler handler)
    {
        var once = new OnceHandler(handler);
        var registration = Add(name, once.HandleAsync);
        once.Registration = registration;
        return registration;
    }

    public Registration On(string name, Func<SocketArguments, Task> handler) => Add(name, Handler(handler));

    public Registration On(string name, Func<SocketArguments, Task<SocketArguments>> handler) => Add(name, Handler(handler));

    public Registration Once(string name, Func<SocketArguments, Task> handler) => AddOnce(name, Handler(handler));

    public Registration Once(string name, Func<SocketArguments, Task<SocketArguments>> handler) => AddOnce(name, Handler(handler));

    /// <summary>The names of the events that have a handler of their own; a copy, in no particular order.</summary>
    public ImmutableArray<string> Names => inherited is null ? [.. _handlers.Keys] : [.. inherited.Names.Union(_handlers.Keys)];

    private static IncomingEventHandler Handler(Func<SocketArguments, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return async incoming =>
        {
            await handler(incoming.Arguments).ConfigureAwait(false);
            return default;
        };
    }

    private static IncomingEventHandler Handler(Func<SocketArguments, Task<SocketArguments>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return async incoming => (await handler(incoming.Arguments).ConfigureAwait(false)).ToArray();
    }

    private void Remove(string name, IncomingEventHandler handler) => ImmutableInterlocked.Update(ref _handlers, all =>
    {
        if (!all.TryGetValue(name, out var known)) return all;
        known = known.Remove(handler);
        return known.IsEmpty ? all.Remove(name) : all.SetItem(name, known);
    });
}

/// <summary>A handler of one event only, whichever of several concurrent events comes first.</summary>
/// <param name="handler">The handler.</param>
internal sealed class OnceHandler(IncomingEventHandler handler)
{
    private int _runs;
    private volatile Registration? _registration;

    /// <summary>The registration of the handler, which is disposed when the handler runs.</summary>
    public Registration Registration
    {
        set
        {
            _registration = value;

            // The event can have come before.
            if (Volatile.Read(ref _runs) > 0) value.Dispose();
        }
    }

    public ValueTask<ReadOnlyMemory<byte>> HandleAsync(IncomingEvent incoming)
    {
        if (Interlocked.Exchange(ref _runs, 1) > 0) return new ValueTask<ReadOnlyMemory<byte>>(EventAck.None);
        _registration?.Dispose();
        return handler(incoming);
    }
}
