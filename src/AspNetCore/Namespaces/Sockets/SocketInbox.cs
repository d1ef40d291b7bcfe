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
    private EventOverlap? _overlap;

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
        if (!taking.IsCompletedSuccessfully) return AddAsync(taking, new Item(socket, data, id, null));
        Add(new Item(socket, data, id, null));
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
            Enqueue(new Item(socket, default, null, work));
            _closed |= isLast;
        }
    }

    private async ValueTask AddAsync(ValueTask taking, Item item)
    {
        await taking.ConfigureAwait(false);
        Add(item);
    }

    private void Add(Item item)
    {
        lock (this)
        {
            if (!_closed)
            {
                Enqueue(item);
                return;
            }
        }

        budget.Give(EventBudget.CostOf(item.Data));
    }

    private void Enqueue(Item item)
    {
        if (_hasFirst) (_others ??= new Queue<Item>()).Enqueue(item);
        else (_first, _hasFirst) = (item, true);
        if (_running) return;
        _running = true;
        ThreadPool.UnsafeQueueUserWorkItem(static inbox => _ = inbox.RunAsync(), this, preferLocal: false);
    }

    private async Task RunAsync()
    {
        while (TryTake(out var item))
        {
            if (item.Work is null && maxConcurrent > 1)
            {
                await StartAsync(item).ConfigureAwait(false);
                continue;
            }

            // The admission and the end never run while an event is handled.
            if (_overlap is not null) await _overlap.WaitAsync(0).ConfigureAwait(false);
            try
            {
                await (item.Work is null ? item.Socket.HandleAsync(item.Data, item.Id) : item.Work()).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // An exception must neither end the process nor keep the next items from running.
                item.Socket.Failed(exception);
            }
        }
    }

    private Task StartAsync(Item item)
    {
        var handling = HandleAsync(item);
        if (handling.IsCompleted) return Task.CompletedTask;
        _overlap ??= new EventOverlap();
        _overlap.Add(handling);
        return _overlap.WaitAsync(maxConcurrent - 1);
    }

    private async Task HandleAsync(Item item)
    {
        try
        {
            await item.Socket.HandleAsync(item.Data, item.Id).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // As above; the count of running handlers relies on it.
            item.Socket.Failed(exception);
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
    private readonly record struct Item(ServerSocket Socket, ReadOnlyMemory<byte> Data, ulong? Id, Func<Task>? Work);
}
