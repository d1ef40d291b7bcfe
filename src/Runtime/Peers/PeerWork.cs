namespace TypedSocketRedis.Redis;

/// <summary>Runs work that messages of other nodes cause, started in order and off the loop that reads them.</summary>
/// <remarks>Holds no thread while the queue is empty. Bounded: work is rejected when the queue is full.</remarks>
/// <param name="capacity">The maximum number of queued pieces.</param>
/// <param name="side">The maximum number of pieces that run side by side; 1: each begins when the previous one has ended.</param>
/// <param name="node">
/// The bound of the bytes of all namespaces of the node; null for work of the application, of which a piece can hold its bytes for any
/// time.
/// </param>
/// <param name="failed">Called with the exception of a piece; the next one follows.</param>
internal sealed class PeerWork(int capacity, int side, ByteBudget? node, Action<Exception> failed)
{
    // The maximum number of waiting requests and responses of other nodes; more than that is a flood.
    private const int MaxWaiting = 1000;

    // The bytes of the messages that waiting and running pieces hold.
    private const long MaxBytes = 64L * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<(int Bytes, Func<Task> Run)> _waiting = new();
    private long _bytes;
    private int _running;
    private bool _isStarting;
    private TaskCompletionSource? _idle;

    /// <summary>Creates the queue of the slow requests and responses of a namespace, which are handled one after the other.</summary>
    /// <param name="node">The bound of the bytes of all namespaces of the node.</param>
    /// <param name="dropped">The report of failures.</param>
    public static PeerWork OfMessages(ByteBudget node, DroppedMessages dropped) => new(MaxWaiting, side: 1, node, dropped.Failed);

    /// <summary>Adds a piece.</summary>
    /// <param name="bytes">
    /// The size of the message that it holds; one of any size is accepted when no other is held and the node has space.
    /// </param>
    /// <param name="work">The piece.</param>
    /// <returns>False when the queue is full.</returns>
    public bool TryAdd(int bytes, Func<Task> work)
    {
        lock (_gate)
        {
            if (_waiting.Count >= capacity || (bytes > 0 && _bytes > 0 && _bytes + bytes > MaxBytes)) return false;
            if (bytes > 0 && node?.TryTake(bytes, isOnly: _bytes == 0) == false) return false;
            _bytes += bytes;
            _waiting.Enqueue((bytes, work));
            Wake();
        }

        return true;
    }

    /// <summary>Completes when no piece is queued or running.</summary>
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
        while (TryTake(out var piece)) _ = RunAsync(piece.Bytes, piece.Run);
    }

    private bool TryTake(out (int Bytes, Func<Task> Run) piece)
    {
        lock (_gate)
        {
            piece = default;
            _isStarting = _running < side && _waiting.TryDequeue(out piece);
            if (_isStarting) _running++;
            return _isStarting;
        }
    }

    private async Task RunAsync(int bytes, Func<Task> work)
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
            _bytes -= bytes;
            node?.Give(bytes);
            Wake();
            if (!IsIdle) return;
            _idle?.SetResult();
            _idle = null;
        }
    }
}
