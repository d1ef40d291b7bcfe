namespace TypedSocketRedis.Redis;

/// <summary>Work that messages of other nodes cause, started in order and off the loop that reads them.</summary>
/// <remarks>While nothing waits it holds no thread. Bounded: what comes when it is full is not taken.</remarks>
/// <param name="capacity">How many pieces may wait.</param>
/// <param name="side">How many may be under way side by side; 1: each begins when the one before has ended.</param>
/// <param name="failed">Told what a piece threw; the next one follows.</param>
internal sealed class PeerWork(int capacity, int side, Action<Exception> failed)
{
    private readonly Lock _gate = new();
    private readonly Queue<Func<Task>> _waiting = new();
    private int _running;
    private bool _isStarting;
    private TaskCompletionSource? _idle;

    /// <summary>Adds a piece.</summary>
    /// <returns>False when it is full.</returns>
    public bool TryAdd(Func<Task> work)
    {
        lock (_gate)
        {
            if (_waiting.Count >= capacity) return false;
            _waiting.Enqueue(work);
            Wake();
        }

        return true;
    }

    /// <summary>Completes when nothing waits and nothing is under way.</summary>
    public Task IdleAsync()
    {
        lock (_gate)
        {
            if (IsIdle) return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    private bool IsIdle => _running == 0 && _waiting.Count == 0;

    private void Wake()
    {
        if (_isStarting || _running >= side || _waiting.Count == 0) return;
        _isStarting = true;
        ThreadPool.UnsafeQueueUserWorkItem(static self => self.Start(), this, preferLocal: false);
    }

    private void Start()
    {
        while (TryTake(out var work)) _ = RunAsync(work);
    }

    private bool TryTake(out Func<Task> work)
    {
        lock (_gate)
        {
            work = null!;
            _isStarting = _running < side && _waiting.TryDequeue(out work!);
            if (_isStarting) _running++;
            return _isStarting;
        }
    }

    private async Task RunAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failed(exception);
        }

        lock (_gate)
        {
            _running--;
            Wake();
            if (!IsIdle) return;
            _idle?.SetResult();
            _idle = null;
        }
    }
}
