using System.Collections.Immutable;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The changes of a room on this node.</summary>
internal enum RoomEventKind
{
    /// <summary>The room has got its first member.</summary>
    Created,

    /// <summary>A socket has joined the room.</summary>
    Joined,

    /// <summary>A socket has left the room.</summary>
    Left,

    /// <summary>The room has lost its last member.</summary>
    Deleted,
}

/// <summary>A change of a room on this node.</summary>
/// <param name="Kind">The kind of the change.</param>
/// <param name="Room">The room.</param>
/// <param name="Socket">The id of the socket that joined or left, or null if the room was created or deleted.</param>
internal readonly record struct RoomEvent(RoomEventKind Kind, string Room, SocketId? Socket = null);

/// <summary>The handlers of the changes of a namespace's rooms on this node, and the queue in front of them.</summary>
/// <remarks>All handlers of a namespace share the queue, so that one sees a room created before another one sees it joined.</remarks>
internal sealed class RoomEvents
{
    private readonly Lock _gate = new();
    private ImmutableArray<Entry> _handlers = [];
    private NotificationQueue<RoomEvent>? _queue;
    private volatile int _kinds;

    /// <summary>Adds a handler.</summary>
    /// <param name="kind">The kind of changes.</param>
    /// <param name="handler">The handler, which does not throw.</param>
    /// <param name="overflowed">The callback that reports the number of dropped changes.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    public IDisposable Add(RoomEventKind kind, Func<RoomEvent, Task> handler, Action<long> overflowed)
    {
        var entry = new Entry(kind, handler);
        lock (_gate)
        {
            _handlers = _handlers.Add(entry);
            _queue ??= new NotificationQueue<RoomEvent>(RunAsync, overflowed).Start();
            _kinds |= 1 << (int)kind;
        }

        return new Removal(this, entry);
    }

    /// <summary>Queues a change for its handlers. Without handlers it has no cost but that of the comparison.</summary>
    public void Report(RoomEventKind kind, string room, ILocalSocket? socket = null)
    {
        if ((_kinds & (1 << (int)kind)) != 0) Volatile.Read(ref _queue)?.Add(new RoomEvent(kind, room, socket?.Id));
    }

    private async Task RunAsync(RoomEvent change)
    {
        ImmutableArray<Entry> handlers;
        lock (_gate) handlers = _handlers;
        foreach (var entry in handlers)
        {
            if (entry.Kind == change.Kind && !entry.IsRemoved) await entry.Handler(change).ConfigureAwait(false);
        }
    }

    private void Remove(Entry entry)
    {
        lock (_gate)
        {
            _handlers = _handlers.Remove(entry);
            _kinds = _handlers.Aggregate(0, static (kinds, one) => kinds | (1 << (int)one.Kind));
            if (!_handlers.IsEmpty) return;
            _queue?.End();
            _queue = null;
        }
    }

    private sealed class Entry(RoomEventKind kind, Func<RoomEvent, Task> handler)
    {
        public volatile bool IsRemoved;

        public RoomEventKind Kind => kind;

        public Func<RoomEvent, Task> Handler => handler;
    }

    private sealed class Removal(RoomEvents all, Entry entry) : IDisposable
    {
        public void Dispose()
        {
            entry.IsRemoved = true;
            all.Remove(entry);
        }
    }
}
