namespace TypedSocketRedis.Engine;

/// <summary>Passes messages from the receiving session to the reading application, without a buffer in between.</summary>
/// <remarks>
/// An offer completes when the reader requests the next message, so the message can stay in the session's buffer. After the end, offers
/// complete at once and no message is taken.
/// </remarks>
internal sealed class MessageRendezvous
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<EngineMessage?>? _reader;
    private TaskCompletionSource? _offered;
    private EngineMessage _message;
    private bool _isTaken;
    private bool _ended;

    /// <summary>Offers a message. The previous offer must have completed.</summary>
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

    /// <summary>Completes the previous message and takes the next one; returns null after the end.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled; the next message can still be taken.</exception>
    /// <exception cref="InvalidOperationException">Another caller is already waiting.</exception>
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

        await using var canceled = cancellationToken.UnsafeRegister(static (self, token) => ((MessageRendezvous)self!).Leave(token),
            this).ConfigureAwait(false);
        return await reader.Task.ConfigureAwait(false);
    }

    /// <summary>Ends it: no further message is passed, and a waiting reader gets null.</summary>
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
