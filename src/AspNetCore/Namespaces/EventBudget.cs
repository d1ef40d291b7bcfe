namespace TypedSocketRedis.Namespaces;

/// <summary>How much of what one client sent may wait for its handlers, in all its namespaces together.</summary>
/// <remarks>
/// As long as there is room the connection is read on, whatever the handlers do: what they may be waiting for, an
/// acknowledgement or the end of the client, comes behind the events that wait.
/// </remarks>
/// <param name="maxBytes">The room; an event larger than it is taken when nothing else waits.</param>
/// <param name="metrics">Where pauses are counted.</param>
internal sealed class EventBudget(long maxBytes, SocketIOMetrics metrics)
{
    // What a waiting event costs beside its bytes: its place in the inbox, and the object around the bytes.
    private const int Overhead = 128;

    private TaskCompletionSource? _room;
    private long _bytes;
    private long _kept;
    private bool _isClosed;

    /// <summary>Whether an event waits for room, and with it the reading of the connection.</summary>
    public bool IsExhausted
    {
        get { lock (this) return _room is not null; }
    }

    /// <summary>What is kept for the client as long as it is connected, in bytes; see <see cref="TryKeep"/>.</summary>
    public long Kept
    {
        get { lock (this) return _kept; }
    }

    public static int CostOf(ReadOnlyMemory<byte> data) => data.Length + Overhead;

    /// <summary>Takes room; completes at once while there is some, else when there is again.</summary>
    public ValueTask TakeAsync(int cost)
    {
        lock (this)
        {
            if (TryTake(cost)) return ValueTask.CompletedTask;
        }

        metrics.Paused();
        return new ValueTask(WaitAsync(cost));
    }

    /// <summary>Charges something that is kept although no event waits for it; false when there is no room for it.</summary>
    /// <param name="cost">Its size, in bytes.</param>
    public bool TryKeep(long cost)
    {
        lock (this)
        {
            if (_kept + cost > maxBytes) return false;
            _kept += cost;
            return true;
        }
    }

    /// <summary>Something that was charged with <see cref="TryKeep"/> became larger or smaller, or is no longer kept.</summary>
    /// <param name="change">The change of its size, in bytes.</param>
    public void Keep(long change)
    {
        lock (this)
        {
            _kept += change;
            if (change < 0) MakeRoom();
        }
    }

    public void Give(int cost)
    {
        lock (this)
        {
            _bytes -= cost;
            MakeRoom();
        }
    }

    /// <summary>Nobody waits any more: the connection has ended.</summary>
    public void Close()
    {
        lock (this)
        {
            _isClosed = true;
            MakeRoom();
        }
    }

    private async Task WaitAsync(int cost)
    {
        while (true)
        {
            Task room;
            lock (this)
            {
                if (TryTake(cost)) return;
                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }

            await room.ConfigureAwait(false);
        }
    }

    private bool TryTake(int cost)
    {
        if (_bytes > 0 && _bytes + _kept + cost > maxBytes && !_isClosed) return false;
        _bytes += cost;
        return true;
    }

    private void MakeRoom()
    {
        _room?.TrySetResult();
        _room = null;
    }
}
