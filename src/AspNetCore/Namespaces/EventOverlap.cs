namespace TypedSocketRedis.Namespaces;

/// <summary>The handlers of one socket's events that still run while the next events start.</summary>
internal sealed class EventOverlap
{
    private int _running;
    private TaskCompletionSource? _ended;

    /// <summary>Counts a handler in until it has completed.</summary>
    /// <param name="handling">The handler; it does not fail.</param>
    public void Add(Task handling)
    {
        lock (this) _running++;
        _ = WatchAsync(handling);
    }

    /// <summary>Waits until no more than so many handlers run; only one waits at a time.</summary>
    public async Task WaitAsync(int atMost)
    {
        while (true)
        {
            Task ended;
            lock (this)
            {
                if (_running <= atMost) return;
                ended = (_ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await ended.ConfigureAwait(false);
        }
    }

    private async Task WatchAsync(Task handling)
    {
        await handling.ConfigureAwait(false);
        TaskCompletionSource? ended;
        lock (this)
        {
            _running--;
            (ended, _ended) = (_ended, null);
        }

        ended?.TrySetResult();
    }
}
