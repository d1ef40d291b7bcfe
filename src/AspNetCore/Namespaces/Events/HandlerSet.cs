using System.Collections.Immutable;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Namespaces;

/// <summary>A handler of one event; its result is the acknowledgement, or empty for none.</summary>
internal delegate ValueTask<ReadOnlyMemory<byte>> SocketEventHandler(ServerSocket socket, IncomingEvent incoming);

/// <summary>A handler of every event of any name.</summary>
internal delegate Task AnyEventHandler(ServerSocket socket, string name, EventArguments arguments);

/// <summary>The handlers of events: those of a namespace, or those of one socket.</summary>
/// <param name="inherited">The handlers that run first: those of the group of dynamic namespaces, or null for none.</param>
internal sealed class HandlerSet(HandlerSet? inherited = null)
{
    private ImmutableDictionary<string, ImmutableArray<SocketEventHandler>> _handlers =
        ImmutableDictionary.Create<string, ImmutableArray<SocketEventHandler>>(StringComparer.Ordinal);

    private ImmutableArray<AnyEventHandler> _any = [];

    /// <summary>The catch-all handlers, in the order they were added.</summary>
    public ImmutableArray<AnyEventHandler> Any => inherited is { Any: { IsEmpty: false } first } ? first.AddRange(_any) : _any;

    /// <summary>The handlers of one event, in the order they were added.</summary>
    public ImmutableArray<SocketEventHandler> Of(string name)
    {
        var own = _handlers.TryGetValue(name, out var handlers) ? handlers : [];
        var first = inherited?.Of(name) ?? [];
        return first.IsEmpty ? own : first.AddRange(own);
    }

    public Registration Add(string name, SocketEventHandler handler)
    {
        ArgumentNullException.ThrowIfNull(name);
        ImmutableInterlocked.AddOrUpdate(ref _handlers, name, [handler], (_, all) => all.Add(handler));
        return new Registration(() => Remove(name, handler));
    }

    public Registration AddAny(AnyEventHandler handler)
    {
        ImmutableInterlocked.Update(ref _any, static (all, added) => all.Add(added), handler);
        return new Registration(() => ImmutableInterlocked.Update(ref _any, static (all, removed) => all.Remove(removed), handler));
    }

    private void Remove(string name, SocketEventHandler handler) => ImmutableInterlocked.Update(ref _handlers, all =>
    {
        if (!all.TryGetValue(name, out var known)) return all;
        known = known.Remove(handler);
        return known.IsEmpty ? all.Remove(name) : all.SetItem(name, known);
    });
}

/// <summary>The registration of a handler, removed by disposing it.</summary>
/// <param name="remove">The action that removes the handler.</param>
internal sealed class Registration(Action remove) : IDisposable
{
    private Action? _remove = remove;

    public void Dispose() => Interlocked.Exchange(ref _remove, null)?.Invoke();
}
