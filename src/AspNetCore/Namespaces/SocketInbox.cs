using System.Runtime.InteropServices;

namespace TypedSocketRedis.Namespaces;

/// <summary>What one socket has yet to do: its connection, its events, its end, in order, and one at a time unless events may overlap.</summary>
/// <remarks>While nothing waits it holds no thread and no buffer. What is in it runs even when the socket has ended meanwhile.</remarks>
/// <param name="socket">Whose work it is.</param>
/// <param name="budget">Bounds what waits, with that of the client's other sockets.</param>
/// <param name="maxConcurrent">How many events may be handled at the same time.</param>
internal sealed class SocketInbox(ServerSocket socket, EventBudget budget, int maxConcurrent)
{
    private EventOverlap? _overlap;

    // Most of the time at most one item waits; the queue of a burst is given back when it is over.
    private Queue<Item>? _others;
    private Item _first;
    private bool _hasFirst;
    private bool _running;
    private bool _closed;

    /// <summary>Whether an event of the client waits for room, and with it the reading of its connection.</summary>
    public bool IsHeldUp => budget.IsExhausted;

    /// <summary>Adds an event; completes at once while there is room for it, else when there is again.</summary>
    /// <param name="data">The event.</param>
    /// <param name="id">The number to acknowledge it with.</param>
    public ValueTask AddAsync(ReadOnlyMemory<byte> data, ulong? id)
    {
        var taking = budget.TakeAsync(EventBudget.CostOf(data));
        if (!taking.IsCompletedSuccessfully) return AddAsync(taking, new Item(data, id, null));
        Add(new Item(data, id, null));
        return ValueTask.CompletedTask;
    }

    /// <summary>Adds work of the server's own, however full it is.</summary>
    /// <param name="work">What is to be done.</param>
    /// <param name="isLast">Whether no event is taken any more.</param>
    public void Add(Func<Task> work, bool isLast = false)
    {
        lock (this)
        {
            Enqueue(new Item(default, null, work));
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

            // Connection and end are never beside an event.
            if (_overlap is not null) await _overlap.WaitAsync(0).ConfigureAwait(false);
            try
            {
                await (item.Work is null ? socket.HandleAsync(item.Data, item.Id) : item.Work()).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // Whatever failed, the items behind it still have their turn, and the process goes on.
                Failed(exception);
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
            await socket.HandleAsync(item.Data, item.Id).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // As above; whoever counts the handlers that run relies on it.
            Failed(exception);
        }
    }

    private void Failed(Exception exception) =>
        socket.Connection.Server.Failures.Handler(socket.Place, "socket", "", "", exception);

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
    private readonly record struct Item(ReadOnlyMemory<byte> Data, ulong? Id, Func<Task>? Work);
}
