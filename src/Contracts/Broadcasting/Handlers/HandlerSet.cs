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
        Insert(name, handler);
        return new Registration(() => Remove(name, handler));
    }

    /// <summary>Adds a handler that runs for the first event of its name only, and is then removed.</summary>
    public IDisposable AddOnce(string name, IncomingEventHandler handler)
    {
        var once = new OnceHandler(this, name, handler);
        Insert(name, once.HandleAsync);
        return once;
    }

    public Registration On(string name, Func<SocketArguments, Task> handler) => Add(name, Handler(handler));

    public Registration On(string name, Func<SocketArguments, Task<SocketArguments>> handler) => Add(name, Handler(handler));

    public Registration On(string name, Func<SocketArguments, Task<SocketArgument>> handler) => Add(name, Handler(handler));

    public IDisposable Once(string name, Func<SocketArguments, Task> handler) => AddOnce(name, Handler(handler));

    public IDisposable Once(string name, Func<SocketArguments, Task<SocketArguments>> handler) => AddOnce(name, Handler(handler));

    public IDisposable Once(string name, Func<SocketArguments, Task<SocketArgument>> handler) => AddOnce(name, Handler(handler));

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

    private static IncomingEventHandler Handler(Func<SocketArguments, Task<SocketArgument>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return async incoming => SocketArguments.Of(await handler(incoming.Arguments).ConfigureAwait(false)).ToArray();
    }

    private void Insert(string name, IncomingEventHandler handler)
    {
        ArgumentNullException.ThrowIfNull(name);
        ImmutableInterlocked.AddOrUpdate(ref _handlers, name, [handler], (_, all) => all.Add(handler));
    }

    private void Remove(string name, IncomingEventHandler handler) => ImmutableInterlocked.Update(ref _handlers, all =>
    {
        if (!all.TryGetValue(name, out var known)) return all;
        known = known.Remove(handler);
        return known.IsEmpty ? all.Remove(name) : all.SetItem(name, known);
    });

    /// <summary>A handler of one event only, whichever of several concurrent events comes first, and its registration.</summary>
    private sealed class OnceHandler(HandlerSet set, string name, IncomingEventHandler handler) : IDisposable
    {
        private int _runs;

        public ValueTask<ReadOnlyMemory<byte>> HandleAsync(IncomingEvent incoming)
        {
            if (Interlocked.Exchange(ref _runs, 1) > 0) return new ValueTask<ReadOnlyMemory<byte>>(EventAck.None);
            Dispose();
            return handler(incoming);
        }

        public void Dispose() => set.Remove(name, HandleAsync);
    }
}
