namespace TypedSocketRedis.Engine;

/// <summary>Hands messages from the one who receives them to the one who reads them, without a buffer in between.</summary>
/// <remarks>
/// An offer completes when its reader comes back for the next message, which is what lets the message be lent. After the
/// end offers complete at once and nothing is taken any more.
/// </remarks>
internal sealed class MessageHandover
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<EngineMessage?>? _reader;
    private TaskCompletionSource? _offered;
    private EngineMessage _message;
    private bool _isTaken;
    private bool _ended;

    /// <summary>Offers a message; only after the offer before has completed.</summary>
    public ValueTask OfferAsync(EngineMessage message)
    {
        lock (_gate)
        {
            if (_ended) return ValueTask.CompletedTask;
            _offered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _message = message;
            _isTaken = _reader?.TrySetResult(message) ?? false;
            _reader = null;
            return new ValueTask(_offered.Task);
        }
    }

    /// <summary>Takes the next message, and is done with the one before; null after the end.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the next message is still to be had.</exception>
    /// <exception cref="InvalidOperationException">Somebody waits already.</exception>
    public async ValueTask<EngineMessage?> TakeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<EngineMessage?> reader;
        lock (_gate)
        {
            if (_isTaken) Done();
            if (_ended) return null;
            if (_offered is not null)
            {
                _isTaken = true;
                return _message;
            }

            if (_reader is not null) throw new InvalidOperationException("Only one reader reads a connection's messages.");
            _reader = reader = new TaskCompletionSource<EngineMessage?>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await using var cancelled = cancellationToken.UnsafeRegister(static (self, token) => ((MessageHandover)self!).Leave(token), this).ConfigureAwait(false);
        return await reader.Task.ConfigureAwait(false);
    }

    /// <summary>Nothing is handed over from now on; whoever waits learns it.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            Done();
            _reader?.TrySetResult(null);
            _reader = null;
        }
    }

    private void Done()
    {
        _isTaken = false;
        _message = default;
        _offered?.TrySetResult();
        _offered = null;
    }

    private void Leave(CancellationToken token)
    {
        lock (_gate)
        {
            _reader?.TrySetCanceled(token);
            _reader = null;
        }
    }
}
