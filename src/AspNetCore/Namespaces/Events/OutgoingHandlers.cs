using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;

namespace TypedSocketRedis.Namespaces;

/// <summary>The handlers of one socket's outgoing events, and the bounded queue of events for them.</summary>
/// <remarks>They run on a pool thread, one event after the other, so that they do not delay senders. They never throw.</remarks>
/// <param name="server">The server.</param>
/// <param name="place">The namespace of the socket.</param>
internal sealed class OutgoingHandlers(ServerContext server, HandlerPlace place)
{
    /// <summary>The maximum number of queued events.</summary>
    public const int MaxWaiting = 1000;

    // The queue entry and the objects around the bytes, with the same cost as for events that a client sends.
    private const int Overhead = 128;

    public const string Member = nameof(ServerSocket.OnAnyOutgoing);

    // Flows to everything a handler does, on any socket: events it sends would otherwise be passed to it in an endless loop.
    private static readonly AsyncLocal<bool> IsInHandler = new();

    private readonly HandlerList<Entry> _handlers = new();
    private Queue<Item>? _waiting;
    private long _waitingBytes;
    private bool _isRunning;

    /// <summary>Adds a handler, in front of the others if it is the first.</summary>
    public Registration Add(Func<string, SocketArguments, Task> handler, bool isFirst)
    {
        var entry = new Entry(handler);
        var registration = isFirst ? _handlers.Prepend(entry) : _handlers.Add(entry);
        return new Registration(() =>
        {
            entry.IsRemoved = true;
            registration.Dispose();
        });
    }

    /// <summary>Queues an event for the handlers; never blocks, never throws.</summary>
    public void Sending(ref SentEvent sent)
    {
        var handlers = _handlers.Current;
        if (handlers.IsEmpty) return;
        if (IsInHandler.Value)
        {
            DropNested(ref sent);
            return;
        }

        lock (this)
        {
            if (TryEnqueue(ref sent, handlers)) return;
        }

        server.Metrics.OutgoingDropped(OutgoingDropReason.Overflow);
        if (server.LogGate.TryEnter($"outgoing {place.Key}")) SocketIOLog.OutgoingHandlersOverflowed(server.Logger, place.Path);
    }

    // Counted once per event, for any number of receiving sockets.
    private void DropNested(ref SentEvent sent)
    {
        if (sent.IsNested) return;
        sent.IsNested = true;
        server.Metrics.OutgoingDropped(OutgoingDropReason.Nested);
        if (!server.LogGate.TryEnter($"nested {place.Key}")) return;
        SocketIOLog.HandlerFailed(server.Logger, Member, sent.Name, place.Path, new InvalidOperationException(
            $"A handler of {Member} sent an event to a socket with handlers of {Member}. The event was sent, but not passed to them."));
    }

    private bool TryEnqueue(ref SentEvent sent, ImmutableArray<Entry> handlers)
    {
        var bytes = sent.Length + Overhead;
        if (_waiting?.Count >= MaxWaiting || _waitingBytes + bytes > server.Options.MaxQueuedBytes) return false;
        (_waiting ??= new Queue<Item>()).Enqueue(new Item(sent.Name, sent.Arguments, bytes, handlers));
        _waitingBytes += bytes;
        if (_isRunning) return true;
        _isRunning = true;
        ThreadPool.UnsafeQueueUserWorkItem(static queue => _ = queue.RunAsync(), this, preferLocal: false);
        return true;
    }

    private async Task RunAsync()
    {
        IsInHandler.Value = true;
        while (TryTake(out var item))
        {
            foreach (var entry in item.Handlers)
            {
                if (!entry.IsRemoved) await entry.Handler(item.Name, item.Arguments).ConfigureAwait(false);
            }
        }
    }

    private bool TryTake(out Item item)
    {
        lock (this)
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

    // A separate class, so that the same delegate can be added twice and each registration removed.
    private sealed class Entry(Func<string, SocketArguments, Task> handler)
    {
        public volatile bool IsRemoved;

        public Func<string, SocketArguments, Task> Handler => handler;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Item(string Name, SocketArguments Arguments, long Bytes, ImmutableArray<Entry> Handlers);
}
