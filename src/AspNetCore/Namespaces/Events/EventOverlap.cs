namespace TypedSocketRedis.Namespaces;

/// <summary>The running handlers of one socket's events while further events start.</summary>
internal sealed class EventOverlap
{
    private int _running;
    private TaskCompletionSource? _ended;

    /// <summary>Counts a handler until it has completed.</summary>
    /// <param name="handling">The task of the handler; it does not fail.</param>
    public void Add(Task handling)
    {
        lock (this) _running++;
        _ = WatchAsync(handling);
    }

    /// <summary>Waits until at most a number of handlers run; only one caller can wait at a time.</summary>
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
