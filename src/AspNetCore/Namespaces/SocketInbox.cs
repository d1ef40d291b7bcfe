using System.Runtime.InteropServices;

namespace TypedSocketRedis.Namespaces;

/// <summary>What one socket has yet to do: its connection, its events, its end, one at a time and in order.</summary>
/// <remarks>While nothing waits it holds no thread and no buffer. What is in it runs even when the socket has ended meanwhile.</remarks>
/// <param name="socket">Whose work it is.</param>
/// <param name="maxBytes">How large the waiting events may be together.</param>
internal sealed class SocketInbox(ServerSocket socket, int maxBytes)
{
    private const int MaxEvents = 64;

    // The room a burst took is given back when it is over.
    private const int MaxKept = 8;

    private readonly Lock _gate = new();
    private readonly Queue<Item> _items = new();
    private TaskCompletionSource? _room;
    private long _bytes;
    private bool _running;
    private bool _closed;

    /// <summary>Whether an event waits for room, and with it the reading of the connection.</summary>
    public bool IsFull
    {
        get { lock (_gate) return _room is not null; }
    }

    /// <summary>Adds an event; completes at once while there is room, else when there is again.</summary>
    /// <param name="data">The event.</param>
    /// <param name="id">The number to acknowledge it with.</param>
    public async ValueTask AddAsync(ReadOnlyMemory<byte> data, ulong? id)
    {
        while (true)
        {
            Task room;
            lock (_gate)
            {
                if (_closed) return;
                if (_items.Count == 0 || (_items.Count < MaxEvents && _bytes + data.Length <= maxBytes))
                {
                    Enqueue(new Item(data, id, null));
                    return;
                }

                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }

            await room.ConfigureAwait(false);
        }
    }

    /// <summary>Adds work of the server's own, however full it is.</summary>
    /// <param name="work">What is to be done.</param>
    /// <param name="isLast">Whether no event is taken any more.</param>
    public void Add(Func<Task> work, bool isLast = false)
    {
        lock (_gate)
        {
            Enqueue(new Item(default, null, work));
            if (!isLast) return;
            _closed = true;
            MakeRoom();
        }
    }

    private void Enqueue(Item item)
    {
        _items.Enqueue(item);
        _bytes += item.Data.Length;
        if (_running) return;
        _running = true;
        ThreadPool.UnsafeQueueUserWorkItem(static inbox => _ = inbox.RunAsync(), this, preferLocal: false);
    }

    private async Task RunAsync()
    {
        while (TryTake(out var item))
        {
            try
            {
                await (item.Work is null ? socket.HandleAsync(item.Data, item.Id) : item.Work()).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // Whatever failed, the items behind it still have their turn, and the process goes on.
                SocketIOLog.HandlerFailed(socket.Logger, "the socket", socket.Namespace.Path, exception);
            }
        }
    }

    private bool TryTake(out Item item)
    {
        lock (_gate)
        {
            if (!_items.TryDequeue(out item))
            {
                _running = false;
                if (_items.Capacity > MaxKept) _items.TrimExcess();
                return false;
            }

            _bytes -= item.Data.Length;
            MakeRoom();
            return true;
        }
    }

    private void MakeRoom()
    {
        _room?.TrySetResult();
        _room = null;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Item(ReadOnlyMemory<byte> Data, ulong? Id, Func<Task>? Work);
}
