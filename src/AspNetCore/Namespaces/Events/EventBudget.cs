namespace TypedSocketRedis.Namespaces;

/// <summary>The budget of one client's events that wait for handlers, in all its namespaces together.</summary>
/// <remarks>
/// The connection is read while there is space, independently of running handlers: an acknowledgement or the end of the client, which a
/// handler may await, arrives behind the waiting events.
/// </remarks>
/// <param name="maxBytes">The budget in bytes. A larger event is accepted if no other one waits.</param>
/// <param name="metrics">The counter of pauses.</param>
internal sealed class EventBudget(long maxBytes, SocketIOMetrics metrics)
{
    // The cost of a waiting event besides its bytes: its entry in the inbox, and the object around the bytes.
    private const int Overhead = 128;

    private TaskCompletionSource? _room;
    private long _bytes;
    private long _kept;
    private bool _isClosed;

    /// <summary>Gets a value indicating whether an event waits for space, which pauses the reading of the connection.</summary>
    public bool IsExhausted
    {
        get { lock (this) return _room is not null; }
    }

    /// <summary>The size of the data kept while the client is connected, in bytes; see <see cref="TryKeep"/>.</summary>
    public long Kept
    {
        get { lock (this) return _kept; }
    }

    public static int CostOf(ReadOnlyMemory<byte> data) => data.Length + Overhead;

    /// <summary>Reserves space; completes at once if there is enough, otherwise as soon as there is.</summary>
    public ValueTask TakeAsync(int cost)
    {
        lock (this)
        {
            if (TryTake(cost)) return ValueTask.CompletedTask;
        }

        metrics.Paused();
        return new ValueTask(WaitAsync(cost));
    }

    /// <summary>Charges data that is kept independently of events; returns false if there is no space.</summary>
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

    /// <summary>Adjusts a charge of <see cref="TryKeep"/>.</summary>
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

    /// <summary>Releases the waiting events, because the connection has ended.</summary>
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
