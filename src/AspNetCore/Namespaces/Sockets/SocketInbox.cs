using System.Runtime.InteropServices;

namespace TypedSocketRedis.Namespaces;

/// <summary>
/// The pending work of one socket: its admission, its events and its end, in order, and one at a time unless events may overlap.
/// </summary>
/// <remarks>While it is empty it holds no thread and no buffer. Queued work runs even if the socket has ended in the meantime.</remarks>
/// <param name="budget">The budget of waiting events, shared by all sockets of the client.</param>
/// <param name="maxConcurrent">The maximum number of events handled at the same time.</param>
internal sealed class SocketInbox(EventBudget budget, int maxConcurrent)
{
    private const int MaxSpare = 256;

    // The empty queue of an earlier burst, for the next one of any socket that this thread has events for.
    [ThreadStatic]
    private static Queue<Item>? _spare;

    private int _overlapping;
    private TaskCompletionSource? _overlapEnded;

    // Usually at most one item waits; the queue of a burst is released when it is empty.
    private Queue<Item>? _others;
    private Item _first;
    private bool _hasFirst;
    private bool _running;
    private bool _closed;

    /// <summary>
    /// Gets a value indicating whether an event of the client waits for space, which pauses the reading of its connection.
    /// </summary>
    public bool IsHeldUp => budget.IsExhausted;

    /// <summary>Adds an event; completes at once if the budget has space for it, otherwise as soon as it has.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="data">The event.</param>
    /// <param name="id">The ack id, or null if no ack was requested.</param>
    public ValueTask AddAsync(ServerSocket socket, ReadOnlyMemory<byte> data, ulong? id)
    {
        var taking = budget.TakeAsync(EventBudget.CostOf(data));
        if (!taking.IsCompletedSuccessfully) return AddAsync(socket, taking, new Item(data, id, null));
        Add(socket, new Item(data, id, null));
        return ValueTask.CompletedTask;
    }

    /// <summary>Adds work of the server, independently of the budget.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="work">The work.</param>
    /// <param name="isLast">True to accept no further events.</param>
    public void Add(ServerSocket socket, Func<Task> work, bool isLast = false)
    {
        lock (this)
        {
            Enqueue(socket, new Item(default, null, work));
            _closed |= isLast;
        }
    }

    private async ValueTask AddAsync(ServerSocket socket, ValueTask taking, Item item)
    {
        await taking.ConfigureAwait(false);
        Add(socket, item);
    }

    private void Add(ServerSocket socket, Item item)
    {
        lock (this)
        {
            if (!_closed)
            {
                Enqueue(socket, item);
                return;
            }
        }

        budget.Give(EventBudget.CostOf(item.Data));
    }

    private void Enqueue(ServerSocket socket, Item item)
    {
        if (_hasFirst) (_others ??= NewQueue()).Enqueue(item);
        else (_first, _hasFirst) = (item, true);
        if (_running) return;
        _running = true;
        ThreadPool.UnsafeQueueUserWorkItem(
            static work => _ = work.Inbox.RunAsync(work.Socket), (Inbox: this, Socket: socket), preferLocal: false);
    }

    private static Queue<Item> NewQueue()
    {
        var queue = _spare ?? new Queue<Item>();
        _spare = null;
        return queue;
    }

    private async Task RunAsync(ServerSocket socket)
    {
        while (TryTake(out var item))
        {
            if (item.Work is null && maxConcurrent > 1)
            {
                await StartAsync(socket, item).ConfigureAwait(false);
                continue;
            }

            // The admission and the end never run while an event is handled.
            if (maxConcurrent > 1) await OverlapAsync(atMost: 0).ConfigureAwait(false);
            try
            {
                await (item.Work is null ? socket.HandleAsync(item.Data, item.Id) : item.Work()).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // An exception must neither end the process nor keep the next items from running.
                socket.Failed(exception);
            }
        }
    }

    private Task StartAsync(ServerSocket socket, Item item)
    {
        var handling = HandleAsync(socket, item);
        if (handling.IsCompleted) return Task.CompletedTask;
        lock (this) _overlapping++;
        _ = CompleteAsync(handling);
        return OverlapAsync(maxConcurrent - 1);
    }

    /// <summary>Waits until at most a number of events are handled.</summary>
    private async Task OverlapAsync(int atMost)
    {
        while (true)
        {
            Task ended;
            lock (this)
            {
                if (_overlapping <= atMost) return;
                ended = (_overlapEnded ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await ended.ConfigureAwait(false);
        }
    }

    private async Task CompleteAsync(Task handling)
    {
        await handling.ConfigureAwait(false);
        TaskCompletionSource? ended;
        lock (this)
        {
            _overlapping--;
            (ended, _overlapEnded) = (_overlapEnded, null);
        }

        ended?.TrySetResult();
    }

    private static async Task HandleAsync(ServerSocket socket, Item item)
    {
        try
        {
            await socket.HandleAsync(item.Data, item.Id).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // As above; the count of running handlers relies on it.
            socket.Failed(exception);
        }
    }

    private bool TryTake(out Item item)
    {
        lock (this)
        {
            (item, var any) = (_first, _hasFirst);
            if (!any)
            {
                _running = false;
                if (_others is { Capacity: <= MaxSpare }) _spare = _others;
                _others = null;
                return false;
            }

            _first = default;
            _hasFirst = _others is not null && _others.TryDequeue(out _first);
        }

        if (item.Work is null) budget.Give(EventBudget.CostOf(item.Data));
        return true;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Item(ReadOnlyMemory<byte> Data, ulong? Id, Func<Task>? Work);
}
