using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MessagePack;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Broadcasting;

/// <summary>Collects acknowledgements of one type. Each is read when it arrives, so that no bytes are kept.</summary>
/// <param name="read">The reader of an acknowledgement. An acknowledgement for which it throws counts as missing.</param>
/// <param name="cancellationToken">The token that cancels the wait.</param>
/// <param name="readsAll">True to read the array of all arguments, false to read the first argument.</param>
internal sealed class AckCollector<T>(AckReader<T> read, CancellationToken cancellationToken, bool readsAll = false) : AckCollector
{
    private static readonly byte[] Nil = [0xC0];

    private readonly List<T> _results = [];
    private Exception? _unreadable;
    private Exception? _failure;

    protected override CancellationToken CancellationToken => cancellationToken;

    public override void Receive(ReadOnlyMemory<byte> value) => Settle(readsAll ? ArrayOf(value.Span) : value);

    public override void ReceiveAll(ReadOnlyMemory<byte> arguments) =>
        Settle(readsAll ? arguments : SocketArguments.OfArray(arguments).First);

    public override void Fail(Exception exception)
    {
        lock (Gate) _failure ??= exception;
        Lose();
    }

    private static byte[] ArrayOf(ReadOnlySpan<byte> value) => value.IsEmpty ? [0x90] : [0x91, .. value];

    private void Settle(ReadOnlyMemory<byte> value)
    {
        T? ack = default;
        Exception? unreadable = null;
        try
        {
            var reader = new MessagePackReader(value.IsEmpty ? Nil : value);
            ack = read(ref reader, EventDataReader.Options);
        }
        catch (Exception exception)
        {
            // One receiver's invalid acknowledgement must not affect the others; it is reported with the result.
            unreadable = exception;
        }

        lock (Gate)
        {
            if (!TrySettle()) return;
            if (unreadable is null) _results.Add(ack!);
            else _unreadable ??= unreadable;
        }

        EndIfSettled();
    }

    /// <summary>Returns the result when the wait has ended.</summary>
    public async Task<AckResult<T>> ResultAsync()
    {
        await Ended.ConfigureAwait(false);
        ThrowIfCanceled();
        var isComplete = End == AckEnd.Settled && _unreadable is null && _results.Count >= Expected && MissingNodes == 0;
        var missingNodes = IsOfServers ? Math.Max(IsCutOff ? 1 : 0, Expected - _results.Count) : MissingNodes;
        return new AckResult<T>(_results.AsReadOnly(), Math.Max(Expected, _results.Count), isComplete, missingNodes);
    }

    /// <summary>Returns all acknowledgements, or throws the exception with those that were received.</summary>
    public async Task<IReadOnlyList<T>> AllAsync()
    {
        var result = await ResultAsync().ConfigureAwait(false);
        return result.IsComplete ? result.Results : throw Incomplete(result);
    }

    /// <summary>Returns the acknowledgement of the only receiver.</summary>
    public async Task<T> SingleAsync()
    {
        var result = await ResultAsync().ConfigureAwait(false);
        if (result.Expected > 1) throw new InvalidOperationException(
            $"One acknowledgement was requested, but the event has {result.Expected} receivers; "
            + "call the event on the chain to get all of them.");
        return result is { IsComplete: true, Results.Count: 1 } ? result.Results[0] : throw Incomplete(result);
    }

    /// <summary>Returns the acknowledgements as they arrive, starting with the first; completes with the wait.</summary>
    public async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken reading)
    {
        for (var i = 0; ; i++)
        {
            T? ack;
            while (!TryGet(i, out ack, out var changed))
            {
                if (changed is null) yield break;
                await changed.WaitAsync(reading).ConfigureAwait(false);
            }

            yield return ack;
        }
    }

    private bool TryGet(int index, [MaybeNullWhen(false)] out T ack, out Task? changed)
    {
        lock (Gate)
        {
            var isAvailable = index < _results.Count;
            ack = isAvailable ? _results[index] : default;
            changed = isAvailable || End != AckEnd.None ? null : ChangedAsync();
            if (!isAvailable) ThrowIfCanceled();
            return isAvailable;
        }
    }

    private void ThrowIfCanceled()
    {
        if (End == AckEnd.Canceled) throw new OperationCanceledException(cancellationToken);
    }

    private AckException<T> Incomplete(AckResult<T> result)
    {
        if (IsOfServers && End == AckEnd.TimedOut && (_unreadable ?? _failure) is null) return new AckException<T>(
            $"timeout reached: only {result.Results.Count} responses received out of {result.Expected}", result);

        var why = _unreadable is not null ? $"an acknowledgement could not be read: {_unreadable.Message}"
            : _failure is not null ? $"a receiver failed: {_failure.Message}"
            : End == AckEnd.TimedOut ? "operation has timed out."
            : End == AckEnd.Disposed ? "the emitter was disposed."
            : IsCutOff ? "the other nodes cannot be reached."
            : result.Expected == 0 ? "there are no receivers."
            : "the others disconnected or cannot acknowledge.";
        var message = $"{result.Results.Count} of {result.Expected} receivers acknowledged: {why}";
        return new AckException<T>(message, result, _unreadable ?? _failure);
    }
}
