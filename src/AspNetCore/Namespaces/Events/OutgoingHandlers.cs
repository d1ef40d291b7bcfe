using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Namespaces;

/// <summary>The handlers of one socket's outgoing events, and the bounded queue of events for them.</summary>
/// <remarks>They run on a pool thread, one event after the other, so that they do not delay senders.</remarks>
/// <param name="socket">The socket.</param>
internal sealed class OutgoingHandlers(ServerSocket socket)
{
    /// <summary>The maximum number of queued events.</summary>
    public const int MaxWaiting = 1000;

    // The queue entry and the objects around the bytes, with the same cost as for events that a client sends.
    private const int Overhead = 128;

    private const string Member = nameof(ServerSocket.OnAnyOutgoing);

    // Flows to everything a handler does, on any socket: events it sends would otherwise be passed to it in an endless loop.
    private static readonly AsyncLocal<bool> IsInHandler = new();

    private readonly Lock _gate = new();
    private ImmutableArray<Entry> _handlers = [];
    private Queue<Item>? _waiting;
    private long _waitingBytes;
    private bool _isRunning;

    private SocketIOContext Server => socket.Connection.Server;

    public Registration Add(Func<string, EventArguments, Task> handler) => Add(new Entry(handler));

    public Registration Add(Action<string, EventArguments> handler)
    {
        var context = new AsyncVoidContext(Member, null, (_, name, exception) => Failed(name, exception));
        return Add(new Entry((name, arguments) =>
        {
            using (new HandlerScope(context)) handler(name, arguments);
            return Task.CompletedTask;
        }));
    }

    /// <summary>Queues an event for the handlers; never blocks, never throws.</summary>
    public void Sending(ref SentEvent sent)
    {
        var handlers = _handlers;
        if (handlers.IsEmpty) return;
        if (IsInHandler.Value)
        {
            DropNested(ref sent);
            return;
        }

        lock (_gate)
        {
            if (TryEnqueue(ref sent, handlers)) return;
        }

        Server.Metrics.OutgoingDropped(OutgoingDropCause.Overflow);
        if (Server.LogGate.TryEnter($"outgoing {socket.Place.Key}"))
            SocketIOLog.OutgoingOverflow(socket.Logger, socket.Path);
    }

    // Counted once per event, for any number of receiving sockets.
    private void DropNested(ref SentEvent sent)
    {
        if (sent.IsNested) return;
        sent.IsNested = true;
        Server.Metrics.OutgoingDropped(OutgoingDropCause.Nested);
        if (!Server.LogGate.TryEnter($"nested {socket.Place.Key}")) return;
        SocketIOLog.HandlerFailed(socket.Logger, Member, sent.Name, socket.Path, new InvalidOperationException(
            $"A handler of {Member} sent an event to a socket with handlers of {Member}. The event was sent, but not passed to them."));
    }

    private bool TryEnqueue(ref SentEvent sent, ImmutableArray<Entry> handlers)
    {
        var bytes = sent.Length + Overhead;
        if (_waiting?.Count >= MaxWaiting || _waitingBytes + bytes > Server.Options.MaxQueuedBytes) return false;
        (_waiting ??= new Queue<Item>()).Enqueue(new Item(sent.Name, sent.Arguments, bytes, handlers));
        _waitingBytes += bytes;
        if (_isRunning) return true;
        _isRunning = true;
        ThreadPool.UnsafeQueueUserWorkItem(static queue => _ = queue.RunAsync(), this, preferLocal: false);
        return true;
    }

    private Registration Add(Entry entry)
    {
        ImmutableInterlocked.Update(ref _handlers, static (all, added) => all.Add(added), entry);
        return new Registration(() =>
        {
            entry.IsRemoved = true;
            ImmutableInterlocked.Update(ref _handlers, static (all, removed) => all.Remove(removed), entry);
        });
    }

    private async Task RunAsync()
    {
        IsInHandler.Value = true;
        while (TryTake(out var item))
        {
            foreach (var entry in item.Handlers) await RunAsync(entry, item).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(Entry entry, Item item)
    {
        if (entry.IsRemoved) return;
        try
        {
            await entry.Handler(item.Name, item.Arguments).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Failed(item.Name, exception);
        }
    }

    private bool TryTake(out Item item)
    {
        lock (_gate)
        {
            if (_waiting is null || !_waiting.TryDequeue(out item))
            {
                (item, _waiting, _isRunning) = (default, null, false);
                return false;
            }

            _waitingBytes -= item.Bytes;
            return true;
        }
    }

    private void Failed(string name, Exception exception) => Server.Failures.Handler(socket, Member, "", name, exception);

    // A separate class, so that the same delegate can be added twice and each registration removed.
    private sealed class Entry(Func<string, EventArguments, Task> handler)
    {
        public Func<string, EventArguments, Task> Handler { get; } = handler;

        public volatile bool IsRemoved;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Item(string Name, EventArguments Arguments, long Bytes, ImmutableArray<Entry> Handlers);
}
